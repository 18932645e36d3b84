package dev.plimsoll.checklist;

import java.util.regex.Pattern;

/**
 * Which names promise a secret as their value: of environment variables, labels, build arguments
 * and options alike. Masking and judging ask here, so that they never disagree.
 *
 * <p>Names are words joined by {@code _}, {@code -} or {@code .}, compared without case. {@code
 * PASS}, {@code PSW} and {@code DSN} count only as whole words; the longer patterns also as a
 * word's ending, so that {@code PGPASSWORD} counts and {@code COMPASS} or {@code
 * TOKENIZERS_PARALLELISM} do not.
 */
public final class SecretNames {
  private static final Pattern SECRET =
      Pattern.compile(
          "(?:^|[_.-])(?:PASS|PSW)(?:[_.-]|$)"
              + "|(?:PASSWD|PASSWORD|SECRET|TOKEN|CREDENTIALS?"
              + "|(?:API|PRIVATE|ACCESS)[_.-]?KEY)(?:[_.-]|$)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern DATA_SOURCE =
      Pattern.compile("(?:^|[_.-])DSN(?:[_.-]|$)", Pattern.CASE_INSENSITIVE);

  private static final String FILE_ENDING = "_FILE";

  private SecretNames() {}

  /**
   * Whether the value under this name is a secret unless its shape says otherwise. A name that ends
   * in {@code _FILE} says where a secret lies and is no secret name; neither is {@code DSN}, whose
   * value is a secret only by its shape.
   */
  public static boolean matches(String name) {
    return !namesFile(name) && SECRET.matcher(name).find();
  }

  /**
   * Whether the value under this name must be masked: {@link #matches}, and data source names,
   * which may hold a password in a form that no pattern knows.
   */
  public static boolean mustMask(String name) {
    return matches(name) || DATA_SOURCE.matcher(name).find();
  }

  private static boolean namesFile(String name) {
    int start = name.length() - FILE_ENDING.length();
    return start >= 0 && name.regionMatches(true, start, FILE_ENDING, 0, FILE_ENDING.length());
  }
}
