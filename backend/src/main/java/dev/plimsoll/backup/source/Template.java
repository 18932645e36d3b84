package dev.plimsoll.backup.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with placeholders, such as {@code volume={volume}}: literal but for {@code {volume}},
 * {@code {container}}, {@code {host}}, {@code {path}}, {@code {time}} and {@code {*}}, which stands
 * for anything. Case counts.
 */
final class Template {
  static final String VOLUME = "volume";
  static final String CONTAINER = "container";
  static final String HOST = "host";
  static final String PATH = "path";
  static final String TIME = "time";
  static final String ANYTHING = "*";

  private static final Set<String> PLACEHOLDERS =
      Set.of(VOLUME, CONTAINER, HOST, PATH, TIME, ANYTHING);
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");

  /** A text can be taken apart in many ways; more are not looked at. */
  private static final int MOST_READINGS = 200;

  private static final int MOST_STEPS = 20_000;
  private static final int LONGEST_TEXT = 4096;

  private final String text;
  private final List<Token> tokens;

  private Template(String text, List<Token> tokens) {
    this.text = text;
    this.tokens = tokens;
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException with a sentence if a placeholder is unknown or stands twice,
   *     or two stand side by side so that nothing tells where one ends
   */
  static Template of(String text) {
    List<Token> tokens = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    Matcher matcher = PLACEHOLDER.matcher(text);
    int from = 0;
    while (matcher.find()) {
      String name = matcher.group(1);
      if (!PLACEHOLDERS.contains(name)) {
        throw new IllegalArgumentException(
            "has the placeholder {"
                + name
                + "}, which is none. Use {volume}, {container}, {host}, {path}, {time} or {*}.");
      }
      if (!name.equals(ANYTHING) && !seen.add(name)) {
        throw new IllegalArgumentException("has {" + name + "} twice. Use {*} for the second.");
      }
      if (matcher.start() > from) {
        tokens.add(new Token.Literal(text.substring(from, matcher.start())));
      } else if (!tokens.isEmpty()) {
        throw new IllegalArgumentException(
            "has two placeholders side by side. Put what stands between them there.");
      }
      tokens.add(new Token.Placeholder(name));
      from = matcher.end();
    }
    if (from < text.length()) {
      tokens.add(new Token.Literal(text.substring(from)));
    }
    if (tokens.isEmpty()) {
      throw new IllegalArgumentException("is empty. Give a text such as volume={volume}.");
    }
    return new Template(text, tokens);
  }

  boolean has(String placeholder) {
    return tokens.contains(new Token.Placeholder(placeholder));
  }

  /**
   * The ways in which a text can be taken apart, each the placeholders' values by name. Where there
   * are several, those whose first placeholder is longer come later.
   */
  List<Map<String, String>> readings(String candidate) {
    List<Map<String, String>> found = new ArrayList<>();
    if (candidate.length() <= LONGEST_TEXT) {
      new Search(candidate, found).from(0, 0, new LinkedHashMap<>());
    }
    return found;
  }

  @Override
  public String toString() {
    return text;
  }

  private sealed interface Token {
    record Literal(String text) implements Token {}

    record Placeholder(String name) implements Token {}
  }

  private final class Search {
    private final String candidate;
    private final List<Map<String, String>> found;
    private int steps;

    Search(String candidate, List<Map<String, String>> found) {
      this.candidate = candidate;
      this.found = found;
    }

    void from(int token, int at, Map<String, String> values) {
      if (found.size() >= MOST_READINGS || ++steps > MOST_STEPS) {
        return;
      }
      if (token == tokens.size()) {
        if (at == candidate.length()) {
          found.add(Map.copyOf(values));
        }
        return;
      }
      switch (tokens.get(token)) {
        case Token.Literal(String literal) -> {
          if (candidate.startsWith(literal, at)) {
            from(token + 1, at + literal.length(), values);
          }
        }
        case Token.Placeholder(String name) -> placeholder(name, token, at, values);
      }
    }

    private void placeholder(String name, int token, int at, Map<String, String> values) {
      boolean last = token == tokens.size() - 1;
      int end = longest(name, at);
      int shortest = name.equals(ANYTHING) ? at : at + 1;
      for (int to = last ? Math.max(shortest, candidate.length()) : shortest; to <= end; to++) {
        String value = candidate.substring(at, to);
        if (name.equals(TIME) && NamedTime.parse(value).isEmpty()) {
          continue;
        }
        if (name.equals(ANYTHING)) {
          from(token + 1, to, values);
        } else {
          values.put(name, value);
          from(token + 1, to, values);
          values.remove(name);
        }
      }
    }

    /** Where the characters that a placeholder may hold end. */
    private int longest(String name, int at) {
      IntPredicate may =
          switch (name) {
            case VOLUME, CONTAINER -> c -> isNameStart(c) || c == '_' || c == '.' || c == '-';
            case HOST -> c -> c > ' ' && c != '/';
            default -> c -> true;
          };
      if (at >= candidate.length()) {
        return at;
      }
      char first = candidate.charAt(at);
      if (name.equals(PATH) ? first != '/' : named(name) && !isNameStart(first)) {
        return at;
      }
      int end = at;
      while (end < candidate.length() && may.test(candidate.charAt(end))) {
        end++;
      }
      return end;
    }

    private boolean named(String name) {
      return name.equals(VOLUME) || name.equals(CONTAINER);
    }

    private boolean isNameStart(int c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
  }
}
