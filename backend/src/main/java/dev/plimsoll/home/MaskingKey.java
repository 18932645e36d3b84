package dev.plimsoll.home;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys the hashes that stand in for secrets in stored documents; 256 bits, for HMAC-SHA-256. It
 * lies outside the database and outlives every change of the {@link SealingKey}: with another one
 * every masked secret would look changed.
 *
 * @param key prints as an opaque name, never as its bytes
 */
public record MaskingKey(SecretKey key) {
  /**
   * Wraps 32 bytes.
   *
   * @throws IllegalArgumentException for any other number
   */
  public static MaskingKey of(byte[] bytes) {
    if (bytes.length != 32) {
      throw new IllegalArgumentException("A masking key has 32 bytes, not " + bytes.length);
    }
    return new MaskingKey(new SecretKeySpec(bytes, "HmacSHA256"));
  }

  @Override
  public String toString() {
    return "MaskingKey[]";
  }
}
