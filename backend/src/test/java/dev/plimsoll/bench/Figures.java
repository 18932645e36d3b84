package dev.plimsoll.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a benchmark prints: lines for people while it runs and, by {@link #finish}, one JSON object
 * a figure for machines. Also the arithmetic that all benchmarks share.
 */
final class Figures {
  /** What should cost in proportion to its size may grow with at most this power of it. */
  static final double LINEAR = 1.1;

  private final String bench;
  private final Map<String, Double> collected = new TreeMap<>();

  /** Of the benchmark with this name, as in {@code ./plimsoll bench NAME}. */
  Figures(String bench) {
    this.bench = bench;
  }

  /** Prints a line at once. */
  @SuppressWarnings({"SystemOut", "AnnotateFormatMethod"}) // a command's output
  void say(String format, Object... values) {
    System.out.println(values.length == 0 ? format : String.format(Locale.ROOT, format, values));
  }

  /**
   * Prints what the figures come from: cores, memory, JDK and, unless the source is null, the
   * version of PostgreSQL and whether it waits for the disk.
   */
  void machine(@Nullable DataSource database) {
    Runtime runtime = Runtime.getRuntime();
    say(
        "machine: %d cores, %s memory, heap at most %d MiB, JDK %s, load %s",
        runtime.availableProcessors(),
        memory(),
        runtime.maxMemory() >> 20,
        Runtime.version(),
        load());
    if (database != null) {
      JdbcClient jdbc = JdbcClient.create(database);
      say(
          "database: PostgreSQL %s, fsync %s, shared_buffers %s, jit %s",
          setting(jdbc, "server_version"),
          setting(jdbc, "fsync"),
          setting(jdbc, "shared_buffers"),
          setting(jdbc, "jit"));
    }
  }

  /** Keeps a figure for {@link #finish}; one of the same name is replaced. */
  void figure(String name, double value) {
    collected.put(name, value);
  }

  /** Keeps and prints the ratio of a cost to the bare cost of the same work, and the aim for it. */
  double ratio(String name, double cost, double bare, double atMost) {
    double ratio = cost / bare;
    figure(name, ratio);
    say(
        "%-44s %10.2f x the bare cost, aim %.2f: %s",
        name, ratio, atMost, ratio <= atMost ? "reached" : "NOT REACHED");
    return ratio;
  }

  /**
   * Keeps and prints how a cost grows with the size of its work: the power of the size that fits
   * best, and whether that is linear ({@link #LINEAR}).
   *
   * @param costs the cost of each size, at least two, all above 0
   */
  double growth(String name, SortedMap<Long, Double> costs) {
    double exponent = exponent(costs);
    figure(name + "_exponent", exponent);
    say(
        "%-44s grows with size^%.2f, %s  (%s)",
        name,
        exponent,
        exponent <= LINEAR ? "linear" : "NOT LINEAR",
        costs.entrySet().stream()
            .map(cost -> String.format(Locale.ROOT, "%d: %.3g", cost.getKey(), cost.getValue()))
            .collect(Collectors.joining(", ")));
    return exponent;
  }

  /** Prints the figures kept, one JSON object a line. */
  void finish() {
    collected.forEach(
        (name, value) ->
            say("{\"bench\":\"%s\",\"figure\":\"%s\",\"value\":%.4f}", bench, name, value));
  }

  /** Five sizes that double up to the full one: four doublings. */
  static List<Long> doublings(long full) {
    List<Long> sizes = new ArrayList<>();
    for (int halvings = 4; halvings >= 0; halvings--) {
      sizes.add(Math.max(1, full >> halvings));
    }
    return List.copyOf(sizes);
  }

  /** The slope of log cost over log size, by least squares: 1 is linear, 0 does not grow. */
  static double exponent(SortedMap<Long, Double> costs) {
    if (costs.size() < 2) {
      throw new IllegalArgumentException("growth needs at least two sizes, not " + costs);
    }
    double meanSize = costs.keySet().stream().mapToDouble(Math::log).average().orElseThrow();
    double meanCost = costs.values().stream().mapToDouble(Math::log).average().orElseThrow();
    double products = 0;
    double squares = 0;
    for (Map.Entry<Long, Double> cost : costs.entrySet()) {
      double size = Math.log(cost.getKey()) - meanSize;
      products += size * (Math.log(cost.getValue()) - meanCost);
      squares += size * size;
    }
    return products / squares;
  }

  /** The middle value; of an even number of them the mean of the middle two. */
  static double median(Collection<Double> values) {
    double[] sorted = sorted(values);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The smallest value that at least this share (0 to 1) of the values do not exceed. */
  static double percentile(Collection<Double> values, double share) {
    double[] sorted = sorted(values);
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)];
  }

  /** Milliseconds since a {@link System#nanoTime}. */
  static double millisSince(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  private static double[] sorted(Collection<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
    return values.stream().mapToDouble(value -> value).sorted().toArray();
  }

  private static String setting(JdbcClient jdbc, String name) {
    return jdbc.sql("select current_setting(?)").param(name).query(String.class).single();
  }

  private static String memory() {
    return firstLine("/proc/meminfo")
        .replaceAll("\\D", "")
        .transform(
            kilobytes ->
                kilobytes.isEmpty() ? "unknown" : (Long.parseLong(kilobytes) >> 20) + " GiB");
  }

  private static String load() {
    String averages = firstLine("/proc/loadavg");
    return averages.isEmpty() ? "unknown" : averages.split(" ", -1)[0];
  }

  /** Empty where a system has no such file. */
  private static String firstLine(String file) {
    Path path = Path.of(file);
    if (!Files.isReadable(path)) {
      return "";
    }
    try {
      return Files.readAllLines(path).getFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
