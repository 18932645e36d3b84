package dev.plimsoll.audit;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When the trail is sealed: every minute, by one process. */
@Configuration(proxyBeanMethods = false)
class AuditSchedule {
  @Bean
  RecurringTask<Void> auditSeal(AuditSealing sealing) {
    return Tasks.recurring("audit-seal", FixedDelay.ofMinutes(1))
        .execute(
            (instance, context) -> {
              while (sealing.seal() == AuditSealing.BATCH) {
                // The next batch follows at once.
              }
            });
  }
}
