package dev.plimsoll.collect.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class EngineEventTest {
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  @DisplayName("An exec's command is told apart from its action, and shown nowhere")
  void exec() {
    EngineEvent event = EngineEvent.parse(exec("/bin/sh -c echo: hunter2", 7));
    assertThat(event.action()).isEqualTo(EngineEvent.EXEC_CREATE);
    assertThat(event.argument()).isEqualTo("/bin/sh -c echo: hunter2");
    assertThat(event.attribute("execID")).isEqualTo("e1");
    assertThat(event.toString()).doesNotContain("hunter2", "secret-label");
    assertThat(event.key())
        .isEqualTo(EngineEvent.parse(exec("/bin/sh -c other", 7)).key())
        .isNotEqualTo(EngineEvent.parse(exec("/bin/sh -c other", 8)).key());
  }

  @Test
  @DisplayName("Events of API 1.52 lack what older ones repeat")
  void newer() {
    EngineEvent event =
        EngineEvent.parse(
            """
            {"Type":"volume","Action":"destroy","Actor":{"ID":"data","Attributes":{}},
             "scope":"local","time":1,"timeNano":1000000001}
            """);
    assertThat(event.type()).isEqualTo("volume");
    assertThat(event.actorId()).isEqualTo("data");
    assertThat(event.argument()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hunter2",
        "[]",
        "null",
        "{\"Action\":\"hunter2\",\"Actor\":{}}",
        "{\"timeNano\":1,\"Actor\":{}}",
        "{\"timeNano\":1,\"Action\":\"hunter2\"}",
        "{\"timeNano\":1e99,\"Action\":\"hunter2\",\"Actor\":{}}"
      })
  @DisplayName("What is no event is refused without being quoted")
  void malformed(String line) {
    assertThatThrownBy(() -> EngineEvent.parse(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'Test':['CMD-SHELL','true \"a  b\"']} | /bin/sh -c true \"a  b\" | true",
        "{'Test':['CMD-SHELL','exit 0']} | /bin/sh -c exit 1 | false",
        "{'Test':['CMD','/probe','-x']} | /probe -x | true",
        "{'Test':['CMD','/probe']} | /probe | true",
        "{'Test':['CMD','/probe']} | /probe --all | false",
        "{'Test':['NONE']} | NONE | false",
        "{'Test':['CMD']} | '' | false",
        "{'Test':[]} | '' | false",
        "null | '' | false",
      })
  @DisplayName("A health check is known by its command, as the engine writes it")
  void healthChecks(String check, String command, boolean is) {
    ExecTargets.Target target =
        ExecTargets.target(
            JSON.readTree(
                "{\"Config\":{\"Healthcheck\":"
                    + check.replace('\'', '"').replace("\"a  b\"", "\\\"a  b\\\"")
                    + "}}"));
    assertThat(target.checksHealthBy(command)).isEqualTo(is);
  }

  @Test
  @DisplayName("An image's own shell runs its health check")
  void shell() {
    assertThat(
            ExecTargets.target(
                JSON.readTree(
                    """
                        {"Config":{"User":"app","Shell":["/bin/ash","-eo","pipefail","-c"],
                         "Healthcheck":{"Test":["CMD-SHELL","true"]}}}
                        """)))
        .isEqualTo(new ExecTargets.Target("app", "/bin/ash -eo pipefail -c true"));
  }

  @Test
  @DisplayName("Tries come ever less often, scattered, and no less often than every six minutes")
  void pauses() {
    assertThat(EventWatch.pause(1, 0.5)).isEqualTo(Duration.ofSeconds(1));
    assertThat(EventWatch.pause(4, 0.5)).isEqualTo(Duration.ofSeconds(8));
    assertThat(EventWatch.pause(4, 0)).isEqualTo(Duration.ofMillis(6_400));
    assertThat(EventWatch.pause(Integer.MAX_VALUE, 1)).isEqualTo(Duration.ofMinutes(6));
  }

  private static String exec(String command, long nanos) {
    return """
        {"status":"exec_create: %1$s","id":"c1","from":"shop/web","Type":"container",
         "Action":"exec_create: %1$s","Actor":{"ID":"c1","Attributes":{"execID":"e1",
         "label":"secret-label","name":"web"}},"scope":"local","time":1,"timeNano":%2$d}
        """
        .formatted(command, nanos);
  }
}
