package dev.plimsoll.home;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.KDF;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.PBEKeySpec;

/** How 256-bit keys are written down, and how one is made where none was. */
final class KeyText {
  private static final int BYTES = 32;
  private static final int SHORTEST_PASSPHRASE = 16;

  /** OWASP's figure for PBKDF2-HMAC-SHA-256 (Password Storage Cheat Sheet, 2023). */
  private static final int ITERATIONS = 600_000;

  private KeyText() {}

  /** 32 random bytes in base64. */
  static String random() {
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }

  /**
   * 32 bytes written in base64 or hexadecimal are the key; any other text of 16 characters or more
   * is a passphrase, stretched with PBKDF2 (RFC 8018).
   *
   * @param property names the setting in the refusal, and salts a passphrase, so that the same one
   *     in two settings makes two keys
   * @throws StartupRefusal if it is too short
   */
  static byte[] parse(String property, String text) {
    byte[] bytes = decode(text);
    if (bytes.length == BYTES) {
      return bytes;
    }
    if (text.length() < SHORTEST_PASSPHRASE) {
      throw new StartupRefusal(
          "%s is too short to protect anything: give 32 random bytes in base64, as `openssl rand -base64 32` prints them."
              .formatted(StartupSettings.variable(property)));
    }
    return stretch(property, text);
  }

  /** Another key from {@code key}, for another purpose: HKDF with SHA-256 (RFC 5869). */
  static String derive(byte[] key, String purpose) {
    try {
      byte[] derived =
          KDF.getInstance("HKDF-SHA256")
              .deriveData(
                  HKDFParameterSpec.ofExtract().addIKM(key).thenExpand(ascii(purpose), BYTES));
      return Base64.getEncoder().encodeToString(derived);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java 25 has HKDF-SHA256", e);
    }
  }

  private static byte[] decode(String text) {
    if (text.matches("[0-9a-fA-F]{64}")) {
      return HexFormat.of().parseHex(text);
    }
    return text.matches("[A-Za-z0-9+/]{43}=?") ? Base64.getDecoder().decode(text) : new byte[0];
  }

  private static byte[] stretch(String property, String passphrase) {
    char[] characters = passphrase.toCharArray();
    try {
      PBEKeySpec spec = new PBEKeySpec(characters, ascii(property), ITERATIONS, BYTES * 8);
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has PBKDF2WithHmacSHA256", e);
    } finally {
      Arrays.fill(characters, '\0');
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }
}
