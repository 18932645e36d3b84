package dev.plimsoll.backup.source;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.core.JacksonException;

/**
 * Runs the programs that read repositories. They get a list of arguments and no shell, an
 * environment that holds nothing of the portal's, and no input; they are killed with all they
 * started when their time is over and when the portal ends.
 */
public final class Programs implements AutoCloseable {
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final int MOST_ERROR_BYTES = 16_384;
  private static final Duration LAST_WORDS = Duration.ofSeconds(10);

  private final Path directory;
  private final Set<Process> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * Runs programs.
   *
   * @param directory of their own, made when it is needed, in which they may keep what they
   *     remember; open to the portal's user alone
   */
  public Programs(Path directory) {
    this.directory = directory;
  }

  /**
   * What is to be run.
   *
   * @param environment all that the program is told, but where programs lie
   * @param limit how long it may take
   * @param highestSuccess exit codes up to it mean that it did what it should, be it with warnings
   */
  record Call(
      List<String> command, Map<String, String> environment, Duration limit, int highestSuccess) {
    Call {
      command = List.copyOf(command);
      environment = Map.copyOf(environment);
    }

    /** Prints no secret. */
    @Override
    public String toString() {
      return "Call" + command;
    }
  }

  /** Reads a program's output while it runs. */
  interface Output<T> {
    T read(InputStream output) throws IOException;
  }

  /**
   * How a program ended.
   *
   * @param errors what it wrote to its standard error, the first of it
   */
  record Ended(int exitCode, String errors) {}

  /** Says what the end of a program means for its source. */
  interface Diagnosis {
    SourceFailure of(Ended ended);
  }

  /** A directory below {@link #directory}, made if there is none. */
  Path place(String name) {
    Path place = directory.resolve(name);
    try {
      Files.createDirectories(
          place,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      return place;
    } catch (IOException e) {
      throw new UncheckedIOException(place + " cannot be made", e);
    }
  }

  /**
   * Runs a program to its end.
   *
   * @throws SourceFailure {@code PROGRAM_MISSING} if it is not installed, {@code TIMEOUT} if its
   *     time is over, {@code UNREADABLE} if its output is not what it should be, and whatever the
   *     diagnosis makes of any other end than a success
   */
  <T> T run(Call call, Output<T> output, Diagnosis diagnosis) throws SourceFailure {
    Process process = start(call);
    AtomicBoolean late = new AtomicBoolean();
    AtomicReference<String> errors = new AtomicReference<>("");
    Thread listener = Thread.ofVirtual().start(() -> errors.set(firstOf(process.getErrorStream())));
    Thread watch = Thread.ofVirtual().start(() -> watch(process, call.limit(), late));
    try {
      T value = null;
      Exception unreadable = null;
      try (InputStream stream = process.getInputStream()) {
        value = output.read(stream);
        stream.transferTo(OutputStream.nullOutputStream());
      } catch (IOException | JacksonException e) {
        unreadable = e; // how it ended goes before what could not be read of it
      }
      if (unreadable != null) {
        process.waitFor(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        kill(process);
      }
      int exitCode = process.waitFor();
      listener.join(LAST_WORDS);
      if (closed) {
        throw new SourceFailure(SourceFault.TIMEOUT, "The portal ended before this did.");
      }
      if (late.get()) {
        throw new SourceFailure(
            SourceFault.TIMEOUT,
            name(call)
                + " took longer than "
                + call.limit().toMinutes()
                + " minutes and was stopped. See whether its repository answers, and how large it"
                + " is.");
      }
      Ended ended = new Ended(exitCode, String.valueOf(errors.get()));
      if (exitCode < 0 || exitCode > call.highestSuccess()) {
        throw diagnosis.of(ended);
      }
      if (unreadable != null || value == null) {
        throw new SourceFailure(
            SourceFault.UNREADABLE,
            "The output of " + name(call) + " is not the JSON that it should be.",
            unreadable == null ? new IOException("no output") : unreadable);
      }
      return value;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SourceFailure(SourceFault.TIMEOUT, "It was stopped before it ended.", e);
    } finally {
      kill(process);
      running.remove(process);
      watch.interrupt();
    }
  }

  private Process start(Call call) throws SourceFailure {
    ProcessBuilder builder =
        new ProcessBuilder(call.command())
            .directory(place("work").toFile())
            .redirectInput(new File("/dev/null"));
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", PATH);
    environment.put("HOME", place("work").toString());
    environment.put("TZ", "UTC");
    environment.put("LC_ALL", "C.UTF-8");
    // SSH never asks anybody for a password.
    environment.put("SSH_ASKPASS", "/bin/false");
    environment.put("SSH_ASKPASS_REQUIRE", "force");
    environment.putAll(call.environment());
    try {
      Process process = builder.start();
      running.add(process);
      return process;
    } catch (IOException e) {
      throw new SourceFailure(
          SourceFault.PROGRAM_MISSING,
          name(call) + " cannot be run on the portal's machine. Install it there.",
          e);
    }
  }

  private static void watch(Process process, Duration limit, AtomicBoolean late) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        late.set(true);
        kill(process);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it has ended
    }
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static String firstOf(InputStream stream) {
    try (stream) {
      byte[] first = stream.readNBytes(MOST_ERROR_BYTES);
      stream.transferTo(OutputStream.nullOutputStream());
      return new String(first, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return ""; // it was killed
    }
  }

  private static String name(Call call) {
    return Path.of(call.command().getFirst()).getFileName().toString();
  }

  /** Ends what still runs. */
  @Override
  public void close() {
    closed = true;
    running.forEach(Programs::kill);
  }
}
