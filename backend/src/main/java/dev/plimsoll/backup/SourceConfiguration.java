package dev.plimsoll.backup;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.plimsoll.backup.source.Programs;
import dev.plimsoll.backup.source.ResticRestore;
import dev.plimsoll.backup.source.Scratch;
import dev.plimsoll.backup.source.SnapshotReaders;
import dev.plimsoll.home.PlimsollHome;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What reads backup sources, and when. */
@Configuration(proxyBeanMethods = false)
class SourceConfiguration {
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final Duration CHECKS = Duration.ofMinutes(1);

  @Bean(destroyMethod = "close")
  Programs backupPrograms(PlimsollHome home) {
    return new Programs(home.resolve("cache"));
  }

  @Bean
  SnapshotReaders snapshotReaders(
      Programs programs,
      @Value("${plimsoll.restic-program:restic}") String restic,
      @Value("${plimsoll.borg-program:borg}") String borg,
      Clock clock) {
    return new SnapshotReaders(programs, restic, borg, clock);
  }

  @Bean
  ResticRestore resticRestore(
      Programs programs, @Value("${plimsoll.restic-program:restic}") String restic) {
    return new ResticRestore(programs, restic);
  }

  @Bean
  Scratch scratch(PlimsollHome home) {
    return new Scratch(home.resolve("scratch"));
  }

  @Bean
  Task<Void> restoreDrillsTask(DrillRun run) {
    return Tasks.recurring("restore-drills", FixedDelay.of(LOOK))
        .execute((instance, context) -> run.run());
  }

  // Sources are read by so many jobs at once, in all processes together.

  @Bean
  Task<Void> firstBackupSourcesTask(SourceRun run) {
    return Tasks.recurring("backup-sources-0", FixedDelay.of(LOOK))
        .execute(
            (instance, context) -> {
              run.endRemoved();
              run.run(0);
            });
  }

  @Bean
  Task<Void> secondBackupSourcesTask(SourceRun run) {
    return Tasks.recurring("backup-sources-1", FixedDelay.of(LOOK))
        .execute((instance, context) -> run.run(1));
  }

  @Bean
  Task<Void> backupChecksTask(SourceChecks checks) {
    return Tasks.recurring("backup-checks", FixedDelay.of(CHECKS))
        .execute((instance, context) -> checks.run());
  }
}
