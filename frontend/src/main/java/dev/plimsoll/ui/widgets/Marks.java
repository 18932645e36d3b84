package dev.plimsoll.ui.widgets;

import com.vaadin.flow.component.html.Span;
import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.checklist.Severity;
import dev.plimsoll.posture.HostStatus;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Marks for severity, outcome, status and grade: always a word, with a shape and a colour beside
 * it. The style sheet draws shape and colour from the attribute {@code data-mark}.
 */
public final class Marks {
  /** Severity words, worst first. */
  public static final List<String> SEVERITIES = List.of("critical", "high", "medium", "low");

  private Marks() {}

  /** A mark of any kind, such as {@code severity-critical}, with its word. */
  public static Span mark(String mark, String word) {
    Span span = new Span(word);
    span.addClassName("mark");
    span.getElement().setAttribute("data-mark", mark);
    return span;
  }

  /** A severity by its word. */
  public static Span severity(String word) {
    return mark("severity-" + word, word);
  }

  /** The word of a severity. */
  public static String word(Severity severity) {
    return severity.name().toLowerCase(Locale.ROOT);
  }

  /** An outcome. */
  public static Span outcome(Outcome outcome) {
    return mark(key(outcome), word(outcome));
  }

  /** The outcome as people read it; PASS and FAIL stay as they are. */
  public static String word(Outcome outcome) {
    return outcome == Outcome.NOT_APPLICABLE ? "N/A" : outcome.name();
  }

  private static String key(Outcome outcome) {
    return "outcome-" + outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A host's status. */
  public static Span status(HostStatus status) {
    return mark(key(status), word(status));
  }

  /** The attribute of a host's status. */
  public static String key(HostStatus status) {
    return "status-" + status.name().toLowerCase(Locale.ROOT);
  }

  /** A host's status in a word. */
  public static String word(HostStatus status) {
    return switch (status) {
      case PENDING -> "Pending";
      case OK -> "OK";
      case PARTIAL -> "Partial";
      case UNREACHABLE -> "Unreachable";
      case STALE -> "Stale";
      case PAUSED -> "Paused";
      case DECOMMISSIONED -> "Decommissioned";
    };
  }

  /** What a host's status means, in a sentence. */
  public static String explained(HostStatus status) {
    return switch (status) {
      case PENDING -> "Added; no collection has finished yet.";
      case OK -> "The last collection read everything.";
      case PARTIAL -> "The last collection could not read everything; the rest is unknown.";
      case UNREACHABLE -> "The last collection failed; what is known is still fresh.";
      case STALE -> "What is known is too old to count: the host scores 0 until it is read again.";
      case PAUSED -> "Not collected until somebody resumes it.";
      case DECOMMISSIONED -> "No longer watched; its history stays.";
    };
  }

  /** How data stands. */
  public static Span coverage(CoverageState state) {
    return mark(key(state), word(state));
  }

  /** The attribute of how data stands. */
  public static String key(CoverageState state) {
    return "coverage-" + state.name().toLowerCase(Locale.ROOT);
  }

  /** How data stands in a word. */
  public static String word(CoverageState state) {
    return capitalised(state.name());
  }

  /** A collection's outcome: RUNNING, SUCCEEDED, PARTIAL or FAILED. */
  public static Span collection(String outcome) {
    return mark(collectionKey(outcome), capitalised(outcome));
  }

  /** The attribute of a collection's outcome. */
  public static String collectionKey(String outcome) {
    return "collection-" + outcome.toLowerCase(Locale.ROOT);
  }

  /** A finding's status: OPEN, ACKNOWLEDGED, WAIVED or RESOLVED. */
  public static Span finding(String status) {
    return mark(findingKey(status), capitalised(status));
  }

  /** The attribute of a finding's status. */
  public static String findingKey(String status) {
    return "finding-" + status.toLowerCase(Locale.ROOT);
  }

  /** A grade chip; a dash where there is no grade yet. */
  public static Span grade(@Nullable String grade) {
    Span span = new Span(grade == null ? "–" : grade);
    span.addClassName("grade");
    span.getElement().setAttribute("data-grade", grade == null ? "none" : grade);
    span.setTitle(gradeExplained(grade));
    return span;
  }

  /** What a grade means (the score's rules), in a sentence. */
  public static String gradeExplained(@Nullable String grade) {
    return switch (grade) {
      case "A" -> "Grade A: score 90 or more, nothing high or critical open, at least 95% known.";
      case "B" -> "Grade B: score below 90, an open high, or less than 95% known.";
      case "C" -> "Grade C: score below 75.";
      case "D" -> "Grade D: score below 50, or a critical check without an answer.";
      case "F" -> "Grade F: a critical check fails. No average buys that off.";
      case "U" -> "Grade U: unknown, because what is known is too old or was never read.";
      case null, default -> "No grade yet: no collection has finished.";
    };
  }

  /** Such as {@code Acknowledged} for {@code ACKNOWLEDGED}. */
  public static String capitalised(String constant) {
    if (constant.isEmpty()) {
      return constant;
    }
    String lower = constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    return Character.toUpperCase(lower.charAt(0)) + lower.substring(1);
  }
}
