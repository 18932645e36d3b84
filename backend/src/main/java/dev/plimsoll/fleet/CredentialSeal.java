package dev.plimsoll.fleet;

import dev.plimsoll.home.SealingKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Encrypts credentials at rest: AES-256-GCM (NIST SP 800-38D) under the portal's secret key, bound
 * to its owner, so that a sealed credential is worth nothing in another's row. An owner is named
 * with its kind and ID, such as {@code host 17} or {@code backup source 3}, and always the same
 * way.
 *
 * <p>Form: version (1 byte, 1), the key's ID (8 bytes), nonce (12 random bytes), ciphertext and tag
 * (16 bytes). The ID is the start of HMAC-SHA-256 over a fixed text and tells a lost key from
 * damage.
 */
@Component
public class CredentialSeal {
  private static final byte VERSION = 1;
  private static final int KEY_ID_BYTES = 8;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int HEAD_BYTES = 1 + KEY_ID_BYTES + NONCE_BYTES;

  private final SecretKey key;
  private final byte[] keyId;
  private final SecureRandom random = new SecureRandom();

  CredentialSeal(SealingKey key) {
    this.key = key.key();
    this.keyId = keyId(key.key());
  }

  /** Seals a text for its owner. */
  public byte[] seal(String owner, String plain) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed =
        crypt(Cipher.ENCRYPT_MODE, owner, nonce, plain.getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.allocate(HEAD_BYTES + sealed.length)
        .put(VERSION)
        .put(keyId)
        .put(nonce)
        .put(sealed)
        .array();
  }

  /**
   * Opens what was sealed for that owner.
   *
   * @throws IllegalStateException if it was sealed with another key or for another owner, or
   *     altered
   */
  public String open(String owner, byte[] sealed) {
    if (sealed.length < HEAD_BYTES + TAG_BITS / Byte.SIZE || sealed[0] != VERSION) {
      throw new IllegalStateException("The credential of " + owner + " is damaged");
    }
    if (!MessageDigest.isEqual(keyId, Arrays.copyOfRange(sealed, 1, 1 + KEY_ID_BYTES))) {
      throw new IllegalStateException(
          "The credential of "
              + owner
              + " was sealed with another PLIMSOLL_SECRET_KEY: bring that key back, or give the"
              + " credential again");
    }
    byte[] nonce = Arrays.copyOfRange(sealed, 1 + KEY_ID_BYTES, HEAD_BYTES);
    byte[] rest = Arrays.copyOfRange(sealed, HEAD_BYTES, sealed.length);
    return new String(crypt(Cipher.DECRYPT_MODE, owner, nonce, rest), StandardCharsets.UTF_8);
  }

  private byte[] crypt(int mode, String owner, byte[] nonce, byte[] input) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(("plimsoll credential of " + owner).getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The credential of " + owner + " is damaged", e);
    }
  }

  private static byte[] keyId(SecretKey key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getEncoded(), "HmacSHA256"));
      byte[] whole = mac.doFinal("plimsoll sealing key id".getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(whole, KEY_ID_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HmacSHA256", e);
    }
  }
}
