package dev.plimsoll.checklist;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a check demands, in words.
 *
 * @param id stable identifier such as {@code CTR-USER}
 * @param title the state that passes, in one line
 * @param rationale why it matters, in one or two sentences
 * @param remediation what to change, with the flag or setting
 * @param needs the optional reading without which it says nothing; null if it needs none
 * @param attestable whether a person may sign for it where no machine can look
 */
public record Rule(
    String id,
    String title,
    SubjectKind subject,
    Severity severity,
    Mode mode,
    List<Reference> references,
    String rationale,
    String remediation,
    @Nullable ReadingSwitch needs,
    boolean attestable) {

  /** What the IDs of checks that a company writes begin with; no shipped one does. */
  public static final String OWN_PREFIX = "OWN-";

  public Rule {
    references = List.copyOf(references);
  }

  /** The step to a hardened host that it takes; null if none of those that matter most. */
  public @Nullable Step step() {
    return Steps.of(id);
  }

  /** Whether a company wrote it, instead of its being shipped. */
  public boolean own() {
    return id.startsWith(OWN_PREFIX);
  }

  /** Points that the first failing workload costs: the severity's weight, 0 if advisory. */
  public int weight() {
    return mode == Mode.ADVISORY ? 0 : severity.weight();
  }
}
