package dev.plimsoll.home;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts credentials at rest ({@code PLIMSOLL_SECRET_KEY}); 256 bits, for AES.
 *
 * @param key prints as an opaque name, never as its bytes
 */
public record SealingKey(SecretKey key) {
  /**
   * Wraps 32 bytes.
   *
   * @throws IllegalArgumentException for any other number
   */
  public static SealingKey of(byte[] bytes) {
    if (bytes.length != 32) {
      throw new IllegalArgumentException("A sealing key has 32 bytes, not " + bytes.length);
    }
    return new SealingKey(new SecretKeySpec(bytes, "AES"));
  }

  @Override
  public String toString() {
    return "SealingKey[]";
  }
}
