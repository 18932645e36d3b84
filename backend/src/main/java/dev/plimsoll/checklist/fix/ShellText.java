package dev.plimsoll.checklist.fix;

/** Words for a POSIX shell; control characters make it the {@code $'…'} of bash, zsh and ksh. */
final class ShellText {
  private ShellText() {}

  /** One word that the shell takes as it is, whatever stands in it. */
  static String word(String text) {
    if (!text.isEmpty() && text.chars().allMatch(ShellText::isPlain)) {
      return text;
    }
    return text.codePoints().anyMatch(ShellText::isHidden) ? ansi(text) : quoted(text);
  }

  /** Several words, with blanks between. */
  static String words(Iterable<String> texts) {
    StringBuilder line = new StringBuilder();
    for (String text : texts) {
      line.append(line.isEmpty() ? "" : " ").append(word(text));
    }
    return line.toString();
  }

  private static boolean isPlain(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "_@%+=:,./-".indexOf(c) >= 0;
  }

  /** Characters that a terminal acts on, or that show something other than what is there. */
  static boolean isHidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private static String ansi(String text) {
    StringBuilder out = new StringBuilder("$'");
    text.codePoints()
        .forEach(
            c -> {
              if (c == '\'' || c == '\\') {
                out.append('\\').appendCodePoint(c);
              } else if (isHidden(c)) {
                out.append(
                    c < 0x80
                        ? "\\x%02x".formatted(c)
                        : c < 0x10000 ? "\\u%04x".formatted(c) : "\\U%08x".formatted(c));
              } else {
                out.appendCodePoint(c);
              }
            });
    return out.append('\'').toString();
  }
}
