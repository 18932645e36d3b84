package dev.plimsoll.backup;

import dev.plimsoll.compliance.Publishing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Judges hosts by a changed policy at once, as far as that takes no longer than anybody would wait;
 * the job of due turns does the rest.
 */
@Component
class PolicyRollout {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyRollout.class);
  private static final Duration AT_ONCE = Duration.ofSeconds(2);
  private static final int MOST = 200;

  private final Publishing publishing;
  private final TransactionTemplate transaction;
  private final Clock clock;

  PolicyRollout(Publishing publishing, PlatformTransactionManager transactions, Clock clock) {
    this.publishing = publishing;
    this.clock = clock;
    transaction = new TransactionTemplate(transactions);
    transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
  void on(BackupPolicies.Changed change) {
    Instant end = clock.instant().plus(AT_ONCE);
    List<Long> hosts = transaction.execute(status -> publishing.hostsWithDueTurns(MOST));
    for (long host : hosts == null ? List.<Long>of() : hosts) {
      if (clock.instant().isAfter(end)) {
        return;
      }
      try {
        transaction.executeWithoutResult(status -> publishing.applyDueTurns(host));
      } catch (RuntimeException e) {
        LOG.error("Judging host {} by a changed policy failed; it is tried again", host, e);
      }
    }
  }
}
