package dev.plimsoll.backup.source;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What programs say when a repository cannot be read, and what is to be done about it. */
final class Diagnoses {
  private static final int LONGEST = 500;

  private static final List<String> UNREACHABLE =
      List.of(
          "dial tcp",
          "connection refused",
          "connection closed",
          "no such host",
          "could not resolve",
          "i/o timeout",
          "network is unreachable",
          "no route to host",
          "host key verification failed",
          "permission denied (publickey",
          "connection timed out",
          "tls:",
          "x509:",
          "403 forbidden",
          "401 unauthorized",
          "access denied");

  private Diagnoses() {}

  /**
   * Of restic, by its exit code where it has one of its own (0.17 and later), else by its words.
   */
  static SourceFailure restic(Programs.Ended ended, Access access) {
    String words = ended.errors().toLowerCase(Locale.ROOT);
    if (ended.exitCode() == 12 || words.contains("wrong password or no key found")) {
      return wrongPassword(ended, access);
    }
    if (ended.exitCode() == 11 || words.contains("already locked")) {
      return failure(
          SourceFault.LOCKED,
          "Another program holds the repository. Wait for it, or run restic unlock if it has ended.",
          ended,
          access);
    }
    if (unreachable(words)) {
      return unreachable(ended, access);
    }
    if (ended.exitCode() == 10
        || words.contains("is there a repository at the following location")) {
      return gone(ended, access);
    }
    return unreadable(ended, access);
  }

  /** Of borg, by its words. */
  static SourceFailure borg(Programs.Ended ended, Access access) {
    String words = ended.errors().toLowerCase(Locale.ROOT);
    if (words.contains("passphrase supplied") || words.contains("passphrase is incorrect")) {
      return wrongPassword(ended, access);
    }
    if (words.contains("failed to create/acquire the lock")) {
      return failure(
          SourceFault.LOCKED,
          "Another program holds the repository. Wait for it, or run borg break-lock if it has"
              + " ended.",
          ended,
          access);
    }
    if (unreachable(words)) {
      return unreachable(ended, access);
    }
    if (words.contains("does not exist") || words.contains("is not a valid repository")) {
      return gone(ended, access);
    }
    return unreadable(ended, access);
  }

  /** A program's words without secrets and control characters, bounded. */
  static String told(Programs.Ended ended, Access access) {
    return told(ended.errors(), access);
  }

  static String told(String words, Access access) {
    String text = words;
    text = masked(text, access.password());
    for (String secret : access.environment().values()) {
      text = masked(text, secret);
    }
    text = text.replaceAll("(?<=://)[^/@\\s]*@", "***@");
    text = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  private static String masked(String text, @Nullable String secret) {
    return secret == null || secret.length() < 3 ? text : text.replace(secret, "***");
  }

  private static boolean unreachable(String words) {
    return UNREACHABLE.stream().anyMatch(words::contains);
  }

  private static SourceFailure wrongPassword(Programs.Ended ended, Access access) {
    return failure(
        SourceFault.WRONG_PASSWORD,
        "The password does not open the repository. Give the one that does.",
        ended,
        access);
  }

  private static SourceFailure gone(Programs.Ended ended, Access access) {
    return failure(
        SourceFault.GONE,
        "There is no repository at its location. Bring it back, or remove this source.",
        ended,
        access);
  }

  private static SourceFailure unreachable(Programs.Ended ended, Access access) {
    return failure(
        SourceFault.UNREACHABLE,
        "Its server does not answer or does not let the portal in. Try the program by hand as the"
            + " portal's user.",
        ended,
        access);
  }

  private static SourceFailure unreadable(Programs.Ended ended, Access access) {
    return failure(
        SourceFault.UNREADABLE,
        "The program ended with code "
            + ended.exitCode()
            + ". Try it by hand as the portal's user.",
        ended,
        access);
  }

  private static SourceFailure failure(
      SourceFault fault, String sentence, Programs.Ended ended, Access access) {
    String told = told(ended, access);
    return new SourceFailure(fault, told.isEmpty() ? sentence : sentence + " It said: " + told);
  }
}
