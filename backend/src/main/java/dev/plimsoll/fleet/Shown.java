package dev.plimsoll.fleet;

/** A stranger's text as an error repeats it: bounded, without control characters. */
public final class Shown {
  private static final int LONGEST = 80;

  private Shown() {}

  /** At most 80 characters of it. */
  public static String of(String text) {
    String printable = text.replaceAll("\\p{Cntrl}", " ");
    return printable.length() <= LONGEST ? printable : printable.substring(0, LONGEST) + "…";
  }
}
