package dev.plimsoll.home;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.ZoneOffset;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Sees at every start that the portal's keys are those that its database was written with. Another
 * sealing key could open no credential, and another masking key would make every secret look
 * changed.
 */
@Component
class KeyFingerprints implements InitializingBean {
  private final JdbcTemplate jdbc;
  private final Clock clock;
  private final SealingKey sealingKey;
  private final MaskingKey maskingKey;

  KeyFingerprints(JdbcTemplate jdbc, Clock clock, SealingKey sealingKey, MaskingKey maskingKey) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.sealingKey = sealingKey;
    this.maskingKey = maskingKey;
  }

  /**
   * Compares both, or writes them where the database is new.
   *
   * @throws StartupRefusal if one differs
   */
  @Override
  public void afterPropertiesSet() {
    check("sealing", sealingKey.key(), "PLIMSOLL_SECRET_KEY");
    check("masking", maskingKey.key(), "PLIMSOLL_MASKING_KEY");
  }

  private void check(String purpose, SecretKey key, String variable) {
    byte[] fingerprint = fingerprint(purpose, key);
    jdbc.update(
        "insert into portal_key (purpose, fingerprint, since) values (?, ?, ?) on conflict do nothing",
        purpose,
        fingerprint,
        clock.instant().atOffset(ZoneOffset.UTC));
    byte[] written =
        jdbc.queryForObject(
            "select fingerprint from portal_key where purpose = ?", byte[].class, purpose);
    if (!MessageDigest.isEqual(fingerprint, written)) {
      throw new StartupRefusal(
          "The database was written with another %s key: give the first portal's as %s, or bring it back from a backup of its home."
              .formatted(purpose, variable));
    }
  }

  private static byte[] fingerprint(String purpose, SecretKey key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getEncoded(), "HmacSHA256"));
      return mac.doFinal(("plimsoll " + purpose).getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HmacSHA256", e);
    }
  }
}
