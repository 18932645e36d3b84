package dev.plimsoll.home;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A JVM of its own that holds an embedded database open, so that a test can kill it. */
final class PortalProcess implements AutoCloseable {
  private final Process process;

  private PortalProcess(Process process) {
    this.process = process;
  }

  /** Returns once the database runs. */
  static PortalProcess start(Path home) throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    PortalProcess.class.getName(),
                    home.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    // Not closed: the process writes to it as long as it lives.
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    String line = output.readLine();
    while (line != null && !line.equals("running")) {
      line = output.readLine();
    }
    if (line == null) {
      throw new IOException("The process ended before its database ran");
    }
    return new PortalProcess(process);
  }

  /** Ends it as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** What the other JVM runs: opens the home named first and waits to be killed. */
  public static void main(String[] arguments) throws InterruptedException {
    EmbeddedDatabase.start(PlimsollHome.open(Path.of(arguments[0])));
    System.out.println("running");
    Thread.currentThread().join();
  }
}
