package dev.plimsoll.home;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plimsoll.testing.DatabaseTest;
import java.time.Clock;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

@DatabaseTest
class KeyFingerprintsTest {
  private static final SealingKey SEALING = SealingKey.of(filledWith(1));
  private static final MaskingKey MASKING = MaskingKey.of(filledWith(2));

  @Test
  @DisplayName("A database accepts the keys it first saw, and no others")
  void otherKeys(DataSource dataSource) {
    JdbcTemplate jdbc = new JdbcTemplate(dataSource);
    check(jdbc, SEALING, MASKING);

    assertThatCode(() -> check(jdbc, SEALING, MASKING)).doesNotThrowAnyException();
    assertThatExceptionOfType(StartupRefusal.class)
        .isThrownBy(() -> check(jdbc, SealingKey.of(filledWith(3)), MASKING))
        .withMessageContainingAll("another sealing key", "PLIMSOLL_SECRET_KEY");
    assertThatExceptionOfType(StartupRefusal.class)
        .isThrownBy(() -> check(jdbc, SEALING, MaskingKey.of(filledWith(3))))
        .withMessageContainingAll("another masking key", "PLIMSOLL_MASKING_KEY");
  }

  private static void check(JdbcTemplate jdbc, SealingKey sealing, MaskingKey masking) {
    new KeyFingerprints(jdbc, Clock.systemUTC(), sealing, masking).afterPropertiesSet();
  }

  private static byte[] filledWith(int value) {
    byte[] bytes = new byte[32];
    java.util.Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
