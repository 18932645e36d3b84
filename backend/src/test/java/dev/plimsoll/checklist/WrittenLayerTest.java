package dev.plimsoll.checklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.MissingNode;

@DisplayName("What a container wrote into its own layer")
class WrittenLayerTest {
  @Test
  @DisplayName("is read from what was observed of it")
  void observed() {
    assertThat(
            of(
                """
                {"state":"running","changes":{"system":["/etc/new"],"data":["/srv","/srv/shop"],
                 "over1MiB":true}}
                """))
        .contains(new WrittenLayer(List.of("/srv", "/srv/shop"), true));
    assertThat(of("{\"changes\":{\"system\":[],\"data\":[],\"over1MiB\":false}}"))
        .contains(new WrittenLayer(List.of(), false));
  }

  @Test
  @DisplayName("may be known without its size")
  void withoutSize() {
    assertThat(
            of("{\"changes\":{\"system\":[],\"data\":[\"/srv\"],\"sizeFailed\":{\"status\":500}}}"))
        .contains(new WrittenLayer(List.of("/srv"), null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"changes\":{\"failed\":{\"call\":\"GET /x\",\"status\":500}}}"})
  @DisplayName("is not known where nobody looked, or the engine did not show it")
  void unknown(String observation) {
    assertThat(of(observation)).isEmpty();
  }

  @Test
  @DisplayName("is not known of a container without any observation")
  void unobserved() {
    assertThat(
            WrittenLayer.of(
                new Reading.Read("0", HostFixture.json("{}"), null, MissingNode.getInstance())))
        .isEmpty();
  }

  private static Optional<WrittenLayer> of(String observation) {
    return WrittenLayer.of(
        new Reading.Read("0", HostFixture.json("{}"), "1", HostFixture.json(observation)));
  }
}
