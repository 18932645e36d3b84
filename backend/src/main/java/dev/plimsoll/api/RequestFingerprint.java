package dev.plimsoll.api;

import dev.plimsoll.home.SealingKey;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Tells requests apart without keeping them. Keyed, because a body may hold a password that a bare
 * hash would let people guess.
 */
@Component
class RequestFingerprint {
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  RequestFingerprint(SealingKey key) {
    this.key = new SecretKeySpec(key.key().getEncoded(), ALGORITHM);
  }

  /** Over method, address, query, content type and body, in hex. */
  String of(HttpServletRequest request) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update("idempotency".getBytes(StandardCharsets.UTF_8));
      for (String part :
          new String[] {
            request.getMethod(),
            request.getRequestURI(),
            String.valueOf(request.getQueryString()),
            String.valueOf(request.getContentType())
          }) {
        mac.update((byte) '\n');
        mac.update(part.getBytes(StandardCharsets.UTF_8));
      }
      mac.update((byte) '\n');
      if (request instanceof BufferedRequest buffered) {
        mac.update(buffered.body());
      }
      return HexFormat.of().formatHex(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
    }
  }
}
