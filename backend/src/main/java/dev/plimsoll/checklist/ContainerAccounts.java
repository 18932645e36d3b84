package dev.plimsoll.checklist;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the names in {@code .Config.User} and {@code .HostConfig.GroupAdd} mean inside a container:
 * looked up in its {@code /etc/passwd} and {@code /etc/group} as the engine does when it starts a
 * process, where a number is never taken for a name.
 *
 * @param user the configured user; null if it could not be looked up or was not found
 * @param groups gid by the group names that were looked up and found
 * @param error what was not found or not readable; null if nothing was missing
 */
public record ContainerAccounts(
    @Nullable Account user, Map<String, Long> groups, @Nullable String error) {

  public ContainerAccounts {
    groups = Map.copyOf(groups);
  }

  /**
   * The configured user.
   *
   * @param name the name or number as configured
   * @param gid its group in {@code /etc/passwd}; null for a number that has no entry there: the
   *     engine then starts it in group 0
   */
  public record Account(String name, long uid, @Nullable Long gid) {}

  /** One of the two files, as far as the engine showed it. */
  public sealed interface AccountFile {
    /** The file's text. */
    record Text(String text) implements AccountFile {}

    /** The container has no such file. */
    record Absent() implements AccountFile {}

    /**
     * The file was not shown, or was not asked for.
     *
     * @param reason why, for people
     */
    record Unreadable(String reason) implements AccountFile {}
  }

  /**
   * Whether a container's user cannot be judged without its {@code /etc/passwd}.
   *
   * @param container the container's inspect document
   */
  public static boolean needsPasswd(JsonNode container) {
    return UserSpec.parse(configuredUser(container)).needsPasswd();
  }

  /**
   * Whether a container's groups cannot be judged without its {@code /etc/group}.
   *
   * @param container the container's inspect document
   */
  public static boolean needsGroup(JsonNode container) {
    return !groupNames(container).isEmpty();
  }

  /**
   * Looks up what a container configures.
   *
   * @param container the container's inspect document
   */
  public static ContainerAccounts resolve(
      JsonNode container, AccountFile passwd, AccountFile group) {
    List<String> errors = new ArrayList<>();
    UserSpec spec = UserSpec.parse(configuredUser(container));
    Account user = spec.needsPasswd() ? user(spec.user(), passwd, errors) : null;
    Map<String, Long> groups = new TreeMap<>();
    for (String name : groupNames(container)) {
      Long gid = gid(name, group, errors);
      if (gid != null) {
        groups.put(name, gid);
      }
    }
    return new ContainerAccounts(user, groups, errors.isEmpty() ? null : String.join("; ", errors));
  }

  /** The JSON form in which an observation holds it. */
  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (user != null) {
      ObjectNode account = json.putObject("user").put("name", user.name()).put("uid", user.uid());
      if (user.gid() != null) {
        account.put("gid", user.gid());
      }
    }
    if (!groups.isEmpty()) {
      ObjectNode byName = json.putObject("groups");
      new TreeMap<>(groups).forEach(byName::put);
    }
    if (error != null) {
      json.put("error", error);
    }
    return json;
  }

  private static String configuredUser(JsonNode container) {
    return container.path("Config").path("User").asString("");
  }

  private static List<String> groupNames(JsonNode container) {
    List<String> names = new ArrayList<>();
    String group = UserSpec.parse(configuredUser(container)).group();
    if (UserSpec.needsGroupFile(group)) {
      names.add(group);
    }
    for (JsonNode added : container.path("HostConfig").path("GroupAdd")) {
      String name = added.asString("");
      if (UserSpec.needsGroupFile(name) && !names.contains(name)) {
        names.add(name);
      }
    }
    return names;
  }

  private static @Nullable Account user(String user, AccountFile passwd, List<String> errors) {
    OptionalLong number = UserSpec.number(user);
    return switch (passwd) {
      case AccountFile.Unreadable(String reason) -> {
        errors.add("/etc/passwd was not read: " + reason);
        yield null;
      }
      case AccountFile.Absent() -> {
        if (number.isPresent()) {
          yield new Account(user, number.getAsLong(), null);
        }
        errors.add("user " + user + " is configured, but there is no /etc/passwd");
        yield null;
      }
      case AccountFile.Text(String text) -> {
        // name:password:uid:gid:…
        for (String line : text.split("\n")) {
          String[] fields = line.strip().split(":", -1);
          if (fields.length < 4) {
            continue;
          }
          OptionalLong uid = UserSpec.number(fields[2]);
          boolean found =
              number.isPresent() ? uid.equals(number) : uid.isPresent() && fields[0].equals(user);
          if (found) {
            OptionalLong gid = UserSpec.number(fields[3]);
            yield new Account(user, uid.getAsLong(), gid.isPresent() ? gid.getAsLong() : null);
          }
        }
        if (number.isPresent()) {
          yield new Account(user, number.getAsLong(), null);
        }
        errors.add("/etc/passwd has no user " + user);
        yield null;
      }
    };
  }

  private static @Nullable Long gid(String name, AccountFile group, List<String> errors) {
    return switch (group) {
      case AccountFile.Unreadable(String reason) -> {
        errors.add("/etc/group was not read: " + reason);
        yield null;
      }
      case AccountFile.Absent() -> {
        errors.add("group " + name + " is configured, but there is no /etc/group");
        yield null;
      }
      case AccountFile.Text(String text) -> {
        // name:password:gid:members
        for (String line : text.split("\n")) {
          String[] fields = line.strip().split(":", -1);
          if (fields.length >= 3 && fields[0].equals(name)) {
            OptionalLong gid = UserSpec.number(fields[2]);
            if (gid.isPresent()) {
              yield gid.getAsLong();
            }
          }
        }
        errors.add("/etc/group has no group " + name);
        yield null;
      }
    };
  }
}
