package dev.plimsoll.retention;

import dev.plimsoll.permission.PortalItself;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Lets go of what is not kept any more. Interrupted anywhere, the next run goes on. */
@Component
@PortalItself
class RetentionRun {
  private static final Logger LOG = LoggerFactory.getLogger(RetentionRun.class);
  private static final int ROWS_AT_ONCE = 5_000;

  private final Retention retention;
  private final Horizon horizon;
  private final MonthPartitions months;
  private final List<Expiry> expiries;
  private final Clock clock;

  RetentionRun(
      Retention retention,
      Horizon horizon,
      MonthPartitions months,
      ObjectProvider<Expiry> expiries,
      @Qualifier("publishClock") Clock clock) {
    this.retention = retention;
    this.horizon = horizon;
    this.months = months;
    this.expiries = expiries.orderedStream().toList();
    this.clock = clock;
  }

  void run() {
    Retention.Kept kept = retention.at(clock.instant());
    horizon.raise(kept.history());
    long strays = months.settle(kept);
    List<String> dropped = months.drop(kept);
    long rows = 0;
    for (Expiry expiry : expiries) {
      int gone;
      do {
        gone = expiry.expire(kept, ROWS_AT_ONCE);
        rows += gone;
      } while (gone >= ROWS_AT_ONCE);
    }
    if (strays > 0) {
      LOG.info("{} rows lay in no month and were brought into theirs", strays);
    }
    if (!dropped.isEmpty() || rows > 0) {
      LOG.info("History before {} went: {}, and {} rows", kept.history(), dropped, rows);
    }
  }
}
