package dev.plimsoll.scanning;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One layer, reduced to what decides which files an image shows, and to the files that checks speak
 * of. What a later layer hides is known only once all are read, in whatever order they came.
 */
final class Layer {
  private static final String PASSWD = "etc/passwd";
  private static final String SHADOW = "etc/shadow";

  private final PathSet others = new PathSet();
  private final PathSet directories = new PathSet();
  private final PathSet removed = new PathSet();
  private final PathSet opaque = new PathSet();
  private final Map<String, Privileged> privileged = new LinkedHashMap<>();
  private final Map<String, Program> programs = new LinkedHashMap<>();
  private final List<Secret> secrets = new ArrayList<>();
  private final Map<String, AccountFile> accountFiles = new LinkedHashMap<>();

  /**
   * A file that lends its starter rights.
   *
   * @param mode permission bits
   * @param capabilities permitted ones as the kernel numbers them; null without any
   * @param names all its names in the layer, the first one first
   */
  record Privileged(int mode, @Nullable Long capabilities, List<String> names) {
    static final int SET_ID = 06000;

    boolean setsId() {
      return (mode & SET_ID) != 0;
    }
  }

  /** A login server or a compiler. */
  record Program(String path, boolean login) {}

  /**
   * A file that holds a secret.
   *
   * @param sha256 of its content, lower-case hexadecimal digits
   */
  record Secret(String path, SecretFiles.Kind kind, String sha256) {}

  /** {@code /etc/passwd} or {@code /etc/shadow} of one layer. */
  sealed interface AccountFile {
    /** Its text. */
    record Text(String text) implements AccountFile {}

    /** It is a link, or too long to be one. */
    record Odd() implements AccountFile {}
  }

  static boolean isAccountFile(String path) {
    return path.equals(PASSWD) || path.equals(SHADOW);
  }

  /** Notes that the layer has an entry; what an earlier entry of the same path was is gone. */
  void add(TarEntry entry, PathSet.Hash hash) {
    String path = entry.path();
    (entry.type() == TarEntry.Type.DIRECTORY ? directories : others).add(hash.of(path));
    privileged.remove(path);
    programs.remove(path);
    accountFiles.remove(path);
  }

  /** Notes that a path of the layers below is gone. */
  void remove(String path, PathSet.Hash hash) {
    removed.add(hash.of(path));
  }

  /** Notes that nothing of the layers below shows in a directory. */
  void cover(String directory, PathSet.Hash hash) {
    opaque.add(hash.of(directory));
  }

  void addPrivileged(String path, int mode, @Nullable Long capabilities) {
    List<String> names = new ArrayList<>();
    names.add(path);
    privileged.put(path, new Privileged(mode, capabilities, names));
  }

  /** Notes that a file of this layer has one more name. */
  void link(String path, String target) {
    Privileged file = privileged.get(target);
    if (file != null) {
      file.names().add(path);
    }
    AccountFile accounts = accountFiles.get(target);
    if (accounts != null && isAccountFile(path)) {
      accountFiles.put(path, accounts);
    } else if (isAccountFile(path)) {
      accountFiles.put(path, new AccountFile.Odd());
    }
  }

  void addProgram(Program program) {
    programs.put(program.path(), program);
  }

  void addSecret(Secret secret) {
    secrets.add(secret);
  }

  void addAccountFile(String path, AccountFile file) {
    accountFiles.put(path, file);
  }

  Iterable<Privileged> privileged() {
    return privileged.values();
  }

  Iterable<Program> programs() {
    return programs.values();
  }

  List<Secret> secrets() {
    return secrets;
  }

  @Nullable AccountFile passwd() {
    return accountFiles.get(PASSWD);
  }

  @Nullable AccountFile shadow() {
    return accountFiles.get(SHADOW);
  }

  /** Whether a path of a layer below no longer shows because of this one. */
  boolean hides(String path, PathSet.Hash hash) {
    long own = hash.of(path);
    if (others.contains(own) || directories.contains(own) || removed.contains(own)) {
      return true;
    }
    for (String above = path; !above.isEmpty(); ) {
      above = TarPath.parent(above);
      long directory = hash.of(above);
      // A file, or a link, in the place of a directory hides what was in it
      if (opaque.contains(directory)
          || removed.contains(directory)
          || (!above.isEmpty() && others.contains(directory))) {
        return true;
      }
    }
    return false;
  }
}
