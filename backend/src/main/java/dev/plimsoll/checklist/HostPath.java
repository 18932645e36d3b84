package dev.plimsoll.checklist;

import java.util.ArrayDeque;
import java.util.Deque;

/** Paths of the host, compared segment by segment: {@code /etcd} is not below {@code /etc}. */
final class HostPath {
  private HostPath() {}

  /** The path without doubled or trailing slashes, {@code .} and {@code ..}. */
  static String clean(String path) {
    if (!path.startsWith("/") || isClean(path)) {
      return path;
    }
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : path.split("/")) {
      switch (segment) {
        case "", "." -> {}
        case ".." -> segments.pollLast();
        default -> segments.addLast(segment);
      }
    }
    return "/" + String.join("/", segments);
  }

  private static boolean isClean(String path) {
    return !path.contains("//")
        && !path.contains("/.")
        && (path.length() == 1 || !path.endsWith("/"));
  }

  /** Whether a clean path lies inside a directory, the directory itself not included. */
  static boolean isBelow(String path, String directory) {
    if (directory.equals("/")) {
      return path.length() > 1;
    }
    return path.length() > directory.length()
        && path.startsWith(directory)
        && path.charAt(directory.length()) == '/';
  }

  /** Whether a clean path is the other or a directory above it. */
  static boolean holds(String path, String other) {
    return path.equals(other) || isBelow(other, path);
  }
}
