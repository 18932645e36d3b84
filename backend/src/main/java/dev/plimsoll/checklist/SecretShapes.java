package dev.plimsoll.checklist;

import dev.plimsoll.checklist.Mask.Shape;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a value looks like. Masking writes the answer into the mask and checks judge it, so
 * both use these patterns and no others.
 */
public final class SecretShapes {
  private static final Set<String> BOOLEANS =
      Set.of("true", "false", "yes", "no", "on", "off", "0", "1");

  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+(?:\\.[0-9]+)?");

  private static final Pattern AWS_KEY = Pattern.compile("\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b");

  private static final Pattern GITHUB_TOKEN =
      Pattern.compile("\\b(?:gh[opsur]_[A-Za-z0-9]{16,}|github_pat_[A-Za-z0-9_]{16,})");

  private static final Pattern PEM =
      Pattern.compile("-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----");

  private static final Pattern JWT =
      Pattern.compile("\\beyJ[\\w-]{4,1000}\\.eyJ[\\w-]{4,4000}\\.[\\w-]{8}");

  /** {@code scheme://user:password@} anywhere. */
  private static final Pattern URL_CREDENTIALS = Pattern.compile("://[^\\s/:@]*:[^\\s/@]+@");

  /** {@code user:password@host} as drivers take it; {@code name:tag@sha256:…} is an image. */
  private static final Pattern DATA_SOURCE =
      Pattern.compile("[^\\s/:@]+:[^\\s/@]+@(?!sha256:)[^\\s@]+");

  /** {@code Password=…} in a connection string or {@code -Dsome.password=…} in options. */
  private static final Pattern PASSWORD_OPTION =
      Pattern.compile(
          "(?:^|[^A-Za-z0-9])(?:password|passwd|pwd|pass)\\s*=\\s*[^\\s;&,/$]",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern PATH =
      Pattern.compile("(?:file://|~|\\.{1,2})?(?:/[\\w.@%:,~+-]+)+/?|[A-Za-z]:\\\\[^\\r\\n\"<>|]+");

  /** A path segment this long that mixes cases and digits is a key that happens to have a slash. */
  private static final int RANDOM_SEGMENT = 20;

  private static final String SECRETS_DIRECTORY = "/run/secrets/";

  private SecretShapes() {}

  /**
   * The shape of a value. Where several fit, the one that shows a secret wins. Never {@link
   * Shape#UNKNOWN}.
   */
  public static Shape classify(String value) {
    if (value.isEmpty()) {
      return Shape.EMPTY;
    }
    if (value.length() <= 5 && BOOLEANS.contains(value.toLowerCase(Locale.ROOT))) {
      return Shape.BOOLEAN;
    }
    Shape secret = secretIn(value);
    if (secret != null) {
      return secret;
    }
    if (NUMBER.matcher(value).matches()) {
      return Shape.NUMBER;
    }
    if (PATH.matcher(value).matches() && !hasRandomSegment(value)) {
      return belowSecrets(value) ? Shape.SECRETS_PATH : Shape.PATH;
    }
    return Shape.TEXT;
  }

  /** The shape of a secret that stands in a value by its form alone; null if none does. */
  private static @Nullable Shape secretIn(String value) {
    if (finds(PEM, "-----BEGIN ", value)) {
      return Shape.PEM;
    }
    if (finds(AWS_KEY, "AKIA", value) || finds(AWS_KEY, "ASIA", value)) {
      return Shape.AWS_KEY;
    }
    if (finds(GITHUB_TOKEN, "_", value)) {
      return Shape.GITHUB_TOKEN;
    }
    if (finds(JWT, "eyJ", value)) {
      return Shape.JWT;
    }
    if (finds(URL_CREDENTIALS, "://", value)
        || (value.indexOf('@') >= 0 && DATA_SOURCE.matcher(value).matches())) {
      return Shape.URL_CREDENTIALS;
    }
    return finds(PASSWORD_OPTION, "=", value) ? Shape.PASSWORD_OPTION : null;
  }

  /** Looks for a pattern where a text that is part of it stands: that costs far less. */
  private static boolean finds(Pattern pattern, String part, String value) {
    return value.contains(part) && pattern.matcher(value).find();
  }

  private static boolean hasRandomSegment(String path) {
    for (String segment : path.split("/")) {
      if (segment.length() >= RANDOM_SEGMENT
          && segment.chars().anyMatch(c -> c >= 'a' && c <= 'z')
          && segment.chars().anyMatch(c -> c >= 'A' && c <= 'Z')
          && segment.chars().anyMatch(c -> c >= '0' && c <= '9')
          && segment.indexOf('.') < 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean belowSecrets(String path) {
    return path.startsWith(SECRETS_DIRECTORY)
        && path.length() > SECRETS_DIRECTORY.length()
        && !path.contains("/../");
  }
}
