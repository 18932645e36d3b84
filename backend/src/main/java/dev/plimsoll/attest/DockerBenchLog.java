package dev.plimsoll.attest;

import dev.plimsoll.checklist.HostReport;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.Shown;
import dev.plimsoll.inventory.SecretMasking;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON log of docker-bench-security, reduced to what the host-file checks take from it: results
 * of sections 1 and 3 by number. Of the other sections the engine's own documents know more.
 *
 * <p>Nothing else of a log is kept: details are cut and masked, lists of items and remedies
 * dropped.
 *
 * @param document as {@link HostReport#document()} describes it
 * @param takenAt when the run began
 */
record DockerBenchLog(ObjectNode document, Instant takenAt) {
  static final String TOOL = "docker-bench-security";

  private static final JsonMapper JSON = new JsonMapper();
  private static final String VERSION_FIELD = "dockerbenchsecurity";
  private static final Duration CLOCK_DRIFT = Duration.ofMinutes(10);
  private static final int LONGEST_DETAILS = 300;
  private static final int MOST_TESTS = 1_000;
  private static final Set<String> OUTCOMES = Set.of("PASS", "WARN", "INFO", "NOTE");
  private static final Pattern VERSION = Pattern.compile("1\\.([0-9]{1,2})(\\.[0-9]{1,3})?");
  private static final Pattern NUMBER = Pattern.compile("[13](\\.[0-9]{1,2}){1,2}");

  /** Below, docker-bench numbered its tests otherwise. */
  private static final int OLDEST_MINOR = 6;

  /** From here on, the numbers are those of the benchmark of 2025. */
  private static final int RENUMBERED_MINOR = 8;

  /**
   * Reads a log.
   *
   * @param now the log cannot have been taken later
   * @param longest how long ago it may have been taken
   * @throws InvalidInput naming what is wrong with it
   */
  static DockerBenchLog parse(String text, Instant now, Duration longest, SecretMasking masking) {
    JsonNode log = json(text);
    String version = log.path(VERSION_FIELD).asString("");
    String benchmark = benchmark(version);
    Instant takenAt = takenAt(log.path("start"), now, longest);
    Map<String, ObjectNode> results = results(log.path("tests"), masking);
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put(HostReport.TOOL, TOOL);
    document.put(HostReport.VERSION, version);
    document.put(HostReport.BENCHMARK, benchmark);
    ObjectNode kept = document.putObject(HostReport.RESULTS);
    results.forEach(kept::set);
    return new DockerBenchLog(document, takenAt);
  }

  /** Numbers for which there is a result. */
  List<String> numbers() {
    return List.copyOf(document.path(HostReport.RESULTS).propertyNames());
  }

  private static JsonNode json(String text) {
    try {
      JsonNode log = JSON.readTree(text);
      if (log.isObject() && log.has(VERSION_FIELD)) {
        return log;
      }
    } catch (JacksonException e) {
      TokenStreamLocation where = e.getLocation();
      throw new InvalidInput(
          "body",
          "is not JSON%s. Send docker-bench-security's file *.log.json as it is; a run that was"
                  .formatted(
                      where == null
                          ? ""
                          : ": line %d, column %d"
                              .formatted(where.getLineNr(), where.getColumnNr()))
              + " broken off leaves half a file.");
    }
    throw new InvalidInput(
        "body",
        "is no log of docker-bench-security: it has no field \""
            + VERSION_FIELD
            + "\". Send its file *.log.json.");
  }

  private static String benchmark(String version) {
    Matcher numbers = VERSION.matcher(version);
    if (!numbers.matches() || Integer.parseInt(numbers.group(1)) < OLDEST_MINOR) {
      throw new InvalidInput(
          VERSION_FIELD,
          "\""
              + Shown.of(version)
              + "\" is a version whose numbers mean something else. Run docker-bench-security 1.6 or"
              + " newer.");
    }
    return Integer.parseInt(numbers.group(1)) < RENUMBERED_MINOR
        ? HostReport.CIS_1_6
        : HostReport.CIS_1_8;
  }

  private static Instant takenAt(JsonNode start, Instant now, Duration longest) {
    if (!start.isIntegralNumber()
        || !start.canConvertToLong()
        || start.longValue() < 0
        || start.longValue() > Integer.MAX_VALUE * 4L) {
      throw new InvalidInput(
          "start", "is not the second at which the run began. Send the file as it was written.");
    }
    Instant taken = Instant.ofEpochSecond(start.longValue());
    if (taken.isAfter(now.plus(CLOCK_DRIFT))) {
      throw new InvalidInput(
          "start", taken + " lies in the future. Set the host's clock and run it again.");
    }
    if (!taken.plus(longest).isAfter(now)) {
      throw new InvalidInput(
          "start",
          "%s is more than %d days ago, and a report counts no longer. Run it again."
              .formatted(taken, longest.toDays()));
    }
    return taken.isAfter(now) ? now : taken;
  }

  private static Map<String, ObjectNode> results(JsonNode tests, SecretMasking masking) {
    Map<String, ObjectNode> results = new TreeMap<>();
    int seen = 0;
    for (JsonNode section : tests) {
      for (JsonNode result : section.path("results")) {
        if (++seen > MOST_TESTS) {
          throw new InvalidInput(
              "tests", "has more than " + MOST_TESTS + " results. Send one host's log.");
        }
        String number = result.path("id").asString("");
        String outcome = result.path("result").asString("");
        if (NUMBER.matcher(number).matches() && OUTCOMES.contains(outcome)) {
          results.put(number, kept(outcome, result.path("details").asString(""), masking));
        }
      }
    }
    if (results.isEmpty()) {
      throw new InvalidInput(
          "tests",
          "has no result of sections 1 and 3, which are all that is taken from a log. Run"
              + " docker-bench-security with host_configuration and"
              + " docker_daemon_configuration_files, or without -c.");
    }
    return results;
  }

  private static ObjectNode kept(String outcome, String details, SecretMasking masking) {
    ObjectNode kept = JsonNodeFactory.instance.objectNode();
    kept.put(HostReport.RESULT, outcome);
    if (!details.isBlank()) {
      String line = details.replaceAll("\\p{Cntrl}", " ").strip();
      kept.put(
          HostReport.DETAILS,
          masking.masked(
              line.length() <= LONGEST_DETAILS
                  ? line
                  : line.substring(0, LONGEST_DETAILS - 1) + "…"));
    }
    return kept;
  }
}
