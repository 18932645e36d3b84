package dev.plimsoll.scanning;

import java.util.ArrayDeque;
import java.util.Deque;

/** Paths as they stand in archives: relative, with slashes, and never to be trusted. */
final class TarPath {
  private TarPath() {}

  /**
   * The path from the archive's root, without leading, doubled and trailing slashes, {@code .} and
   * {@code ..}; what would lead out of the archive ends at its root.
   */
  static String clean(String path) {
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : path.split("/")) {
      switch (segment) {
        case "", "." -> {}
        case ".." -> segments.pollLast();
        default -> segments.addLast(segment);
      }
    }
    return String.join("/", segments);
  }

  /** The directory that holds it; empty for the root. */
  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  /** The last segment. */
  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
