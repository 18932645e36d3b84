package dev.plimsoll.invariants;

import dev.plimsoll.audit.AuditLog;
import dev.plimsoll.audit.AuditVerification;
import java.util.function.Consumer;

/** Nobody changed who did what. */
final class AuditChainHolds implements Invariant {
  private final AuditLog log;

  AuditChainHolds(AuditLog log) {
    this.log = log;
  }

  @Override
  public String promise() {
    return "The audit trail is what was sealed";
  }

  @Override
  public boolean ofHosts() {
    return false;
  }

  @Override
  public long check(Examined database, Consumer<Violation> violations) {
    AuditVerification verified = log.verify();
    AuditVerification.Broken broken = verified.broken();
    if (broken != null) {
      violations.accept(new Violation("audit_seal", "link " + broken.position(), broken.reason()));
    }
    return verified.links();
  }
}
