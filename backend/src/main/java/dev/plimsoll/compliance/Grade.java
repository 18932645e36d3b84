package dev.plimsoll.compliance;

import java.util.Collection;

/** The verdict beside the score: no average buys off one privileged container. */
enum Grade {
  A,
  B,
  C,
  D,
  F,
  /** Nothing is known, or what is known is stale. */
  U;

  /**
   * The grade of a host that was read and is fresh.
   *
   * @param score in thousandths
   * @param confidence in thousandths
   */
  static Grade of(Openings open, int score, int confidence) {
    if (open.criticalFail()) {
      return F;
    }
    if (open.criticalUnknown() || open.criticalEvidenceFail() || score < 50_000) {
      return D;
    }
    if (score < 75_000) {
      return C;
    }
    if (score < 90_000 || open.highFail() || confidence < 950) {
      return B;
    }
    return A;
  }

  /**
   * The grade of a group: as bad as an open critical on any of its hosts makes it, else by the
   * mean.
   *
   * @param mean in thousandths
   */
  static Grade ofGroup(Collection<Grade> hosts, int mean) {
    if (!hosts.isEmpty() && hosts.stream().allMatch(grade -> grade == U)) {
      return U;
    }
    if (hosts.contains(F)) {
      return F;
    }
    if (hosts.contains(D) || hosts.contains(U) || mean < 50_000) {
      return D;
    }
    if (mean < 75_000) {
      return C;
    }
    return mean < 90_000 || hosts.contains(C) || hosts.contains(B) ? B : A;
  }

  /**
   * What stands open on a host, waived or not counted apart.
   *
   * @param criticalFail a critical FAIL of a scored check
   * @param criticalEvidenceFail a critical FAIL of an evidence check
   * @param criticalUnknown a critical check whose answer nobody knows
   * @param highFail a high FAIL
   */
  record Openings(
      boolean criticalFail,
      boolean criticalEvidenceFail,
      boolean criticalUnknown,
      boolean highFail) {}
}
