package dev.plimsoll.ui.host;

import dev.plimsoll.attest.AttestationDraft;
import dev.plimsoll.attest.Attestations;
import dev.plimsoll.attest.HostReports;
import dev.plimsoll.attest.SignedAttestation;
import dev.plimsoll.attest.UploadedReport;
import dev.plimsoll.checklist.Evidence;
import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.posture.HostRow;
import dev.plimsoll.posture.VerdictRow;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people supplied on a host, and which of it, or what else, a verdict rests on. */
record AttestedSources(HostReports reports, Attestations attestations) {
  private static final int MOST_SHOWN = 200;

  /**
   * What stood at an instant.
   *
   * @param reports newest first
   * @param attestations newest first; expired and withdrawn ones too
   */
  record Supplied(List<UploadedReport> reports, List<SignedAttestation> attestations) {
    /** What a verdict rests on; null where nothing definite is known. */
    @Nullable Source of(VerdictRow verdict, HostRow host) {
      if (verdict.outcome() == Outcome.UNKNOWN) {
        return null;
      }
      for (Evidence evidence : verdict.evidence()) {
        String hash = evidence.documentSha256();
        for (UploadedReport report : reports) {
          if (report.documentSha256().equals(hash)) {
            return new Source(
                report.tool() + " " + report.version(), report.takenAt(), report.expiresAt());
          }
        }
        for (SignedAttestation attestation : attestations) {
          if (attestation.documentSha256().equals(hash)) {
            return new Source(
                "Signed by " + attestation.author(),
                attestation.signedAt(),
                attestation.expiresAt());
          }
        }
        if (evidence.path().startsWith(".ssh")) {
          return new Source("Over SSH", host.lastReadAt(), null);
        }
      }
      return null;
    }
  }

  /**
   * What a verdict rests on.
   *
   * @param at as of when it was true; null if nobody says
   * @param lapsesAt null where it stays fresh as long as the host does
   */
  record Source(String words, @Nullable Instant at, @Nullable Instant lapsesAt) {}

  /** What was known at an instant, null for now. */
  Supplied of(long hostId, @Nullable Instant asOf) {
    return new Supplied(
        reports.of(hostId, asOf), attestations.list(hostId, null, asOf, null, MOST_SHOWN));
  }

  UploadedReport upload(long hostId, String log) {
    return reports.upload(hostId, log);
  }

  void sign(AttestationDraft draft) {
    attestations.sign(draft);
  }

  void withdraw(long id) {
    attestations.withdraw(id);
  }
}
