package dev.plimsoll.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plimsoll.collect.connect.AnswerRoom;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AnswerMemoryTest {
  private static final int MIB = 1 << 20;

  /** Four places of 1 MiB, and 4 MiB for those who say more. */
  private final AnswerMemory memory = new AnswerMemory(8L * MIB, 0);

  @Test
  @DisplayName("A host that says little takes its place and no more, and gives it back")
  void little() throws Exception {
    try (AnswerMemory.Share share = memory.share()) {
      share.take(100); // before it is begun
      share.begin();
      share.take(MIB - 100);

      assertThat(memory.taken()).isEqualTo(MIB);
    }
    assertThat(memory.taken()).isZero();
    assertThat(memory.places()).isEqualTo(4);
  }

  @Test
  @DisplayName("One host gets half of what there is for more, whatever it says")
  void oneHost() throws Exception {
    try (AnswerMemory.Share share = memory.share()) {
      share.begin();
      assertThatExceptionOfType(AnswerRoom.NoRoom.class)
          .isThrownBy(() -> takeAll(share, 64))
          .withMessageContaining("more than 3,145,728 bytes came of this host");
      assertThat(memory.taken()).isLessThanOrEqualTo(memory.mostOfOneHost());
    }
    assertThat(memory.taken()).isZero();
  }

  @Test
  @DisplayName("Hosts that say much leave the places of the others alone")
  void besideOthers() throws Exception {
    try (AnswerMemory.Share one = memory.share();
        AnswerMemory.Share two = memory.share();
        AnswerMemory.Share three = memory.share();
        AnswerMemory.Share small = memory.share()) {
      one.begin();
      two.begin();
      three.begin();
      takeAll(one, 3);
      takeAll(two, 3);
      assertThatExceptionOfType(AnswerRoom.NoRoom.class)
          .isThrownBy(() -> takeAll(three, 3))
          .withMessageContaining("other hosts");

      small.begin();
      takeAll(small, 1);
      assertThat(memory.taken()).isEqualTo(8L * MIB);
    }
    assertThat(memory.taken()).isZero();
  }

  private static void takeAll(AnswerMemory.Share share, int mebibytes) throws IOException {
    for (int i = 0; i < mebibytes * 16; i++) {
      share.take(MIB / 16);
    }
  }
}
