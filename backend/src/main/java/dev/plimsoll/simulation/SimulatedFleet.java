package dev.plimsoll.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * The engines of a plan, each on a UNIX socket of its own in one directory. Answers are made when
 * they are asked for; kept is what is on each host, without its text.
 *
 * <p>All engines begin with day 0. Methods may be called by any thread at any time.
 */
public final class SimulatedFleet implements AutoCloseable {
  /** Longest path that a UNIX socket can have on Linux, its end mark left out. */
  private static final int LONGEST_PATH = 107;

  private final FleetPlan plan;
  private final Path directory;
  private final LongAdder bytesServed = new LongAdder();
  private final List<SimulatedEngine> engines;

  private SimulatedFleet(FleetPlan plan, Path directory, InstantSource clock) {
    this.plan = plan;
    this.directory = directory;
    this.engines =
        IntStream.range(0, plan.hosts())
            .mapToObj(host -> new SimulatedEngine(plan, host, socket(host), clock, bytesServed))
            .toList();
  }

  /** Starts the engines of a plan by this machine's clock. */
  public static SimulatedFleet start(FleetPlan plan, Path directory) {
    return start(plan, directory, Clock.systemUTC());
  }

  /**
   * Starts the engines of a plan.
   *
   * @param directory where the sockets are made; created if it is missing
   * @param clock the engines' own
   * @throws IllegalArgumentException if the directory's path is too long for sockets in it
   */
  public static SimulatedFleet start(FleetPlan plan, Path directory, InstantSource clock) {
    SimulatedFleet fleet = new SimulatedFleet(plan, directory.toAbsolutePath(), clock);
    String longest = fleet.socket(plan.hosts() - 1).toString();
    if (longest.length() > LONGEST_PATH) {
      throw new IllegalArgumentException(
          "The path %s is longer than the %d characters that a socket's may have."
              .formatted(longest, LONGEST_PATH));
    }
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot create " + directory, e);
    }
    try {
      fleet.day(0);
    } catch (RuntimeException e) {
      fleet.close();
      throw e;
    }
    return fleet;
  }

  /** What it was started with. */
  public FleetPlan plan() {
    return plan;
  }

  /** Where the socket of a host's engine lies, whether it listens or not. */
  public Path socket(int host) {
    return directory.resolve("host-%04d.sock".formatted(host + 1));
  }

  /** The same as the portal writes endpoints, such as {@code unix:///tmp/fleet/host-0001.sock}. */
  public String endpoint(int host) {
    Objects.checkIndex(host, plan.hosts());
    return "unix://" + socket(host);
  }

  /** Has all engines be as they are on a day. */
  public void day(int day) {
    for (int host = 0; host < engines.size(); host++) {
      day(host, day);
    }
  }

  /** Has one engine be as it is on a day. */
  public void day(int host, int day) {
    engines.get(host).day(day);
  }

  /** Has an engine wait before each answer. */
  public void slow(int host, Duration delay) {
    engines.get(host).slow(delay);
  }

  /** Has an engine accept connections and requests, and answer none. */
  public void hang(int host) {
    engines.get(host).hang();
  }

  /** Has an engine end: its socket is gone, and so are its connections. */
  public void die(int host) {
    engines.get(host).die();
  }

  /** Takes back whatever ails an engine, short of what its plan says of the day. */
  public void heal(int host) {
    engines.get(host).heal();
  }

  /** How many bytes all answers' bodies had so far. */
  public long bytesServed() {
    return bytesServed.sum();
  }

  /** Ends all engines and removes their sockets. */
  @Override
  public void close() {
    engines.forEach(SimulatedEngine::close);
  }
}
