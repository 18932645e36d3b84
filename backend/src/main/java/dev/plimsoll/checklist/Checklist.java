package dev.plimsoll.checklist;

import java.util.List;

/** The catalogue: every check there is, in a stable order, under one version. */
public final class Checklist {
  private Checklist() {}

  /** All rules, in catalogue order. */
  public static List<Rule> rules() {
    return List.of();
  }

  /** Version of the catalogue: rises whenever a check is added or judges otherwise. */
  public static int version() {
    return 1;
  }

  /** Rules for one kind of subject, in catalogue order. */
  public static List<Rule> rules(SubjectKind kind) {
    return rules().stream().filter(rule -> rule.subject() == kind).toList();
  }

  /**
   * Judges one subject by every check of its kind, in the order of {@link #rules(SubjectKind)}. A
   * subject that was not read is UNKNOWN for each, with the failed call as evidence.
   */
  public static List<Verdict> judge(HostFacts host, SubjectKind kind, String dockerId) {
    return List.of();
  }
}
