package dev.plimsoll.collect;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.plimsoll.collect.read.HostRead;
import dev.plimsoll.home.MaskingKey;
import dev.plimsoll.inventory.SecretMasking;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/** What runs by the clock, and what a collection is put together from. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CollectionLimits.class)
class CollectConfiguration {
  private static final Duration HOUSEKEEPING = Duration.ofSeconds(20);

  @Bean
  HostRead hostRead(Clock clock, MaskingKey key) {
    return new HostRead(clock, new SecretMasking(key.key()));
  }

  /** A process that only serves pages asks for collections without running any. */
  @Bean
  @ConditionalOnProperty(name = "db-scheduler.enabled", havingValue = "false")
  SchedulerClient schedulerClient(DataSource dataSource) {
    return SchedulerClient.Builder.create(new TransactionAwareDataSourceProxy(dataSource)).build();
  }

  @Bean
  Task<Void> collectHostTask(CollectionRun run, Attempts attempts, Clock clock) {
    return Tasks.custom(CollectionSchedule.COLLECT)
        .onDeadExecutionRevive()
        .onFailure(
            (complete, operations) ->
                operations.reschedule(complete, clock.instant().plus(CollectionRhythm.FIRST_RETRY)))
        .execute(
            (instance, context) -> {
              long hostId = Long.parseLong(instance.getId());
              Optional<Duration> interval = run.run(hostId);
              int failures = attempts.failuresInARow(hostId);
              return (complete, operations) ->
                  interval.ifPresentOrElse(
                      length ->
                          operations.reschedule(
                              complete,
                              // Asked for again while this one ran: at once.
                              attempts.running(hostId).isPresent()
                                  ? clock.instant()
                                  : next(clock.instant(), length, failures)),
                      operations::stop);
            });
  }

  private static Instant next(Instant now, Duration interval, int failures) {
    return CollectionRhythm.next(now, interval, failures, ThreadLocalRandom.current().nextDouble());
  }

  @Bean
  Task<Void> housekeepingTask(Housekeeping housekeeping) {
    return Tasks.recurring("housekeeping", FixedDelay.of(HOUSEKEEPING))
        .execute((instance, context) -> housekeeping.run());
  }

  @Bean
  Task<Void> partitionsTask(Housekeeping housekeeping) {
    return Tasks.recurring("partitions", FixedDelay.of(Duration.ofHours(12)))
        .execute((instance, context) -> housekeeping.makePartitions());
  }
}
