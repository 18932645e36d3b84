package dev.plimsoll.home;

import java.security.SecureRandom;
import java.util.stream.Collectors;

/** The password with which the user {@code admin} is made; it counts only then. */
public sealed interface FirstPassword {
  /** The password. A generated one is written to the home when it is first asked for. */
  String value();

  /** Where a person finds it, as the end of a sentence. */
  String whereKept();

  /** Given in {@code PLIMSOLL_ADMIN_PASSWORD} or its file. */
  record Given(String value) implements FirstPassword {
    @Override
    public String whereKept() {
      return "what PLIMSOLL_ADMIN_PASSWORD was when the portal first started";
    }

    /** Without the value, so that a log never holds it. */
    @Override
    public String toString() {
      return "Given[]";
    }
  }

  /** Made at random, and kept in a file of the home. */
  record Generated(PlimsollHome home) implements FirstPassword {
    private static final String FILE = "admin-password";
    private static final int LENGTH = 20;

    /** No letters and digits that look alike: people type it once. 20 of 54 are 115 bits. */
    private static final String ALPHABET =
        "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    @Override
    public String value() {
      return home.readOrCreate(FILE, Generated::random);
    }

    @Override
    public String whereKept() {
      return "in " + home.resolve(FILE);
    }

    private static String random() {
      return new SecureRandom()
          .ints(LENGTH, 0, ALPHABET.length())
          .mapToObj(i -> String.valueOf(ALPHABET.charAt(i)))
          .collect(Collectors.joining());
    }
  }
}
