package dev.plimsoll.attest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.inventory.SecretMasking;
import java.time.Duration;
import java.time.Instant;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is taken from a log of docker-bench-security, and what is refused. */
class DockerBenchLogTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final SecretMasking MASKING =
      new SecretMasking(new SecretKeySpec(new byte[32], "HmacSHA256"));

  private static DockerBenchLog parse(String text) {
    return DockerBenchLog.parse(text, NOW, Duration.ofDays(30), MASKING);
  }

  private static String log(String version, Object start, String results) {
    return """
    {
      "dockerbenchsecurity": "%s",
      "start": %s,
      "tests": [
        {"id": "1", "desc": "Host", "results": [%s]},
        {"id": "5", "desc": "Containers", "results": [
          {"id": "5.1", "desc": "x", "result": "WARN", "details": "web", "items": ["web"]}]}
      ],
      "checks": 2, "score": 0, "end": 1764000009
    }
    """
        .formatted(version, start, results);
  }

  private static String result(String id, String result, String details) {
    return "{\"id\":\"%s\",\"desc\":\"d\",\"result\":\"%s\",\"details\":\"%s\",\"items\":[\"a\"]}"
        .formatted(id, result, details);
  }

  @Test
  @DisplayName("Results of sections 1 and 3 by number, with the benchmark's version; no other")
  void kept() {
    DockerBenchLog log =
        parse(
            log(
                "1.6.0",
                NOW.minusSeconds(60).getEpochSecond(),
                "{\"id\":\"1.1.3\",\"desc\":\"d\",\"result\":\"PASS\"},"
                    + result("3.1", "INFO", "File not found")
                    + ","
                    + result("1.1.99.1", "PASS", "")
                    + ","
                    + result("3.2", "ODD", "")));
    assertThat(log.document().toString())
        .isEqualTo(
            "{\"tool\":\"docker-bench-security\",\"version\":\"1.6.0\","
                + "\"benchmark\":\"CIS Docker Benchmark 1.6/1.7\",\"results\":{"
                + "\"1.1.3\":{\"result\":\"PASS\"},"
                + "\"3.1\":{\"result\":\"INFO\",\"details\":\"File not found\"}}}");
    assertThat(log.numbers()).containsExactly("1.1.3", "3.1");
    assertThat(log.takenAt()).isEqualTo(NOW.minusSeconds(60));
  }

  @Test
  @DisplayName("A log by the benchmark of 2025 keeps its name")
  void newerBenchmark() {
    assertThat(
            parse(log("1.8.1", NOW.getEpochSecond(), result("3.1", "PASS", "")))
                .document()
                .path("benchmark")
                .asString(""))
        .isEqualTo("CIS Docker Benchmark 1.8");
  }

  @Test
  @DisplayName("Details are masked, cut and one line")
  void details() {
    String secret = "hunter2-very-secret-9921";
    String details = "PASSWORD=" + secret + " \\n" + "x".repeat(5_000);
    String kept =
        parse(log("1.6.0", NOW.getEpochSecond(), result("3.1", "WARN", details)))
            .document()
            .toString();
    assertThat(kept).doesNotContain(secret, "\\n", "items").hasSizeLessThan(1_000);
  }

  @Test
  @DisplayName("A host's clock that is a little ahead is no reason to refuse")
  void clockAhead() {
    assertThat(
            parse(log("1.6.0", NOW.plusSeconds(90).getEpochSecond(), result("3.1", "PASS", "")))
                .takenAt())
        .isEqualTo(NOW);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{ | body | is not JSON: line 1",
        "[] | body | is no log of docker-bench-security",
        "{\"a\":1} | body | has no field",
        "~{\"dockerbenchsecurity\":\"1.3.4\",\"start\":1}~ | dockerbenchsecurity | \"1.3.4\"",
        "~{\"dockerbenchsecurity\":\"1.5.0\",\"start\":1}~ | dockerbenchsecurity | 1.6 or newer",
        "~{\"dockerbenchsecurity\":\"2\",\"start\":1}~ | dockerbenchsecurity | \"2\"",
        "~{\"dockerbenchsecurity\":\"1.6.0\",\"start\":\"x\"}~ | start | is not the second",
        "~{\"dockerbenchsecurity\":\"1.6.0\",\"start\":1e99}~ | start | is not the second",
        "~{\"dockerbenchsecurity\":\"1.6.0\",\"start\":1700000000}~ | start | more than 30 days",
        "~{\"dockerbenchsecurity\":\"1.6.0\",\"start\":1900000000}~ | start | in the future",
        "~{\"dockerbenchsecurity\":\"1.6.0\",\"start\":1795520000}~ | tests | no result of sections"
      })
  @DisplayName("What is wrong is named with the field and the remedy")
  void refused(String text, String field, String message) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOfSatisfying(
            InvalidInput.class,
            e -> {
              assertThat(e.errors()).hasSize(1);
              assertThat(e.errors().getFirst().field()).isEqualTo(field);
              assertThat(e.errors().getFirst().message()).contains(message);
            });
  }

  @Test
  @DisplayName("A log that is nested without end is refused as no JSON")
  void nested() {
    assertThatThrownBy(() -> parse("[".repeat(200_000)))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("is not JSON");
  }
}
