package dev.plimsoll.inventory;

import dev.plimsoll.checklist.Mask;
import dev.plimsoll.checklist.SecretNames;
import dev.plimsoll.checklist.SecretShapes;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Replaces every secret in a document by its {@link Mask}, before the document is stored, logged or
 * judged. Version {@value #VERSION} of the rules, in the order in which they apply to a string:
 *
 * <ol>
 *   <li>the value of an object's field whose name promises a secret is masked whole (labels, driver
 *       and log options);
 *   <li>text that already looks like a mask is masked, so that nobody can plant one;
 *   <li>a text with a private key in PEM form is masked whole;
 *   <li>an element of an array that is {@code NAME=value} is masked from the equals sign on, if the
 *       name promises a secret or the value is one by its form (environment, arguments); likewise
 *       the element after a {@code --password}-like flag;
 *   <li>elsewhere ({@code sh -c} lines, build history, health checks) values of such names and
 *       flags end at white space unless quoted, and words that are secrets by their form are
 *       masked.
 * </ol>
 *
 * <p>Names and forms are those of {@link SecretNames} and {@link SecretShapes}, which checks judge
 * by. The hash is HMAC-SHA-256, cut to 128 bits, under a key that never lies in the database.
 */
public final class SecretMasking {
  /** Version of the rules. */
  public static final int VERSION = 1;

  private static final int HASH_BYTES = 16;

  /** Shorter strings hold no secret that its form alone would give away. */
  private static final int SHORTEST_BY_FORM = 8;

  private static final String MASK_START = "{\"masked\":\"";
  private static final Pattern MASK =
      Pattern.compile("\\{\"masked\":\"[^\"]*\"(?:,\"[a-z]+\":(?:\"[^\"]*\"|true|false))*}?");
  private static final Pattern HEX = Pattern.compile("(?:sha256:)?[0-9a-f]+");
  private static final Pattern ASSIGNMENT_ELEMENT =
      Pattern.compile("(-{0,2})([A-Za-z_][A-Za-z0-9_.-]*)=(.*)", Pattern.DOTALL);
  private static final Pattern FLAG_ELEMENT = Pattern.compile("-{1,2}([A-Za-z][A-Za-z0-9_.-]*)");
  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "([A-Za-z_][A-Za-z0-9_.-]*)=(?:\"((?:\\\\.|[^\"\\\\])*+)\"|'([^']*+)'|([^\\s\"']++))");
  private static final Pattern FLAG =
      Pattern.compile(
          "(?<![A-Za-z0-9_-])-{1,2}([A-Za-z][A-Za-z0-9_.-]*)(?:[\"',]*\\s[\\s\"',]*)([^\\s\"',\\]-][^\\s\"',\\]]*)");
  private static final Pattern WORD = Pattern.compile("[^\\s\"']+");

  private final SecretKey key;
  private final CleanTexts clean = new CleanTexts();

  /**
   * Masks under a key.
   *
   * @param key for HMAC-SHA-256, kept outside the database
   */
  public SecretMasking(SecretKey key) {
    this.key = key;
  }

  /** The same value with every secret masked. */
  public JsonNode masked(JsonNode value) {
    return new Pass(mac(), clean).node(value);
  }

  /** The same text with every secret masked, as for a string outside an array. */
  public String masked(String text) {
    return new Pass(mac(), clean).text(text);
  }

  private Mac mac() {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
    }
  }

  /** One document's masking: a {@link Mac} is not for several threads. */
  private record Pass(Mac mac, CleanTexts clean) {

    JsonNode node(JsonNode value) {
      if (value.isObject()) {
        ObjectNode masked = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : value.properties()) {
          masked.set(field.getKey(), field(field.getKey(), field.getValue()));
        }
        return masked;
      }
      if (value.isArray()) {
        return array(value);
      }
      return value.isString() ? same(value, text(value.stringValue())) : value;
    }

    private JsonNode field(String name, JsonNode value) {
      return value.isString() && promisesSecret(name)
          ? JsonNodeFactory.instance.stringNode(mask(value.stringValue()))
          : node(value);
    }

    private boolean promisesSecret(String name) {
      if (clean.name(name)) {
        return false;
      }
      boolean secret = SecretNames.mustMask(name);
      if (!secret) {
        clean.addName(name);
      }
      return secret;
    }

    private ArrayNode array(JsonNode values) {
      ArrayNode masked = JsonNodeFactory.instance.arrayNode(values.size());
      boolean afterSecretFlag = false;
      for (JsonNode value : values) {
        if (!value.isString()) {
          masked.add(node(value));
          afterSecretFlag = false;
          continue;
        }
        String text = value.stringValue();
        Matcher flag = FLAG_ELEMENT.matcher(text);
        boolean isFlag = flag.matches();
        masked.add(
            afterSecretFlag && !isFlag
                ? JsonNodeFactory.instance.stringNode(mask(text))
                : same(value, element(text)));
        afterSecretFlag = isFlag && SecretNames.mustMask(flag.group(1));
      }
      return masked;
    }

    private String element(String text) {
      if (clean.element(text)) {
        return text;
      }
      String masked = maskedElement(text);
      if (masked.equals(text)) {
        clean.addElement(text);
      }
      return masked;
    }

    private String maskedElement(String text) {
      Matcher assignment = ASSIGNMENT_ELEMENT.matcher(text);
      if (!assignment.matches()) {
        return text(text);
      }
      String name = assignment.group(2);
      String value = assignment.group(3);
      return secret(name, value)
          ? assignment.group(1) + name + "=" + mask(value)
          : assignment.group(1) + name + "=" + text(value);
    }

    String text(String text) {
      if (clean.text(text)) {
        return text;
      }
      String masked = maskedText(text);
      if (masked.equals(text)) {
        clean.addText(text);
      }
      return masked;
    }

    private String maskedText(String text) {
      if (text.contains(MASK_START)) {
        return replace(MASK, text, found -> mask(found.group()));
      }
      if (text.length() < SHORTEST_BY_FORM || HEX.matcher(text).matches()) {
        return text;
      }
      if (SecretShapes.classify(text) == Mask.Shape.PEM) {
        return mask(text);
      }
      String masked = text;
      if (masked.indexOf('=') >= 0) {
        masked = replace(ASSIGNMENT, masked, this::assignment);
      }
      if (masked.indexOf('-') >= 0) {
        masked =
            replace(
                FLAG,
                masked,
                found ->
                    SecretNames.mustMask(found.group(1)) && !found.group(2).startsWith(MASK_START)
                        ? found.group().substring(0, found.start(2) - found.start())
                            + mask(found.group(2))
                        : found.group());
      }
      return words(masked);
    }

    private String assignment(Matcher found) {
      String name = found.group(1);
      for (int group = 2; group <= 4; group++) {
        String value = found.group(group);
        if (value != null) {
          return secret(name, value)
              ? found.group().substring(0, found.start(group) - found.start())
                  + mask(value)
                  + found.group().substring(found.end(group) - found.start())
              : found.group();
        }
      }
      return found.group();
    }

    /** Words that are secrets by their form alone; what is masked already is passed over. */
    private String words(String text) {
      if (text.contains(MASK_START)) {
        StringBuilder masked = new StringBuilder(text.length());
        Matcher done = MASK.matcher(text);
        int from = 0;
        while (done.find()) {
          masked.append(plainWords(text.substring(from, done.start()))).append(done.group());
          from = done.end();
        }
        return masked.append(plainWords(text.substring(from))).toString();
      }
      return plainWords(text);
    }

    private String plainWords(String text) {
      return text.length() < SHORTEST_BY_FORM
          ? text
          : replace(
              WORD,
              text,
              found ->
                  found.group().length() >= SHORTEST_BY_FORM
                          && SecretShapes.classify(found.group()).secretByItself()
                      ? mask(found.group())
                      : found.group());
    }

    private static boolean secret(String name, String value) {
      return SecretNames.mustMask(name) || SecretShapes.classify(value).secretByItself();
    }

    private String mask(String secret) {
      byte[] hash = mac.doFinal(secret.getBytes(StandardCharsets.UTF_8));
      return new Mask(
              HexFormat.of().formatHex(Arrays.copyOf(hash, HASH_BYTES)),
              SecretShapes.classify(secret))
          .text();
    }

    private static JsonNode same(JsonNode value, String text) {
      return text.equals(value.stringValue()) ? value : JsonNodeFactory.instance.stringNode(text);
    }

    private static String replace(
        Pattern pattern, String text, java.util.function.Function<Matcher, String> replacement) {
      Matcher matcher = pattern.matcher(text);
      StringBuilder out = null;
      int from = 0;
      while (matcher.find()) {
        String by = replacement.apply(matcher);
        if (!by.equals(matcher.group())) {
          if (out == null) {
            out = new StringBuilder(text.length() + 64);
          }
          out.append(text, from, matcher.start()).append(by);
          from = matcher.end();
        }
      }
      return out == null ? text : out.append(text, from, text.length()).toString();
    }
  }
}
