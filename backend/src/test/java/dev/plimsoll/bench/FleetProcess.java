package dev.plimsoll.bench;

import dev.plimsoll.simulation.FleetPlan;
import dev.plimsoll.simulation.SimulatedFleet;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A simulated fleet in a process of its own, so that the heap and the processor time that a
 * benchmark measures are the portal's alone.
 */
final class FleetProcess implements AutoCloseable {
  private static final long SEED = 20260105;

  private final FleetPlan plan;
  private final Path directory;
  private final Process process;
  private final BufferedReader replies;
  private final PrintWriter commands;

  private FleetProcess(FleetPlan plan, Path directory, Process process) {
    this.plan = plan;
    this.directory = directory;
    this.process = process;
    this.replies = process.inputReader(StandardCharsets.UTF_8);
    this.commands =
        new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), /* autoFlush= */ true);
  }

  /** Starts a fleet and waits until all its engines listen. */
  static FleetProcess start(int hosts, int containersPerHost, Path directory) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx2g", "-cp", System.getProperty("java.class.path")));
    command.add(FleetProcess.class.getName());
    command.addAll(
        List.of(
            Integer.toString(hosts), Integer.toString(containersPerHost), directory.toString()));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      FleetProcess fleet = new FleetProcess(plan(hosts, containersPerHost), directory, process);
      fleet.reply();
      return fleet;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FleetPlan plan(int hosts, int containersPerHost) {
    return new FleetPlan(SEED, hosts, containersPerHost);
  }

  /** What the fleet is made by. */
  FleetPlan plan() {
    return plan;
  }

  /** A host's socket. */
  Path socket(int host) {
    return directory.resolve("host-%04d.sock".formatted(host + 1));
  }

  /** Has a host wait before each answer. */
  void slow(int host, Duration delay) {
    ask("slow " + host + " " + delay.toMillis());
  }

  /** Has a host answer nothing. */
  void hang(int host) {
    ask("hang " + host);
  }

  /** Takes back what ails a host. */
  void heal(int host) {
    ask("heal " + host);
  }

  /** Bytes of all bodies served so far. */
  long bytesServed() {
    return Long.parseLong(ask("bytes"));
  }

  private String ask(String command) {
    commands.println(command);
    return reply();
  }

  private String reply() {
    try {
      String reply = replies.readLine();
      if (reply == null) {
        throw new IllegalStateException("the simulated fleet ended");
      }
      return reply;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the process; it removes its sockets and their directory. */
  @Override
  public void close() {
    commands.close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }

  /** The process: hosts, containers a host and directory; then commands, a line each. */
  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[2]);
    serve(plan(Integer.parseInt(args[0]), Integer.parseInt(args[1])), directory);
    Files.deleteIfExists(directory);
  }

  @SuppressWarnings("SystemOut") // its replies
  private static void serve(FleetPlan plan, Path directory) throws IOException {
    try (SimulatedFleet fleet = SimulatedFleet.start(plan, directory);
        BufferedReader commands =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      System.out.println("ready");
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        System.out.println(obey(fleet, line.split(" ", -1)));
      }
    }
  }

  private static String obey(SimulatedFleet fleet, String[] words) {
    switch (words[0]) {
      case "slow" ->
          fleet.slow(Integer.parseInt(words[1]), Duration.ofMillis(Long.parseLong(words[2])));
      case "hang" -> fleet.hang(Integer.parseInt(words[1]));
      case "heal" -> fleet.heal(Integer.parseInt(words[1]));
      case "bytes" -> {
        return Long.toString(fleet.bytesServed());
      }
      default -> throw new IllegalArgumentException(words[0]);
    }
    return "done";
  }
}
