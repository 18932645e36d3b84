package dev.plimsoll.retention;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Daily;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When history goes: once a day, by whichever process comes to it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(Retention.class)
class RetentionConfiguration {
  private static final LocalTime AT = LocalTime.of(3, 20);

  @Bean
  Task<Void> retentionTask(RetentionRun run) {
    return Tasks.recurring("retention", new Daily(ZoneOffset.UTC, AT))
        .execute((instance, context) -> run.run());
  }
}
