package dev.plimsoll.checklist;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a document in the place of a secret: enough to see that the secret changed and to
 * judge whether it is one, and nothing of the secret itself.
 *
 * <p>Inside a string a mask has the text form {@code
 * {"masked":"9f02","shape":"text","empty":false}}. Whoever masks must also mask text that already
 * has this form, so that nobody can plant a mask and have it judged in place of a secret.
 *
 * @param hash keyed hash of the secret, lower-case hexadecimal digits
 * @param shape what the secret looked like
 */
public record Mask(String hash, Shape shape) {

  private static final String FORM =
      "\\{\"masked\":\"([0-9a-f]{1,128})\",\"shape\":\"([a-z0-9-]{1,32})\",\"empty\":(?:true|false)}";
  private static final String START = "{\"masked\":\"";
  private static final Pattern TEXT = Pattern.compile(FORM);
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{1,128}");

  /**
   * Checks the hash.
   *
   * @throws IllegalArgumentException if the hash is not 1 to 128 lower-case hexadecimal digits
   */
  public Mask {
    if (!HASH.matcher(hash).matches()) {
      throw new IllegalArgumentException(
          "a mask's hash must be 1 to 128 lower-case hexadecimal digits, not "
              + hash.length()
              + " characters of something else");
    }
  }

  /** Whether the masked value had no characters at all. */
  public boolean empty() {
    return shape == Shape.EMPTY;
  }

  /** The text form, as it stands inside a string of a document. */
  public String text() {
    return START + hash + "\",\"shape\":\"" + shape.word() + "\",\"empty\":" + empty() + "}";
  }

  /** The mask that is the whole of a text; null if the text is anything else. */
  public static @Nullable Mask parse(String text) {
    if (!text.startsWith(START)) {
      return null;
    }
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches() ? of(matcher) : null;
  }

  /** Every mask inside a text, in order; none if there is none. */
  public static List<Mask> find(String text) {
    if (!text.contains(START)) {
      return List.of();
    }
    List<Mask> found = new ArrayList<>();
    Matcher matcher = TEXT.matcher(text);
    while (matcher.find()) {
      found.add(of(matcher));
    }
    return List.copyOf(found);
  }

  private static Mask of(Matcher matcher) {
    return new Mask(matcher.group(1), Shape.of(matcher.group(2)));
  }

  /** What a value looks like. A mask keeps this alone, so it decides what can be judged later. */
  public enum Shape {
    /** No characters. */
    EMPTY,
    /** {@code true}, {@code no}, {@code on}, {@code 0}, {@code 1} and the like. */
    BOOLEAN,
    /** A decimal number other than 0 and 1. */
    NUMBER,
    /** A path of a file, but not of a mounted secret. */
    PATH,
    /** A path below {@code /run/secrets}. */
    SECRETS_PATH,
    /** An AWS access key ID stands in it. */
    AWS_KEY,
    /** A GitHub token stands in it. */
    GITHUB_TOKEN,
    /** A private key in PEM form stands in it. */
    PEM,
    /** A signed JSON web token stands in it. */
    JWT,
    /** A URL or data source name with user and password stands in it. */
    URL_CREDENTIALS,
    /** A connection string or option with {@code password=…} stands in it. */
    PASSWORD_OPTION,
    /** Any other text. */
    TEXT,
    /** A shape that this version does not know, written by another one. */
    UNKNOWN;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The shape as a mask's text spells it, such as {@code aws-key}. */
    public String word() {
      return word;
    }

    /** Whether such a value is a secret whatever it is called. */
    public boolean secretByItself() {
      return switch (this) {
        case AWS_KEY, GITHUB_TOKEN, PEM, JWT, URL_CREDENTIALS, PASSWORD_OPTION -> true;
        case EMPTY, BOOLEAN, NUMBER, PATH, SECRETS_PATH, TEXT, UNKNOWN -> false;
      };
    }

    /** Whether such a value is no secret even under the name of one. */
    public boolean neverSecret() {
      return switch (this) {
        case EMPTY, BOOLEAN, PATH, SECRETS_PATH -> true;
        case NUMBER,
            AWS_KEY,
            GITHUB_TOKEN,
            PEM,
            JWT,
            URL_CREDENTIALS,
            PASSWORD_OPTION,
            TEXT,
            UNKNOWN ->
            false;
      };
    }

    /** The shape that is spelled so; {@link #UNKNOWN} if this version knows none. */
    public static Shape of(String word) {
      for (Shape shape : values()) {
        if (shape.word.equals(word)) {
          return shape;
        }
      }
      return UNKNOWN;
    }
  }
}
