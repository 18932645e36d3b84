package dev.plimsoll.checklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.checklist.Mask.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskTest {

  @Test
  void textFormIsFixed() {
    assertThat(new Mask("9f02", Shape.AWS_KEY).text())
        .isEqualTo("{\"masked\":\"9f02\",\"shape\":\"aws-key\",\"empty\":false}");
    assertThat(new Mask("00", Shape.EMPTY).text())
        .isEqualTo("{\"masked\":\"00\",\"shape\":\"empty\",\"empty\":true}");
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void everyShapeSurvivesItsTextForm(Shape shape) {
    Mask mask = new Mask("0123456789abcdef", shape);
    assertThat(Mask.parse(mask.text())).isEqualTo(mask);
  }

  @Test
  void findsMasksInsideText() {
    Mask first = new Mask("aa", Shape.TEXT);
    Mask second = new Mask("bb", Shape.NUMBER);
    String text = "--user=" + first.text() + " --pin=" + second.text() + " tail";
    assertThat(Mask.find(text)).containsExactly(first, second);
    assertThat(Mask.parse(text)).isNull();
    assertThat(Mask.find("{\"masked\":\"not closed")).isEmpty();
  }

  @Test
  void shapeOfAnotherVersionIsUnknown() {
    assertThat(Mask.parse("{\"masked\":\"aa\",\"shape\":\"retina-scan\",\"empty\":false}"))
        .isEqualTo(new Mask("aa", Shape.UNKNOWN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "XY", "AB", "no hash", "\",\"shape\":\"path"})
  void refusesWhatIsNoHash(String hash) {
    assertThatThrownBy(() -> new Mask(hash, Shape.TEXT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hexadecimal");
  }
}
