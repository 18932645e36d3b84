package dev.plimsoll.checklist;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a check says of one subject at one instant.
 *
 * @param evidence what was looked at; never empty for FAIL and UNKNOWN
 * @param reason one sentence for people, at most {@value #MAX_REASON} characters; null where title
 *     and evidence say it all
 * @param turn when time alone will change the outcome; null if it will not
 */
public record Verdict(
    Outcome outcome, List<Evidence> evidence, @Nullable String reason, @Nullable Turn turn) {

  /** Longest reason kept: it may quote what strangers wrote. */
  public static final int MAX_REASON = 300;

  /** UNKNOWN because the reading that would tell is switched off for the host. */
  public static Verdict switchedOff(ReadingSwitch reading) {
    return new Verdict(
        Outcome.UNKNOWN,
        List.of(new Evidence(reading.call(), "{\"switchedOff\":\"" + reading.word() + "\"}", null)),
        "reading " + reading.word() + " is switched off for this host",
        null);
  }

  /** The same, until time alone changes it. */
  Verdict until(Turn next) {
    return new Verdict(outcome, evidence, reason, next);
  }

  public Verdict {
    if (reason != null && reason.length() > MAX_REASON) {
      reason = reason.substring(0, MAX_REASON - 1) + "…";
    }
    evidence = List.copyOf(evidence);
  }
}
