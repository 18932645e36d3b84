package dev.plimsoll.invariants;

import dev.plimsoll.home.DatabaseAccess;
import dev.plimsoll.home.StartupRefusal;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/**
 * The command {@code check-invariants}: checks the database that a portal would use, and says what
 * is wrong with it. Exit code 0: nothing; 1: something; 2: it cannot be read.
 */
public final class CheckInvariants {
  private static final String USAGE =
      """
      Usage: check-invariants [--host NAME-OR-ID] [--all] [--json]

        --host   only what is of one host
        --all    print every violation, not the first of each kind alone
        --json   a line of JSON for each invariant and each violation
      """;

  private CheckInvariants() {}

  /** Runs the command and ends the process. */
  public static void main(String[] args) {
    ConfigurableEnvironment environment = new StandardEnvironment();
    quiet(environment);
    System.exit(run(args, environment, System.out, System.err));
  }

  static int run(String[] args, Environment environment, PrintStream out, PrintStream err) {
    Options options;
    try {
      options = Options.of(args);
    } catch (IllegalArgumentException e) {
      err.printf("plimsoll: %s%n%s", e.getMessage(), USAGE);
      return 2;
    }
    if (options.help()) {
      out.print(USAGE);
      return 0;
    }
    try (DatabaseAccess database = DatabaseAccess.open(environment)) {
      PGSimpleDataSource dataSource = new PGSimpleDataSource();
      dataSource.setUrl(database.jdbcUrl());
      dataSource.setUser(database.username());
      dataSource.setPassword(database.password());
      Report report =
          options.json()
              ? new JsonReport(out)
              : new TextReport(out, options.all() ? Long.MAX_VALUE : TextReport.FEW);
      report.starts(database.jdbcUrl());
      List<InvariantCheck.Checked> checked = InvariantCheck.run(dataSource, options.host(), report);
      report.finishes(checked);
      return checked.stream().allMatch(InvariantCheck.Checked::holds) ? 0 : 1;
    } catch (StartupRefusal e) {
      err.printf("plimsoll: %s%n", e.getMessage());
      return 2;
    } catch (Unreadable e) {
      err.printf("plimsoll: the database cannot be checked: %s%n", e.getMessage());
      return 2;
    }
  }

  /** What a report is read for is the report. */
  private static void quiet(ConfigurableEnvironment environment) {
    LoggingSystem logging = LoggingSystem.get(CheckInvariants.class.getClassLoader());
    logging.beforeInitialize();
    logging.initialize(new LoggingInitializationContext(environment), null, null);
    logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.ERROR);
  }

  private record Options(@Nullable String host, boolean all, boolean json, boolean help) {
    static Options of(String[] args) {
      String host = null;
      boolean all = false;
      boolean json = false;
      boolean help = false;
      Deque<String> left = new ArrayDeque<>(List.of(args));
      while (!left.isEmpty()) {
        String arg = left.removeFirst();
        switch (arg.toLowerCase(Locale.ROOT)) {
          case "--host" -> {
            if (left.isEmpty()) {
              throw new IllegalArgumentException("--host needs the name or the ID of a host.");
            }
            host = left.removeFirst();
          }
          case "--all" -> all = true;
          case "--json" -> json = true;
          case "--help", "-h" -> help = true;
          default -> throw new IllegalArgumentException("\"" + arg + "\" is not known.");
        }
      }
      return new Options(host, all, json, help);
    }
  }
}
