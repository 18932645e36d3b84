package dev.plimsoll.checklist;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A version as makers of software write it, {@code 29.8.2} or {@code v1.5.0-rc.3}, and what a
 * distribution hung on it: {@code 20.10.24+dfsg1}, {@code 1.6.20~ds1}.
 *
 * @param numbers its numbers, most significant first
 * @param preRelease whether it came before the release of these numbers
 * @param mark what a distribution added; empty for the maker's own build
 */
record SoftwareVersion(List<Integer> numbers, boolean preRelease, String mark)
    implements Comparable<SoftwareVersion> {
  private static final Pattern FORM =
      Pattern.compile("v?([0-9]{1,6}(?:\\.[0-9]{1,6})*)(-(?:rc|alpha|beta|dev)[.0-9]*)?(.*)");

  /** Endings that the maker itself used for its editions. */
  private static final List<String> OWN_ENDINGS = List.of("-ce", "-ee", "-community");

  SoftwareVersion {
    numbers = List.copyOf(numbers);
  }

  /** Reads a version; null if the text does not start like one. */
  static @Nullable SoftwareVersion parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      return null;
    }
    List<Integer> numbers = new ArrayList<>();
    for (String number : form.group(1).split("\\.")) {
      numbers.add(Integer.valueOf(number));
    }
    String rest = form.group(3);
    return new SoftwareVersion(
        numbers, form.group(2) != null, OWN_ENDINGS.contains(rest) ? "" : rest);
  }

  /**
   * Whether it belongs to a branch: {@code 29.8.2} to {@code 29}, {@code 1.7.27} to {@code 1.7}.
   */
  boolean isOf(SoftwareVersion branch) {
    int size = branch.numbers.size();
    return numbers.size() >= size && numbers.subList(0, size).equals(branch.numbers);
  }

  @Override
  public int compareTo(SoftwareVersion other) {
    for (int i = 0; i < Math.max(numbers.size(), other.numbers.size()); i++) {
      int difference = Integer.compare(number(i), other.number(i));
      if (difference != 0) {
        return difference;
      }
    }
    return Boolean.compare(other.preRelease, preRelease);
  }

  private int number(int place) {
    return place < numbers.size() ? numbers.get(place) : 0;
  }
}
