package dev.plimsoll.ui.policies;

import dev.plimsoll.backup.coverage.Policy;
import dev.plimsoll.backup.coverage.Selector;
import dev.plimsoll.ui.coverage.DataWords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a policy says, in words. */
final class PolicyWords {
  private PolicyWords() {}

  /** What a policy is for. */
  static String target(Selector selector) {
    List<String> parts = new ArrayList<>();
    parts.add(
        selector.kinds().isEmpty()
            ? "volumes"
            : selector.kinds().stream()
                .sorted()
                .map(DataWords::many)
                .collect(Collectors.joining(", ")));
    Boolean anonymous = selector.anonymous();
    if (anonymous != null) {
      parts.add(anonymous ? "that are anonymous" : "that somebody named");
    }
    if (!selector.names().isEmpty()) {
      parts.add("called " + String.join(" or ", selector.names()));
    }
    if (selector.project() != null) {
      parts.add("of project " + selector.project());
    }
    if (!selector.labels().isEmpty()) {
      parts.add("labelled " + labels(selector.labels()));
    }
    if (!selector.hosts().isEmpty()) {
      parts.add("on " + String.join(" or ", selector.hosts()));
    }
    if (selector.group() != null) {
      parts.add("in " + selector.group());
    }
    if (selector.environment() != null) {
      parts.add("of environment " + selector.environment());
    }
    if (!selector.hostLabels().isEmpty()) {
      parts.add("on hosts labelled " + labels(selector.hostLabels()));
    }
    return String.join(" ", parts);
  }

  /** What it promises or exempts. */
  static String promise(Policy policy) {
    Policy.Exemption exemption = policy.exemption();
    if (exemption != null) {
      return "exempt: " + exemption.reason();
    }
    List<String> parts = new ArrayList<>();
    Duration rpo = policy.rpo();
    if (rpo != null) {
      parts.add("RPO " + DataWords.span(rpo.toSeconds()));
    }
    if (policy.offHost()) {
      parts.add("off the host");
    }
    Duration restore = policy.restoreTestEvery();
    if (restore != null) {
      parts.add("restore proven every " + DataWords.span(restore.toSeconds()));
    }
    return String.join(", ", parts);
  }

  private static String labels(Map<String, String> labels) {
    return labels.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(label -> label.getKey() + "=" + label.getValue())
        .collect(Collectors.joining(" and "));
  }
}
