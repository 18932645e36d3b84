package dev.plimsoll.scanning;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells files that hold a key or a credential, by their name and the beginning of their content.
 */
final class SecretFiles {
  /** So much of a file is looked at. */
  static final int HEAD = 64 << 10;

  /** A larger file is no key, whatever stands in it. */
  private static final long LARGEST_KEY = 1 << 20;

  private static final JsonMapper JSON = new JsonMapper();

  /** A key's first line, and then what only a key goes on with: base64, or headers of its own. */
  private static final Pattern PRIVATE_KEY =
      Pattern.compile(
          "^[ \\t]*-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----[ \\t]*\\r?\\n"
              + "(?:[ \\t]*(?:[A-Za-z-]+: [^\\r\\n]*)?+\\r?\\n){0,8}+[ \\t]*[A-Za-z0-9+/=]{16}",
          Pattern.MULTILINE);

  private static final Pattern SSH_KEY =
      Pattern.compile("id_(?:rsa|dsa|ecdsa|ed25519)(?!.*\\.pub$).*");

  private static final Pattern NPM_TOKEN =
      Pattern.compile("_(?:authToken|auth|password)\\s*=\\s*\"?[^\\s\"$]");

  private static final Pattern PYPI_PASSWORD =
      Pattern.compile("^\\s*password\\s*[=:]\\s*[^\\s$]", Pattern.MULTILINE);

  private SecretFiles() {}

  /** What kind of secret a file is. */
  enum Kind {
    PRIVATE_KEY("private-key"),
    SSH_KEY("ssh-key"),
    AWS_CREDENTIALS("aws-credentials"),
    REGISTRY_LOGIN("registry-login"),
    NPM_TOKEN("npm-token"),
    PYPI_PASSWORD("pypi-password"),
    PASSWORD_SAFE("password-safe");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** Whether a file's content could make it a secret, so that its beginning must be read. */
  static boolean mayBe(String path, long size) {
    return size > 0 && (size <= LARGEST_KEY || byName(path) != null);
  }

  /**
   * The kind of secret that a file is; null if it is none.
   *
   * @param head its content, or the first {@link #HEAD} bytes of it
   */
  static @Nullable Kind kind(String path, byte[] head) {
    Kind named = byName(path);
    if (named != null && confirms(named, head)) {
      return named;
    }
    return isText(head) && PRIVATE_KEY.matcher(text(head)).find() ? Kind.PRIVATE_KEY : null;
  }

  private static @Nullable Kind byName(String path) {
    String name = TarPath.name(path);
    String parent = TarPath.name(TarPath.parent(path));
    if (name.endsWith(".kdbx")) {
      return Kind.PASSWORD_SAFE;
    }
    if (SSH_KEY.matcher(name).matches()) {
      return Kind.SSH_KEY;
    }
    return switch (name) {
      case "credentials" -> parent.equals(".aws") ? Kind.AWS_CREDENTIALS : null;
      case "config.json" -> parent.equals(".docker") ? Kind.REGISTRY_LOGIN : null;
      case ".dockercfg" -> Kind.REGISTRY_LOGIN;
      case ".npmrc" -> Kind.NPM_TOKEN;
      case ".pypirc" -> Kind.PYPI_PASSWORD;
      default -> null;
    };
  }

  private static boolean confirms(Kind kind, byte[] head) {
    return switch (kind) {
      case PASSWORD_SAFE, SSH_KEY, AWS_CREDENTIALS, PRIVATE_KEY -> true;
      case NPM_TOKEN -> NPM_TOKEN.matcher(text(head)).find();
      case PYPI_PASSWORD -> PYPI_PASSWORD.matcher(text(head)).find();
      case REGISTRY_LOGIN -> hasLogin(head);
    };
  }

  private static boolean hasLogin(byte[] head) {
    try {
      JsonNode config = JSON.readTree(head);
      JsonNode logins = config.has("auths") ? config.path("auths") : config;
      for (JsonNode login : logins) {
        if (!login.path("auth").asString("").isEmpty()
            || !login.path("identitytoken").asString("").isEmpty()
            || !login.path("password").asString("").isEmpty()) {
          return true;
        }
      }
      return false;
    } catch (JacksonException e) {
      return head.length >= HEAD; // too long to be read whole is no reason to trust it
    }
  }

  private static boolean isText(byte[] head) {
    for (int i = 0; i < Math.min(head.length, 1024); i++) {
      if (head[i] == 0) {
        return false;
      }
    }
    return true;
  }

  private static String text(byte[] head) {
    return new String(head, StandardCharsets.ISO_8859_1);
  }
}
