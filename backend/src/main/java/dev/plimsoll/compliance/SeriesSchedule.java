package dev.plimsoll.compliance;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When the past is told again: soon after a line broke, by one process. */
@Configuration(proxyBeanMethods = false)
class SeriesSchedule {
  private static final Duration LOOKS_EVERY = Duration.ofSeconds(10);

  @Bean
  RecurringTask<Void> tellTheSecondSeries(SecondSeries series) {
    return Tasks.recurring("second-series", FixedDelay.of(LOOKS_EVERY))
        .execute(
            (instance, context) ->
                series.proceed(() -> context.getSchedulerState().isShuttingDown()));
  }
}
