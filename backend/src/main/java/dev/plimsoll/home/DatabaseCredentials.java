package dev.plimsoll.home;

import java.io.IOException;
import java.io.StringReader;
import java.util.Properties;

/**
 * The passwords of the embedded database, as the home keeps them.
 *
 * @param superuser of PostgreSQL's own role, which the portal uses to make its database and then no
 *     more
 * @param portal of the role that owns the portal's database
 */
record DatabaseCredentials(String superuser, String portal) {
  private static final String FILE = "database.properties";

  static DatabaseCredentials of(PlimsollHome home) {
    String text =
        home.readOrCreate(
            FILE,
            () ->
                "superuser.password=%s%nportal.password=%s"
                    .formatted(KeyText.random(), KeyText.random()));
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text));
    } catch (IOException e) {
      throw new IllegalStateException("A string was read", e);
    }
    return new DatabaseCredentials(
        required(home, properties, "superuser.password"),
        required(home, properties, "portal.password"));
  }

  private static String required(PlimsollHome home, Properties properties, String name) {
    String value = properties.getProperty(name);
    if (value == null || value.isBlank()) {
      throw new StartupRefusal(
          "%s lacks %s: bring the file back from a backup of the home."
              .formatted(home.resolve(FILE), name));
    }
    return value;
  }

  @Override
  public String toString() {
    return "DatabaseCredentials[]";
  }
}
