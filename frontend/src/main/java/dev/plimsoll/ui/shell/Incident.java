package dev.plimsoll.ui.shell;

import java.security.SecureRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A fault of the portal's own: people see its number, the log has everything under it. */
record Incident(String number) {
  private static final Logger LOG = LoggerFactory.getLogger(Incident.class);

  /** Without letters and digits that are mistaken for each other on the phone. */
  private static final String ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

  private static final SecureRandom RANDOM = new SecureRandom();

  /** Logs the cause and gives it a number such as {@code 7F3K-2QXA}. */
  static Incident log(Throwable cause) {
    StringBuilder number = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (i == 4) {
        number.append('-');
      }
      number.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    Incident incident = new Incident(number.toString());
    LOG.error("Incident {}", incident.number(), cause);
    return incident;
  }

  /** What to say to people. */
  String sentence() {
    return "Plimsoll could not do that. Try again; if it stays so, tell an administrator incident "
        + number
        + ".";
  }
}
