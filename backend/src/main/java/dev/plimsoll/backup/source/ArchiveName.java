package dev.plimsoll.backup.source;

import java.util.List;
import java.util.Locale;

/** Names of archives' files. */
final class ArchiveName {
  private static final List<String> CIPHERS = List.of(".gpg", ".pgp", ".age");
  private static final List<String> UNFINISHED =
      List.of(".tmp", ".temp", ".part", ".partial", ".filepart", ".swp", "~");
  private static final List<String> COMPANIONS =
      List.of(".sha256", ".sha512", ".sha1", ".md5", ".sig", ".asc", ".minisig", ".log", ".json");

  private ArchiveName() {}

  /**
   * Whether a file of this name, or of this path, is an archive: nothing hidden, nothing that is
   * being written, and nothing that accompanies one.
   */
  static boolean isArchive(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return !name.startsWith(".")
        && !name.contains("/.")
        && UNFINISHED.stream().noneMatch(lower::endsWith)
        && COMPANIONS.stream().noneMatch(lower::endsWith);
  }

  /** The name without the ending that says how it is encrypted. */
  static String withoutCipher(String name) {
    for (String cipher : CIPHERS) {
      if (name.endsWith(cipher) && name.length() > cipher.length()) {
        return name.substring(0, name.length() - cipher.length());
      }
    }
    return name;
  }
}
