package dev.plimsoll.owncheck;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How large a pattern becomes when its counted repetitions are written out. Known before it is
 * compiled, because compiling is what writes them out: {@code ((a{1000}){1000}){1000}} has a
 * thousand million parts.
 */
final class PatternSize {
  private static final long ENOUGH = 1_000_000;

  private final String pattern;
  private final Deque<Long> groups = new ArrayDeque<>();
  private long sum;
  private long last;
  private int at;

  private PatternSize(String pattern) {
    this.pattern = pattern;
  }

  /** An upper bound of its parts, cut at a million. Whether it is well-formed is not looked at. */
  static long of(String pattern) {
    return new PatternSize(pattern).count();
  }

  private long count() {
    while (at < pattern.length()) {
      char c = pattern.charAt(at);
      switch (c) {
        case '\\' -> {
          at++;
          atom(1);
        }
        case '[' -> {
          skipClass();
          atom(1);
        }
        case '(' -> {
          groups.push(sum);
          groups.push(last);
          sum = 0;
          last = 0;
        }
        case ')' -> {
          if (!groups.isEmpty()) {
            long inner = sum + 1;
            last = groups.pop();
            sum = groups.pop();
            atom(inner);
          }
        }
        case '{' -> repeat();
        default -> atom(1);
      }
      at++;
    }
    return sum;
  }

  private void atom(long size) {
    last = Math.min(size, ENOUGH);
    sum = Math.min(sum + last, ENOUGH);
  }

  private void repeat() {
    int end = pattern.indexOf('}', at);
    String[] counts = end < 0 ? new String[0] : pattern.substring(at + 1, end).split(",", -1);
    long most = 0;
    for (String count : counts) {
      if (count.length() > 4 || !count.chars().allMatch(Character::isDigit)) {
        atom(1);
        return;
      }
      most = Math.max(most, count.isEmpty() ? 1 : Long.parseLong(count));
    }
    if (counts.length == 0) {
      atom(1);
      return;
    }
    at = end;
    long more = last * Math.max(0, most - 1);
    last = Math.min(last + more, ENOUGH);
    sum = Math.min(sum + more, ENOUGH);
  }

  private void skipClass() {
    int from = at;
    at++;
    if (at < pattern.length() && pattern.charAt(at) == '^') {
      at++;
    }
    if (at < pattern.length() && pattern.charAt(at) == ']') {
      at++;
    }
    while (at < pattern.length() && pattern.charAt(at) != ']') {
      if (pattern.charAt(at) == '\\') {
        at++;
      }
      at++;
    }
    if (at >= pattern.length()) {
      at = from;
    }
  }
}
