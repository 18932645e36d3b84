package dev.plimsoll.checklist;

import java.util.regex.Pattern;

/** Where the engine keeps its data. */
public final class DataDirectory {
  /** An engine that remaps users works in a directory of its own below, such as 100000.100000. */
  private static final Pattern REMAPPED = Pattern.compile("/[0-9]+\\.[0-9]+/?$");

  private static final Field ROOT = Field.of(".info.DockerRootDir");

  private DataDirectory() {}

  /**
   * The directory without the part that remapped users add.
   *
   * @throws Unanswerable if the engine does not say
   */
  static String of(Examination x) {
    return withoutRemapping(x.engine().text(ROOT));
  }

  /**
   * A data directory without the part that remapped users add.
   *
   * @param root as the engine says it ({@code .info.DockerRootDir})
   */
  public static String withoutRemapping(String root) {
    return REMAPPED.matcher(root).replaceFirst("");
  }
}
