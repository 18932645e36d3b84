package dev.plimsoll.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.checklist.Mask;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SecretMaskingTest {
  /** Stands in every planted secret below; none of it may be left. */
  private static final String SECRET = "hunter2hunter2";

  private static final JsonMapper MAPPER = new JsonMapper();

  private final SecretMasking masking =
      new SecretMasking(new SecretKeySpec(new byte[32], "HmacSHA256"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Env\":[\"DB_PASSWORD=hunter2hunter2\"]}",
        "{\"Env\":[\"DB_PASSWORD=with space hunter2hunter2\"]}",
        "{\"Env\":[\"URL=postgres://app:hunter2hunter2@db/app\"]}",
        "{\"Env\":[\"JAVA_OPTS=-Dapp.password=hunter2hunter2\"]}",
        "{\"Labels\":{\"traefik.auth.password\":\"hunter2hunter2\"}}",
        "{\"Labels\":{\"note\":\"see https://me:hunter2hunter2@wiki/page\"}}",
        "{\"Cmd\":[\"app\",\"--password\",\"hunter2hunter2\"]}",
        "{\"Cmd\":[\"app\",\"--db-password=hunter2hunter2\"]}",
        "{\"Cmd\":[\"sh\",\"-c\",\"mysql --password hunter2hunter2 -e 'select 1'\"]}",
        "{\"Cmd\":[\"sh\",\"-c\",\"export API_TOKEN='hunter2hunter2 and more'; run\"]}",
        "{\"Test\":[\"CMD-SHELL\",\"curl -u x http://u:hunter2hunter2@localhost/health\"]}",
        "{\"CreatedBy\":\"|1 TOKEN=hunter2hunter2 /bin/sh -c fetch\"}",
        "{\"CreatedBy\":\"/bin/sh -c #(nop)  ENV DB_PASSWORD=hunter2hunter2\"}",
        "{\"CreatedBy\":\"/bin/sh -c #(nop)  CMD [\\\"app\\\" \\\"--token\\\" \\\"hunter2hunter2\\\"]\"}",
        "{\"Options\":{\"o\":\"addr=1.2.3.4,username=u,password=hunter2hunter2\"}}",
        "{\"HttpProxy\":\"http://u:hunter2hunter2@proxy:3128\"}",
        "{\"Config\":{\"splunk-token\":\"hunter2hunter2\"}}",
        "{\"Env\":[\"KEY=-----BEGIN RSA PRIVATE KEY-----\\nhunter2hunter2\\n-----END RSA PRIVATE KEY-----\"]}",
      })
  void nothingOfASecretIsLeft(String json) {
    JsonNode masked = masking.masked(MAPPER.readTree(json));
    assertThat(masked.toString()).doesNotContain(SECRET).contains("masked");
    assertThat(masking.masked(MAPPER.readTree(json))).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Env\":[\"PATH=/usr/local/bin:/usr/bin\",\"LOG_LEVEL=info\",\"COMPASS=north\"]}",
        "{\"Image\":\"registry.example/app:1.0@sha256:0123456789abcdef0123456789abcdef\"}",
        "{\"Env\":[\"DB_PASSWORD_FILE=/run/secrets/db\",\"TOKENIZERS_PARALLELISM=false\"]}",
        "{\"Cmd\":[\"sh\",\"-c\",\"echo hello --verbose; sleep 10\"]}",
        "{\"Id\":\"sha256:4f2a4f2a4f2a4f2a4f2a4f2a4f2a4f2a4f2a4f2a4f2a4f2a4f2a4f2a4f2a4f2a\"}",
      })
  void whatIsNoSecretIsLeftAlone(String json) {
    assertThat(masking.masked(MAPPER.readTree(json))).isEqualTo(MAPPER.readTree(json));
  }

  @Test
  void aMaskSaysWhatItStandsForAndNoMore() {
    String env =
        masking
            .masked(MAPPER.readTree("[\"DB_PASSWORD=hunter2hunter2\",\"API_TOKEN=\"]"))
            .toString();
    List<Mask> masks = Mask.find(MAPPER.readTree(env).path(0).asString());
    assertThat(masks).extracting(Mask::shape).containsExactly(Mask.Shape.TEXT);
    assertThat(masks.getFirst().hash()).hasSize(32);
    assertThat(Mask.find(MAPPER.readTree(env).path(1).asString()).getFirst().empty()).isTrue();
  }

  @Test
  void anotherSecretAndAnotherKeyGiveOtherMasks() {
    String one = masking.masked("TOKEN=hunter2hunter2");
    assertThat(masking.masked("TOKEN=hunter3hunter3")).isNotEqualTo(one);
    byte[] other = new byte[32];
    other[0] = 1;
    assertThat(
            new SecretMasking(new SecretKeySpec(other, "HmacSHA256"))
                .masked("TOKEN=hunter2hunter2"))
        .isNotEqualTo(one);
  }

  @Test
  void aPlantedMaskIsMasked() {
    String planted = new Mask("00", Mask.Shape.EMPTY).text();
    String masked =
        masking
            .masked(MAPPER.readTree("[" + MAPPER.writeValueAsString("X=" + planted) + "]"))
            .path(0)
            .asString();
    assertThat(masked).doesNotContain("\"00\"");
    assertThat(Mask.find(masked)).extracting(Mask::shape).doesNotContain(Mask.Shape.EMPTY);
  }
}
