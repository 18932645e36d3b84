package dev.plimsoll.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plimsoll.home.SealingKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CredentialSealTest {
  private static final String SECRET = "a private key, ünïcode";

  private final CredentialSeal seal = new CredentialSeal(key(1));

  @Test
  @DisplayName("What is sealed opens again, looks different each time, and shows nothing")
  void roundTrip() {
    byte[] first = seal.seal("host 17", SECRET);
    byte[] second = seal.seal("host 17", SECRET);

    assertThat(seal.open("host 17", first)).isEqualTo(SECRET);
    assertThat(seal.open("host 17", second)).isEqualTo(SECRET);
    assertThat(first).isNotEqualTo(second);
    assertThat(new String(first, StandardCharsets.UTF_8)).doesNotContain("private");
  }

  @Test
  @DisplayName("In another owner's row it is worth nothing")
  void otherHost() {
    byte[] sealed = seal.seal("host 17", SECRET);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> seal.open("host 18", sealed))
        .withMessageContaining("host 18");
  }

  @Test
  @DisplayName("Another key is told apart from damage")
  void otherKey() {
    byte[] sealed = seal.seal("host 17", SECRET);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> new CredentialSeal(key(2)).open("host 17", sealed))
        .withMessageContaining("another PLIMSOLL_SECRET_KEY");
  }

  @Test
  @DisplayName("Every altered byte is noticed, and so is every cut")
  void altered() {
    byte[] sealed = seal.seal("host 17", SECRET);
    for (int i = 0; i < sealed.length; i++) {
      byte[] altered = sealed.clone();
      altered[i] ^= 1;
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> seal.open("host 17", altered));
      byte[] cut = Arrays.copyOf(sealed, i);
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> seal.open("host 17", cut));
    }
  }

  private static SealingKey key(int fill) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) fill);
    return SealingKey.of(bytes);
  }
}
