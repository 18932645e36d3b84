package dev.plimsoll.checklist;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a check says of one subject at one instant.
 *
 * @param evidence what was looked at; never empty for FAIL and UNKNOWN
 * @param reason one sentence for people; null where title and evidence say it all
 * @param turn when time alone will change the outcome; null if it will not
 */
public record Verdict(
    Outcome outcome, List<Evidence> evidence, @Nullable String reason, @Nullable Turn turn) {

  public Verdict {
    evidence = List.copyOf(evidence);
  }
}
