package dev.plimsoll.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void growthIsThePowerOfTheSize() {
    SortedMap<Long, Double> flat = new TreeMap<>();
    SortedMap<Long, Double> linear = new TreeMap<>();
    SortedMap<Long, Double> square = new TreeMap<>();
    for (long size : Figures.doublings(1600)) {
      flat.put(size, 7.0);
      linear.put(size, 3.0 * size);
      square.put(size, 0.5 * size * size);
    }
    assertThat(linear.keySet()).containsExactly(100L, 200L, 400L, 800L, 1600L);
    assertThat(Figures.exponent(flat)).isEqualTo(0, within(1e-9));
    assertThat(Figures.exponent(linear)).isEqualTo(1, within(1e-9));
    assertThat(Figures.exponent(square)).isEqualTo(2, within(1e-9));
  }

  @Test
  void oneSizeSaysNothingOfGrowth() {
    assertThatThrownBy(() -> Figures.exponent(new TreeMap<>(Map.of(1L, 2.0))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void mediansAndPercentilesAreOfTheValuesInOrder() {
    assertThat(Figures.median(List.of(9.0, 1.0, 5.0))).isEqualTo(5);
    assertThat(Figures.median(List.of(9.0, 1.0, 5.0, 6.0))).isEqualTo(5.5);
    List<Double> hundred = IntStream.rangeClosed(1, 100).mapToObj(i -> 101.0 - i).toList();
    assertThat(Figures.percentile(hundred, 0.95)).isEqualTo(95);
    assertThat(Figures.percentile(List.of(4.0), 0.95)).isEqualTo(4);
  }
}
