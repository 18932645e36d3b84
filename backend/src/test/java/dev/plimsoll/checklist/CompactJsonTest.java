package dev.plimsoll.checklist;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.MissingNode;

class CompactJsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "-7",
        "1.5",
        "\"a \\\"quoted\\\" \\\\ \\n \\u0001 é\"",
        "[]",
        "{}",
        "[1,\"b\",null,{\"c\":[false]}]",
        "{\"a\":{\"b\":[]},\"c d\":2}"
      })
  void writesWhatJacksonReads(String json) {
    assertThat(CompactJson.of(HostFixture.json(json))).isEqualTo(json);
  }

  @Test
  void nothingIsNothing() {
    assertThat(CompactJson.of(MissingNode.getInstance())).isNull();
  }

  @Test
  void longValuesEndEarlyAndEvidenceShowsThatTheyDo() {
    String text = "x".repeat(100_000);
    String written = CompactJson.of(HostFixture.json("[\"" + text + "\",\"" + text + "\"]"));
    assertThat(written).hasSizeLessThan(1000);
    assertThat(new Evidence(".a", written, null).value())
        .hasSize(Evidence.MAX_VALUE)
        .endsWith("x…");
  }

  @Test
  void aCutNeverSplitsACharacter() {
    String value = "\"" + "x".repeat(Evidence.MAX_VALUE - 3) + "\uD83D\uDEA2 and more\"";
    assertThat(new Evidence(".a", value, null).value()).endsWith("x…");
  }
}
