package dev.plimsoll.retention;

import java.time.Clock;
import org.springframework.context.ApplicationContext;

/** Lets benchmarks have history go without waiting for the night. */
public final class RetentionProbe {
  private RetentionProbe() {}

  /** One run of the daily job under other settings and another clock. */
  public static void run(ApplicationContext portal, Retention retention, Clock clock) {
    new RetentionRun(
            retention,
            portal.getBean(Horizon.class),
            portal.getBean(MonthPartitions.class),
            portal.getBeanProvider(Expiry.class),
            clock)
        .run();
  }
}
