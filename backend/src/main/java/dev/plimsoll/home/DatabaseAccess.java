package dev.plimsoll.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * A portal's database for a command that is no portal: the one that {@code SPRING_DATASOURCE_URL}
 * names, else the embedded one of {@code PLIMSOLL_HOME}. A running portal is not disturbed; where
 * none runs, the embedded database is started and stopped again. Nothing is ever created.
 */
public final class DatabaseAccess implements AutoCloseable {
  private static final int PORT_LINE = 3;

  private final String jdbcUrl;
  private final @Nullable String username;
  private final @Nullable String password;
  private final @Nullable EmbeddedDatabase started;

  private DatabaseAccess(
      String jdbcUrl,
      @Nullable String username,
      @Nullable String password,
      @Nullable EmbeddedDatabase started) {
    this.jdbcUrl = jdbcUrl;
    this.username = username;
    this.password = password;
    this.started = started;
  }

  /**
   * Finds the database.
   *
   * @throws StartupRefusal if there is none, or it cannot be started
   */
  public static DatabaseAccess open(Environment environment) {
    StartupSettings settings = new StartupSettings(environment);
    Optional<String> url = settings.text("spring.datasource.url");
    if (url.isPresent()) {
      return new DatabaseAccess(
          url.get(),
          settings.text("spring.datasource.username").orElse(null),
          settings.text("spring.datasource.password").orElse(null),
          null);
    }
    Path directory =
        settings
            .text("plimsoll.home")
            .map(Path::of)
            .orElseGet(() -> Path.of(System.getProperty("user.home"), ".plimsoll"));
    if (!Files.exists(directory.resolve("database").resolve("PG_VERSION"))) {
      throw new StartupRefusal(
          "There is no database in %s: set PLIMSOLL_HOME to the home of a portal, or SPRING_DATASOURCE_URL to its database."
              .formatted(directory.toAbsolutePath()));
    }
    PlimsollHome home = PlimsollHome.open(directory);
    if (HomeLock.isTaken(home)) {
      return new DatabaseAccess(
          EmbeddedDatabase.jdbcUrl(runningPort(home)),
          EmbeddedDatabase.NAME,
          DatabaseCredentials.of(home).portal(),
          null);
    }
    EmbeddedDatabase database = EmbeddedDatabase.start(home);
    return new DatabaseAccess(
        database.jdbcUrl(), database.username(), database.password(), database);
  }

  /** Without credentials. */
  public String jdbcUrl() {
    return jdbcUrl;
  }

  /** Null where the URL says it. */
  public @Nullable String username() {
    return username;
  }

  /** Null where none is needed, or the URL says it. */
  public @Nullable String password() {
    return password;
  }

  /** Stops what was started. */
  @Override
  public void close() {
    if (started != null) {
      started.close();
    }
  }

  private static int runningPort(PlimsollHome home) {
    Path file = home.resolve("database").resolve("postmaster.pid");
    try {
      List<String> lines = Files.readAllLines(file);
      return Integer.parseInt(lines.get(PORT_LINE).strip());
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
      throw new StartupRefusal(
          "A portal runs on %s, and its database does not yet: try again in a moment."
              .formatted(home.directory()),
          e);
    }
  }
}
