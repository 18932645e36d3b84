package dev.plimsoll.checklist;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What people signed for a check on this host and still stand by. */
final class Attested {
  private Attested() {}

  /** The newest attestation that holds at the instant; null if there is none. */
  static @Nullable Attestation current(HostFacts host, String check) {
    Attestation newest = null;
    for (Attestation one : host.attestations()) {
      boolean holds = !one.signedAt().isAfter(host.at()) && one.expiresAt().isAfter(host.at());
      if (holds
          && one.check().equals(check)
          && (newest == null || one.signedAt().isAfter(newest.signedAt()))) {
        newest = one;
      }
    }
    return newest;
  }

  /** Evidence for what was signed. */
  static Evidence evidence(Attestation attestation) {
    return new Evidence(
        ".outcome", CompactJson.text(attestation.outcome().name()), attestation.documentSha256());
  }

  /**
   * The verdict that was signed, until it lapses.
   *
   * @param lapsesInto what the check says once nothing is signed any more
   */
  static Verdict verdict(Examination x, Attestation attestation, Outcome lapsesInto) {
    return verdict(x, attestation, attestation.expiresAt(), lapsesInto);
  }

  /** The same, where it turns at another instant than that of its lapse. */
  static Verdict verdict(Examination x, Attestation attestation, Instant turnsAt, Outcome into) {
    x.keep(evidence(attestation));
    String reason = "%s attested it on %s".formatted(attestation.author(), day(attestation));
    Verdict verdict = attestation.outcome() == Outcome.PASS ? x.pass(reason) : x.fail(reason);
    Turn turn = verdict.outcome() == into ? null : new Turn(turnsAt, into);
    return new Verdict(verdict.outcome(), verdict.evidence(), verdict.reason(), turn);
  }

  private static String day(Attestation attestation) {
    return attestation.signedAt().toString().substring(0, 10);
  }
}
