package dev.plimsoll.checklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * One line of a table of cases.
 *
 * @param expected verdicts such as {@code CTR-CAPS=FAIL@.HostConfig.CapAdd[0]}, separated by
 *     blanks; the paths behind the {@code @}, separated by commas, are all the evidence there is
 * @param fromDescription whether the documents come from the published description of the API and
 *     not from an engine
 */
record CheckCase(
    String title, String expected, UnaryOperator<HostFixture> given, boolean fromDescription) {

  static CheckCase given(String title, String expected, UnaryOperator<HostFixture> given) {
    return new CheckCase(title, expected, given, false);
  }

  /**
   * The same case, marked as one whose documents Engine 20.10 cannot produce: they were written
   * after the published description of the API.
   */
  CheckCase described() {
    return new CheckCase(title, expected, given, true);
  }

  @Override
  public String toString() {
    return title + (fromDescription ? " (from the API's description): " : ": ") + expected;
  }

  /** Rule and outcome of every verdict that is expected. */
  List<Expectation> expectations() {
    List<Expectation> all = new ArrayList<>();
    for (String word : expected.split(" ")) {
      int equals = word.indexOf('=');
      int at = word.indexOf('@');
      String outcome = word.substring(equals + 1, at < 0 ? word.length() : at);
      all.add(
          new Expectation(
              word.substring(0, equals),
              outcome.equals("N/A") ? Outcome.NOT_APPLICABLE : Outcome.valueOf(outcome),
              at < 0 ? List.of() : List.of(word.substring(at + 1).split(","))));
    }
    return all;
  }

  record Expectation(String rule, Outcome outcome, List<String> paths) {}

  void verify() {
    HostFixture fixture = given.apply(new HostFixture());
    for (Expectation expectation : expectations()) {
      Verdict verdict = fixture.judge(expectation.rule());
      assertThat(verdict.outcome())
          .as("%s: %s", expectation.rule(), verdict)
          .isEqualTo(expectation.outcome());
      if (!expectation.paths().isEmpty()) {
        assertThat(verdict.evidence())
            .as(expectation.rule())
            .extracting(Evidence::path)
            .containsExactlyElementsOf(expectation.paths());
      }
      assertThat(verdict.evidence()).as("evidence of %s", expectation.rule()).isNotEmpty();
      verdict.evidence().forEach(evidence -> verifyStandsThere(fixture, evidence));
    }
  }

  /** What evidence shows is what stands at that path of that document. */
  private static void verifyStandsThere(HostFixture fixture, Evidence evidence) {
    String sha = evidence.documentSha256();
    if (sha == null) {
      return;
    }
    JsonNode root = Objects.requireNonNull(fixture.documents().get(sha), sha);
    String value = evidence.value();
    // A variable that was not masked shows only its name
    if (value != null && value.endsWith("=…\"")) {
      return;
    }
    assertThat(new Evidence("", CompactJson.of(resolve(root, evidence.path())), null).value())
        .as(evidence.path())
        .isEqualTo(value);
  }

  private static JsonNode resolve(JsonNode root, String path) {
    JsonNode node = root;
    int i = 0;
    while (i < path.length()) {
      if (path.startsWith("['", i)) {
        int end = path.indexOf("']", i);
        node = node.path(path.substring(i + 2, end));
        i = end + 2;
      } else if (path.charAt(i) == '[') {
        int end = path.indexOf(']', i);
        node = node.path(Integer.parseInt(path.substring(i + 1, end)));
        i = end + 1;
      } else {
        int end = i + 1;
        while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
          end++;
        }
        node = node.path(path.substring(i + 1, end));
        i = end;
      }
    }
    return node;
  }
}
