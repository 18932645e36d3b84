package dev.plimsoll.checklist;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * A report that somebody made on a host with docker-bench-security and uploaded, reduced to what
 * the host-file checks take from it.
 *
 * @param documentSha256 hash of the stored document
 * @param document {@code {"tool":…,"version":…,"benchmark":…,"results":{"3.1":{"result":…,
 *     "details":…}}}}: results by their number in that benchmark
 * @param takenAt when it was made
 * @param expiresAt from when on it says nothing any more
 */
public record HostReport(
    String documentSha256, JsonNode document, Instant takenAt, Instant expiresAt) {
  /** The tool that made it and its version. */
  public static final String TOOL = "tool";

  /** Version of the tool. */
  public static final String VERSION = "version";

  /** The benchmark whose numbers the results bear, spelled as in {@link Reference#source()}. */
  public static final String BENCHMARK = "benchmark";

  /** Results by number. */
  public static final String RESULTS = "results";

  /** Of a result: PASS, WARN, INFO or NOTE. */
  public static final String RESULT = "result";

  /** Of a result: what the tool said beside it. */
  public static final String DETAILS = "details";

  /** How the benchmarks are called whose numbers a report can bear. */
  public static final String CIS_1_6 = "CIS Docker Benchmark 1.6/1.7";

  /** The later one. */
  public static final String CIS_1_8 = "CIS Docker Benchmark 1.8";
}
