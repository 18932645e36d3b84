package dev.plimsoll.ui.subject;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PrettyJsonTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final JsonNode DOCUMENT =
      JSON.readTree(
          """
          {"HostConfig":{"CapAdd":["NET_ADMIN","SYS_ADMIN"],"Privileged":false},
           "Options":{"com.docker.network.bridge.enable_icc":"true"},"Name":"<b>\\u00fc\\"</b>"}""");

  @Test
  @DisplayName("Setting out changes nothing but blanks")
  void sameDocument() {
    assertThat(JSON.readTree(PrettyJson.of(DOCUMENT, null).text())).isEqualTo(DOCUMENT);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`.HostConfig.CapAdd[1]`, `\"SYS_ADMIN\"`",
        "`.HostConfig.Privileged`, `\"Privileged\": false`",
        "`.Options['com.docker.network.bridge.enable_icc']`,"
            + " `\"com.docker.network.bridge.enable_icc\": \"true\"`",
        "`.HostConfig.Privileged.absent`, `\"Privileged\": false`",
      })
  @DisplayName("A path leads to its member, or as far as it goes")
  void marks(String path, String marked) {
    PrettyJson pretty = PrettyJson.of(DOCUMENT, JsonPath.parse(path));

    assertThat(pretty.text().substring(pretty.from(), pretty.to())).isEqualTo(marked);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"`.Absent`", "`GET /containers/4f2a/json`", "`[`", "`['`", "``"})
  @DisplayName("What is no path into the document marks nothing")
  void marksNothing(String path) {
    assertThat(PrettyJson.of(DOCUMENT, JsonPath.parse(path)).from()).isEqualTo(-1);
  }
}
