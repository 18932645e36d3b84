package dev.plimsoll.bench;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.HostFacts;
import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.correctness.MixedHost;
import dev.plimsoll.inventory.Document;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.generators.BenchmarkProcessor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * How many container documents one core judges in a second by the whole catalogue, with parsing
 * their canonical bytes and without. The documents are those of several hundred containers that a
 * real engine made, each with another mixture of options.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class JudgeBench {
  private final List<Stored> stored = new ArrayList<>();
  private final Map<String, Reading> containers = new HashMap<>();
  private @Nullable HostFacts host;
  private int next;

  /** A container as it lies in the database. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Stored(
      String id,
      String sha256,
      byte[] document,
      @Nullable String observationSha256,
      byte[] observation) {}

  /** Documents by the processor time that they cost: other work on the machine does not count. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Spent {
    private long start;
    private long documents;

    /** Starts to count. */
    @Setup(Level.Iteration)
    public void start() {
      documents = 0;
      start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Documents in a second of one core. */
    public double perCoreSecond() {
      long spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
      return documents * 1e9 / spent;
    }
  }

  /** Makes the documents. */
  @Setup
  public void readHost() throws Exception {
    HostFacts read = MixedHost.read();
    read.containers()
        .forEach(
            (id, reading) -> {
              if (reading instanceof Reading.Read document) {
                stored.add(
                    new Stored(
                        id,
                        document.sha256(),
                        Document.of(document.document()).bytes(),
                        document.observationSha256(),
                        document.observation().isMissingNode()
                            ? new byte[0]
                            : Document.of(document.observation()).bytes()));
              }
            });
    containers.putAll(read.containers());
    host =
        HostFacts.at(read.at())
            .engine(read.engine())
            .containers(containers)
            .images(read.images())
            .volumes(read.volumes())
            .networks(read.networks())
            .build();
    long bytes = stored.stream().mapToLong(one -> one.document().length).sum();
    System.out.printf(
        "%d containers, %d bytes a document, %d checks%n",
        stored.size(),
        bytes / stored.size(),
        Checklist.standard().rules(SubjectKind.CONTAINER).size());
  }

  /** Parses one container's document and observation and judges it. */
  @Benchmark
  public Object parseAndJudge(Spent spent) {
    spent.documents++;
    Stored one = next();
    containers.put(one.id(), parse(one));
    return judge(one);
  }

  /** Parses one container's document and observation. */
  @Benchmark
  public Object parseOnly(Spent spent) {
    spent.documents++;
    return parse(next());
  }

  /** Judges one container whose document is a tree already. */
  @Benchmark
  public Object judgeOnly(Spent spent) {
    spent.documents++;
    return judge(next());
  }

  private Stored next() {
    Stored one = stored.get(next);
    next = next + 1 == stored.size() ? 0 : next + 1;
    return one;
  }

  private static Reading parse(Stored one) {
    JsonNode observation =
        one.observation().length == 0
            ? MissingNode.getInstance()
            : JsonMapper.shared().readTree(one.observation());
    return new Reading.Read(
        one.sha256(),
        JsonMapper.shared().readTree(one.document()),
        one.observationSha256(),
        observation);
  }

  private Object judge(Stored one) {
    if (host == null) {
      throw new IllegalStateException("not set up");
    }
    return Checklist.standard().judge(host, SubjectKind.CONTAINER, one.id());
  }

  /** JMH adds up what iterations count; a rate is their mean. */
  private static double mean(JsonNode iterations) {
    double sum = 0;
    for (JsonNode iteration : iterations) {
      sum += iteration.asDouble();
    }
    return sum / iterations.size();
  }

  /** Runs the benchmark; the last lines are one JSON object a figure. */
  public static void main(String[] args) throws Exception {
    Path generated = Files.createTempDirectory("plimsoll-bench");
    try {
      String classPath = generated + ":" + System.getProperty("java.class.path");
      generate(generated);
      Path results = generated.resolve("results.json");
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-cp", classPath, "org.openjdk.jmh.Main", "JudgeBench"));
      command.addAll(List.of("-rf", "json", "-rff", results.toString()));
      command.addAll(List.of(args));
      int status = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (status != 0) {
        throw new IllegalStateException("the benchmark ended with " + status);
      }
      for (JsonNode result : JsonMapper.shared().readTree(Files.readAllBytes(results))) {
        String name = result.path("benchmark").asString();
        figure(
            name.substring(name.lastIndexOf('.') + 1) + "_per_core_second",
            mean(result.path("secondaryMetrics").path("perCoreSecond").path("rawData").path(0)));
      }
    } finally {
      delete(generated);
    }
  }

  /**
   * Lets JMH generate and compile what it runs. Not done with the tests' own compilation, since
   * what it generates is not written to this project's rules.
   */
  private static void generate(Path directory) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    JavaCompiler.CompilationTask task =
        compiler.getTask(
            null,
            null,
            null,
            List.of("-d", directory.toString(), "-proc:full", "-nowarn"),
            List.of(JudgeBench.class.getName()),
            null);
    task.setProcessors(List.of(new BenchmarkProcessor()));
    if (!task.call()) {
      throw new IllegalStateException("JMH generated nothing that compiles");
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void figure(String name, double value) {
    System.out.printf(
        Locale.ROOT, "{\"bench\":\"judge\",\"figure\":\"%s\",\"value\":%.0f}%n", name, value);
  }
}
