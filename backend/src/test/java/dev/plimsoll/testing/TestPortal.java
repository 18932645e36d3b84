package dev.plimsoll.testing;

import java.util.Map;

/** What a portal under test is given in place of a home. */
public final class TestPortal {
  /** The password of the user {@code admin}. */
  public static final String ADMIN_PASSWORD = "first-password-in-tests";

  /** An API token with all rights. */
  public static final String ADMIN_TOKEN = "plm_0123456789abcdef0123456789abcdef01234567";

  /** 32 bytes, base64. */
  public static final String SECRET_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

  /** 32 bytes, base64. */
  public static final String MASKING_KEY = "Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA=";

  private TestPortal() {}

  /** The settings by Spring's property names. */
  public static Map<String, Object> properties() {
    return Map.of(
        "plimsoll.secret-key", SECRET_KEY,
        "plimsoll.masking-key", MASKING_KEY,
        "plimsoll.admin-password", ADMIN_PASSWORD,
        "plimsoll.admin-token", ADMIN_TOKEN,
        "plimsoll.local-engine", "false");
  }
}
