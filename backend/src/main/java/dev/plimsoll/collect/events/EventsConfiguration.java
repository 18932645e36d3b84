package dev.plimsoll.collect.events;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What runs by the clock beside the streams themselves. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EventLimits.class)
class EventsConfiguration {
  @Bean
  Task<Void> eventRetentionTask(EventRetention retention) {
    return Tasks.recurring("event-retention", FixedDelay.of(Duration.ofHours(1)))
        .execute((instance, context) -> retention.trim());
  }
}
