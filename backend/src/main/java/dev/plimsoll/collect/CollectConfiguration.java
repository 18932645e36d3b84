package dev.plimsoll.collect;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.plimsoll.collect.read.HostRead;
import dev.plimsoll.collect.read.WorkSlots;
import dev.plimsoll.home.DatabaseLane;
import dev.plimsoll.home.DatabasePools;
import dev.plimsoll.home.MaskingKey;
import dev.plimsoll.home.PortalSettings;
import dev.plimsoll.inventory.SecretMasking;
import dev.plimsoll.scanning.ArchiveLimits;
import dev.plimsoll.scanning.ImageFilesReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/** What runs by the clock, and what a collection is put together from. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({CollectionLimits.class, SizeLimits.class})
class CollectConfiguration {
  private static final Duration HOUSEKEEPING = Duration.ofSeconds(20);
  private static final Duration IMAGE_FILES = Duration.ofSeconds(20);
  private static final Duration SIZES = Duration.ofSeconds(20);

  /** Images are read by so many jobs at once, in all processes together. */
  private static final int IMAGE_LANES = 2;

  @Bean
  SecretMasking secretMasking(MaskingKey key) {
    return new SecretMasking(key.key());
  }

  @Bean
  WorkSlots workSlots(PortalSettings settings) {
    return new WorkSlots(settings.collectConcurrency());
  }

  @Bean
  AnswerMemory answerMemory(CollectionLimits limits) {
    return new AnswerMemory(
        Runtime.getRuntime().maxMemory() / limits.answersOfHeap(),
        limits.answerPatience().toMillis());
  }

  @Bean
  Admission admission(CollectionLimits limits, DatabasePools pools) {
    return new Admission(
        limits.underWay(),
        Admission::heapAfterCollection,
        () -> pools.waiting(DatabaseLane.WEB) > 0);
  }

  /** Whatever the scheduler does draws from the connections for work. */
  @Bean
  DbSchedulerCustomizer schedulerThreads(@Value("${db-scheduler.threads}") int threads) {
    return new SchedulerThreads(threads);
  }

  @Bean
  HostRead hostRead(Clock clock, SecretMasking masking, WorkSlots slots) {
    return new HostRead(clock, masking, slots);
  }

  @Bean
  ImageFilesReader imageFilesReader() {
    return new ImageFilesReader(ArchiveLimits.DEFAULT);
  }

  @Bean
  Task<Void> imageFilesOfEvenHostsTask(ImageFilesRun run) {
    return imageFiles(run, 0);
  }

  @Bean
  Task<Void> imageFilesOfOddHostsTask(ImageFilesRun run) {
    return imageFiles(run, 1);
  }

  private static Task<Void> imageFiles(ImageFilesRun run, int lane) {
    return Tasks.recurring("image-files-" + lane, FixedDelay.of(IMAGE_FILES))
        .execute((instance, context) -> run.run(lane, IMAGE_LANES));
  }

  @Bean
  Task<Void> sizesTask(SizesRun run) {
    return Tasks.recurring("sizes", FixedDelay.of(SIZES))
        .execute((instance, context) -> run.beginDue());
  }

  /** A process that only serves pages asks for collections without running any. */
  @Bean
  @ConditionalOnProperty(name = "db-scheduler.enabled", havingValue = "false")
  SchedulerClient schedulerClient(DataSource dataSource) {
    return SchedulerClient.Builder.create(new TransactionAwareDataSourceProxy(dataSource)).build();
  }

  @Bean
  Task<Void> collectHostTask(
      CollectionRun run,
      Attempts attempts,
      Clock clock,
      Admission admission,
      CollectionFigures figures,
      CollectionLimits limits) {
    return Tasks.custom(CollectionSchedule.COLLECT)
        .onDeadExecutionRevive()
        .onFailure(
            (complete, operations) ->
                operations.reschedule(complete, clock.instant().plus(CollectionRhythm.FIRST_RETRY)))
        .execute(
            (instance, context) -> {
              Admission.Shed shed = admission.enter();
              if (shed != null) {
                figures.shed(shed);
                return (complete, operations) ->
                    operations.reschedule(complete, after(clock.instant(), limits.shedFor()));
              }
              long hostId = Long.parseLong(instance.getId());
              Optional<Duration> interval;
              try {
                interval = run.run(hostId);
              } finally {
                admission.leave();
              }
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

  /** Later by up to twice as long, so that not all that was shed comes back at once. */
  private static Instant after(Instant now, Duration pause) {
    double times = 1 + ThreadLocalRandom.current().nextDouble();
    return now.plusMillis((long) (pause.toMillis() * times));
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
