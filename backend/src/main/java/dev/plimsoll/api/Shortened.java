package dev.plimsoll.api;

/** A stranger's text as an error repeats it: bounded, without control characters. */
final class Shortened {
  private static final int LONGEST = 80;

  private Shortened() {}

  static String of(String text) {
    String printable = text.replaceAll("\\p{Cntrl}", " ");
    return printable.length() <= LONGEST ? printable : printable.substring(0, LONGEST) + "…";
  }
}
