package dev.plimsoll.collect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private double heap;
  private boolean peopleWait;
  private final Admission admission = new Admission(2, () -> heap, () -> peopleWait);

  @Test
  @DisplayName("As many as may be under way are let in, and one more for each that leaves")
  void underWay() {
    assertThat(admission.enter()).isNull();
    assertThat(admission.enter()).isNull();
    assertThat(admission.enter()).isEqualTo(Admission.Shed.UNDER_WAY);

    admission.leave();

    assertThat(admission.enter()).isNull();
    assertThat(admission.underWay()).isEqualTo(2);
  }

  @Test
  @DisplayName("While people wait, none begins")
  void people() {
    peopleWait = true;
    assertThat(admission.enter()).isEqualTo(Admission.Shed.PEOPLE_WAIT);
    peopleWait = false;
    assertThat(admission.enter()).isNull();
  }

  @Test
  @DisplayName("With a full heap hosts are read one at a time, but they are read")
  void memory() {
    heap = 0.95;
    assertThat(admission.enter()).isNull();
    assertThat(admission.enter()).isEqualTo(Admission.Shed.MEMORY);
    admission.leave();
    assertThat(admission.enter()).isNull();
  }

  @Test
  @DisplayName("The heap's share is one")
  void share() {
    assertThat(Admission.heapAfterCollection()).isBetween(0.0, 1.0);
  }
}
