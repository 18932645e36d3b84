package dev.plimsoll.ui.subject;

import java.util.ArrayList;
import java.util.List;

/**
 * A place in a document as evidence names it: {@code .HostConfig.CapAdd[0]} or {@code
 * .Options['com.docker.network.bridge.enable_icc']}.
 *
 * @param steps names of members and numbers of entries, outermost first
 */
record JsonPath(List<String> steps) {
  JsonPath {
    steps = List.copyOf(steps);
  }

  /** Reads a path; what follows the first thing that is no path is ignored. */
  static JsonPath parse(String text) {
    List<String> steps = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      char start = text.charAt(at);
      int end;
      if (start == '.') {
        end = at + 1;
        while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '[') {
          end++;
        }
        if (end > at + 1) {
          steps.add(text.substring(at + 1, end));
        }
      } else if (text.startsWith("['", at)) {
        int close = text.indexOf("']", at + 2);
        if (close < 0) {
          break;
        }
        steps.add(text.substring(at + 2, close));
        end = close + 2;
      } else if (start == '[') {
        int close = text.indexOf(']', at);
        if (close < 0) {
          break;
        }
        if (close > at + 1) {
          steps.add(text.substring(at + 1, close));
        }
        end = close + 1;
      } else {
        break;
      }
      at = end;
    }
    return new JsonPath(steps);
  }
}
