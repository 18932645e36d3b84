package dev.plimsoll.backup.source;

import java.util.List;

/** Names of archives' files. */
final class ArchiveName {
  private static final List<String> CIPHERS = List.of(".gpg", ".pgp", ".age");

  private ArchiveName() {}

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
