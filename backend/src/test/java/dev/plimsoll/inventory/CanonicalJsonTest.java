package dev.plimsoll.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class CanonicalJsonTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  @ParameterizedTest(name = "{0} is written {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "{ \"b\" : 1, \"a\" : [ true , null ] }|{\"a\":[true,null],\"b\":1}",
        "{\"é\":1,\"z\":2,\"Z\":3}|{\"Z\":3,\"z\":2,\"é\":1}",
        "[1.50, 1e3, -0.0, 9007199254740993]|[1.5,1000,0,9007199254740993]",
        "\"\\u00e9\\/\\n\"|\"é/\\n\"",
        "{}|{}",
      })
  void form(String json, String canonical) {
    byte[] bytes = CanonicalJson.bytes(MAPPER.readTree(json));
    assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(canonical);
    assertThat(CanonicalJson.bytes(MAPPER.readTree(bytes))).isEqualTo(bytes);
  }
}
