package dev.plimsoll.home.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * A running PostgreSQL that this process started. {@code pg_ctl} gives it a session of its own, so
 * that Ctrl-C in a terminal reaches the portal first and the database last.
 */
public final class PostgresServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);
  private static final String WAIT_SECONDS = "60";
  private static final long LOG_LIMIT_BYTES = 10L * 1024 * 1024;
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final PostgresBinaries binaries;
  private final PostgresSettings settings;

  private PostgresServer(PostgresBinaries binaries, PostgresSettings settings) {
    this.binaries = binaries;
    this.settings = settings;
  }

  /**
   * Initialises the data directory if it is new, stops a server that a killed process left running
   * on it, and returns once the new one accepts connections.
   *
   * @throws PostgresException with the end of the server's log where it did not start
   */
  public static PostgresServer start(PostgresBinaries binaries, PostgresSettings settings) {
    PostgresServer server = new PostgresServer(binaries, settings);
    try {
      server.initialise();
      server.stopOrphan();
      server.startUp();
      return server;
    } catch (IOException e) {
      throw new PostgresException(
          "PostgreSQL could not be started in " + settings.dataDirectory(), e);
    }
  }

  /**
   * Stops a server that is running on {@code dataDirectory} although nobody holds it any more.
   *
   * @return whether there was one
   */
  public static boolean stopOrphan(PostgresBinaries binaries, Path dataDirectory) {
    Optional<ProcessHandle> orphan = runningOn(dataDirectory);
    if (orphan.isEmpty()) {
      return false;
    }
    LOG.info("Stopping PostgreSQL (process {}), left over from before", orphan.get().pid());
    stop(binaries, dataDirectory);
    return true;
  }

  /** Whether the server's process is alive. */
  public boolean isRunning() {
    return runningOn(settings.dataDirectory()).isPresent();
  }

  /** Ends open connections, writes everything to disk and returns once the server is gone. */
  @Override
  public void close() {
    if (isRunning()) {
      stop(binaries, settings.dataDirectory());
    }
  }

  private void initialise() throws IOException {
    Path data = settings.dataDirectory();
    if (Files.exists(data.resolve("PG_VERSION"))) {
      requireSameMajorVersion(data);
      return;
    }
    // A killed initdb leaves half a directory; only a whole one gets the real name.
    Path unfinished = data.resolveSibling(data.getFileName() + ".new");
    FileSystemUtils.deleteRecursively(unfinished);
    Files.createDirectories(data.toAbsolutePath().getParent());
    Path password = data.resolveSibling(data.getFileName() + ".pwfile");
    Files.deleteIfExists(password);
    Files.createFile(password, OWNER_ONLY);
    try {
      Files.writeString(password, settings.superuserPassword() + "\n");
      List<String> command = new ArrayList<>(asOrdinaryUser());
      command.addAll(
          List.of(
              binaries.program("initdb"),
              "--pgdata=" + unfinished,
              "--username=" + PostgresSettings.SUPERUSER,
              "--auth=scram-sha-256",
              "--pwfile=" + password,
              "--encoding=UTF8",
              "--locale=C",
              // The same order of text on every machine, whatever its C library.
              "--locale-provider=builtin",
              "--builtin-locale=C.UTF-8",
              "--no-instructions"));
      if (!settings.durable()) {
        command.add("--no-sync");
      }
      run("PostgreSQL's data directory could not be initialised", command);
      Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(password);
    }
  }

  private void requireSameMajorVersion(Path data) throws IOException {
    String have = Files.readString(data.resolve("PG_VERSION")).strip();
    String output = run("PostgreSQL does not run", List.of(binaries.program("postgres"), "-V"));
    String need = output.replaceAll("^\\D*", "").replaceAll("\\D.*$", "").strip();
    if (!have.equals(need)) {
      throw new PostgresException(
          "%s was written by PostgreSQL %s, and this is PostgreSQL %s: dump it with the old version and restore it with this one"
              .formatted(data, have, need));
    }
  }

  private void stopOrphan() throws IOException {
    if (!stopOrphan(binaries, settings.dataDirectory())) {
      // Its number may by now belong to another process, and PostgreSQL would take that for itself.
      Files.deleteIfExists(settings.dataDirectory().resolve("postmaster.pid"));
    }
  }

  private void startUp() throws IOException {
    Path data = settings.dataDirectory();
    Files.writeString(data.resolve("postgresql.conf"), settings.serverConfiguration());
    Files.writeString(data.resolve("pg_hba.conf"), settings.hostBasedAuthentication());
    if (Files.exists(settings.log()) && Files.size(settings.log()) > LOG_LIMIT_BYTES) {
      Files.move(
          settings.log(),
          settings.log().resolveSibling(settings.log().getFileName() + ".1"),
          StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Files.exists(settings.log())) {
      Files.createFile(settings.log(), OWNER_ONLY);
    }
    long logged = Files.size(settings.log());
    List<String> command = new ArrayList<>(asOrdinaryUser());
    command.addAll(
        List.of(
            binaries.program("pg_ctl"),
            "start",
            "--pgdata=" + data,
            "--log=" + settings.log(),
            "--wait",
            "--timeout=" + WAIT_SECONDS,
            "--silent"));
    try {
      run("PostgreSQL did not start", command);
    } catch (PostgresException e) {
      throw new PostgresException(
          "%s; its log %s says:%n%s"
              .formatted(e.getMessage(), settings.log(), logSince(settings.log(), logged)),
          e);
    }
  }

  private static String logSince(Path log, long position) throws IOException {
    byte[] all = Files.readAllBytes(log);
    int from = (int) Math.min(position, all.length);
    return new String(all, from, all.length - from, StandardCharsets.UTF_8).strip();
  }

  private static void stop(PostgresBinaries binaries, Path dataDirectory) {
    List<String> command = new ArrayList<>(asOrdinaryUser());
    command.addAll(
        List.of(
            binaries.program("pg_ctl"),
            "stop",
            "--pgdata=" + dataDirectory,
            "--mode=fast",
            "--wait",
            "--timeout=" + WAIT_SECONDS,
            "--silent"));
    run("PostgreSQL did not stop", command);
  }

  private static Optional<ProcessHandle> runningOn(Path dataDirectory) {
    List<String> lines;
    try {
      lines = Files.readAllLines(dataDirectory.resolve("postmaster.pid"));
    } catch (IOException e) {
      LOG.trace("No postmaster.pid in {}", dataDirectory, e);
      return Optional.empty();
    }
    if (lines.isEmpty() || !lines.getFirst().strip().matches("\\d{1,10}")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
        .filter(ProcessHandle::isAlive)
        .filter(process -> serves(process, dataDirectory));
  }

  private static boolean serves(ProcessHandle process, Path dataDirectory) {
    ProcessHandle.Info info = process.info();
    boolean postgres = info.command().map(c -> Path.of(c).endsWith("postgres")).orElse(false);
    return postgres
        && info.arguments()
            .map(arguments -> Arrays.asList(arguments).contains(dataDirectory.toString()))
            .orElse(true);
  }

  /**
   * PostgreSQL refuses to run as root; a user namespace makes it nobody without changing owners.
   */
  private static List<String> asOrdinaryUser() {
    return User.ROOT ? List.of("unshare", "--user") : List.of();
  }

  private static String run(String failure, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    // PGPORT and the like are the caller's, for another server.
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    try {
      Path output = Files.createTempFile("plimsoll-postgres", ".out");
      try {
        // A file and not a pipe: the server inherits it and would hold a pipe open.
        builder.redirectOutput(ProcessBuilder.Redirect.to(output.toFile()));
        int exit = builder.start().waitFor();
        String said = Files.readString(output).strip();
        if (exit != 0) {
          throw new PostgresException(
              "%s (exit code %d)%s".formatted(failure, exit, said.isEmpty() ? "" : ": " + said));
        }
        return said;
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      throw new PostgresException(failure, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PostgresException(failure + ": interrupted", e);
    }
  }

  private static final class User {
    static final boolean ROOT = isRoot();

    private static boolean isRoot() {
      if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux")) {
        return false;
      }
      try {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
      } catch (IOException e) {
        throw new PostgresException("Cannot tell which user this is", e);
      }
    }
  }
}
