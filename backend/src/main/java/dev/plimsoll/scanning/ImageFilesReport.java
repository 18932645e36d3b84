package dev.plimsoll.scanning;

import dev.plimsoll.scanning.Layer.AccountFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Layers laid over one another, and what then shows. The report never holds content of a file:
 *
 * <pre>{@code
 * {"form":1,"layers":["sha256:…"],
 *  "setId":[{"path":"/bin/su","mode":"4755","layer":0,"names":1}],
 *  "capabilities":[{"path":"/bin/ping","permitted":"0000000000002000","layer":0}],
 *  "accounts":{"passwdFile":"read","shadowFile":"absent","uid0":["root"],"passwordless":[],
 *              "users":{"root":0}},
 *  "secrets":[{"path":"/app/id_rsa","kind":"ssh-key","layer":1,"sha256":"…","shows":false}],
 *  "programs":[{"path":"/usr/sbin/sshd","login":true,"layer":0}],
 *  "cut":["setId"]}
 * }</pre>
 *
 * <p>{@code layer} counts in {@code layers} from 0, the lowest. Secrets of every layer are listed,
 * those that do not show too: whoever pulls the image has them. {@code passwdFile} and {@code
 * shadowFile} are {@code read}, {@code absent} or {@code odd}: a link, or longer than such a file
 * is. {@code cut} names lists that are longer than what is kept of them.
 */
final class ImageFilesReport {
  private static final int MOST = 200;
  private static final int MOST_USERS = 1000;

  private final List<Layer> layers;
  private final List<String> digests;
  private final PathSet.Hash hash;

  ImageFilesReport(List<Layer> layers, List<String> digests, PathSet.Hash hash) {
    this.layers = layers;
    this.digests = digests;
    this.hash = hash;
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("form", ImageFilesReader.VERSION);
    digests.forEach(json.putArray("layers")::add);
    Set<String> cut = new TreeSet<>();
    TreeMap<String, ObjectNode> setId = new TreeMap<>();
    TreeMap<String, ObjectNode> capabilities = new TreeMap<>();
    TreeMap<String, ObjectNode> programs = new TreeMap<>();
    List<ObjectNode> secrets = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      for (Layer.Privileged file : layer.privileged()) {
        List<String> names = showing(file.names(), i);
        if (names.isEmpty()) {
          continue;
        }
        String path = "/" + names.getFirst();
        if (file.setsId()) {
          setId.put(
              path,
              entry(path, i)
                  .put("mode", Integer.toOctalString(file.mode()))
                  .put("names", names.size()));
        }
        if (file.capabilities() != null) {
          capabilities.put(
              path, entry(path, i).put("permitted", "%016x".formatted(file.capabilities())));
        }
      }
      for (Layer.Program program : layer.programs()) {
        if (shows(program.path(), i)) {
          String path = "/" + program.path();
          programs.put(path, entry(path, i).put("login", program.login()));
        }
      }
      for (Layer.Secret secret : layer.secrets()) {
        secrets.add(
            entry("/" + secret.path(), i)
                .put("kind", secret.kind().word())
                .put("sha256", secret.sha256())
                .put("shows", shows(secret.path(), i)));
      }
    }
    put(json, "setId", List.copyOf(setId.values()), cut);
    put(json, "capabilities", List.copyOf(capabilities.values()), cut);
    put(json, "programs", List.copyOf(programs.values()), cut);
    put(json, "secrets", secrets, cut);
    json.set("accounts", accounts(cut));
    ArrayNode names = json.putArray("cut");
    cut.forEach(names::add);
    return json;
  }

  private static void put(
      ObjectNode json, String field, List<ObjectNode> entries, Set<String> cut) {
    ArrayNode array = json.putArray(field);
    entries.stream().limit(MOST).forEach(array::add);
    if (entries.size() > MOST) {
      cut.add(field);
    }
  }

  private static ObjectNode entry(String path, int layer) {
    return JsonNodeFactory.instance.objectNode().put("path", path).put("layer", layer);
  }

  private List<String> showing(List<String> names, int layer) {
    return names.stream().filter(name -> shows(name, layer)).toList();
  }

  private boolean shows(String path, int layer) {
    for (int i = layer + 1; i < layers.size(); i++) {
      if (layers.get(i).hides(path, hash)) {
        return false;
      }
    }
    return true;
  }

  private ObjectNode accounts(Set<String> cut) {
    @Nullable AccountFile passwd = null;
    @Nullable AccountFile shadow = null;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      passwd = over(passwd, layer, layer.passwd(), "etc/passwd");
      shadow = over(shadow, layer, layer.shadow(), "etc/shadow");
    }
    ObjectNode accounts = JsonNodeFactory.instance.objectNode();
    accounts.put("passwdFile", word(passwd));
    accounts.put("shadowFile", word(shadow));
    TreeSet<String> uid0 = new TreeSet<>();
    TreeSet<String> passwordless = new TreeSet<>();
    TreeMap<String, Long> users = new TreeMap<>();
    // name:password:uid:gid:…
    for (String[] fields : lines(passwd, 4)) {
      Long uid = uid(fields[2]);
      if (uid == null || fields[0].isEmpty()) {
        continue;
      }
      users.putIfAbsent(fields[0], uid);
      if (uid == 0) {
        uid0.add(fields[0]);
      }
      if (fields[1].isEmpty()) {
        passwordless.add(fields[0]);
      }
    }
    // name:hash:…
    for (String[] fields : lines(shadow, 2)) {
      if (fields[1].isEmpty() && !fields[0].isEmpty()) {
        passwordless.add(fields[0]);
      }
    }
    uid0.stream().limit(MOST).forEach(accounts.putArray("uid0")::add);
    passwordless.stream().limit(MOST).forEach(accounts.putArray("passwordless")::add);
    ObjectNode byName = accounts.putObject("users");
    users.entrySet().stream()
        .limit(MOST_USERS)
        .forEach(user -> byName.put(user.getKey(), user.getValue()));
    if (users.size() > MOST_USERS) {
      cut.add("users");
    }
    return accounts;
  }

  private @Nullable AccountFile over(
      @Nullable AccountFile below, Layer layer, @Nullable AccountFile own, String path) {
    if (own != null) {
      return own;
    }
    return layer.hides(path, hash) ? null : below;
  }

  private static String word(@Nullable AccountFile file) {
    return switch (file) {
      case null -> "absent";
      case AccountFile.Text text -> "read";
      case AccountFile.Odd odd -> "odd";
    };
  }

  private static List<String[]> lines(@Nullable AccountFile file, int fields) {
    if (!(file instanceof AccountFile.Text(String text))) {
      return List.of();
    }
    return text.lines()
        .map(line -> line.strip().split(":", -1))
        .filter(line -> line.length >= fields)
        .toList();
  }

  private static @Nullable Long uid(String text) {
    try {
      long uid = Long.parseLong(text);
      return uid < 0 ? null : uid;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
