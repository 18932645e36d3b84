package dev.plimsoll.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of the machine that fixtures run. */
final class Programs {
  private static final long LIMIT_SECONDS = 120;

  private Programs() {}

  /** Where a program lies, if it is installed. */
  static Optional<Path> find(String name) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(
            Arrays.stream(path.split(File.pathSeparator)),
            Stream.of("/usr/sbin", "/usr/bin", "/sbin", "/bin"))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Where a program lies; it must be installed. */
  static String require(String name) {
    return find(name)
        .map(Path::toString)
        .orElseThrow(() -> new IllegalStateException(name + " is not installed"));
  }

  /**
   * Runs a program to its end.
   *
   * @return what it wrote to its standard output
   * @throws IllegalStateException if it fails or takes longer than two minutes
   */
  static String run(Path directory, Map<String, String> environment, List<String> command) {
    Path errors = null;
    try {
      errors = Files.createTempFile("plimsoll-test-", ".err");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectInput(new File("/dev/null"))
              .redirectError(errors.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("DOCKER_"));
      builder.environment().putAll(environment);
      Process process = builder.start();
      String output;
      try (var in = process.getInputStream()) {
        output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(command + " did not end");
      }
      if (process.exitValue() != 0) {
        throw new IllegalStateException(
            "%s ended with %d: %s%s"
                .formatted(command, process.exitValue(), output, Files.readString(errors)));
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot run " + command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while running " + command, e);
    } finally {
      if (errors != null) {
        errors.toFile().delete();
      }
    }
  }
}
