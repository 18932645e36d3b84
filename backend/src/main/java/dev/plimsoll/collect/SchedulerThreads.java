package dev.plimsoll.collect;

import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import dev.plimsoll.home.DatabaseLane;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The scheduler's threads. All of them draw from the database's connections for work. They are the
 * operating system's: judging a host takes processors for as long as it takes, and among virtual
 * threads it would keep people's requests from running meanwhile.
 */
final class SchedulerThreads implements DbSchedulerCustomizer {
  private static final long IDLE_SECONDS = 60;

  /** Due work, heartbeats and the dead each have one, so that none waits for another. */
  private static final int HOUSEKEEPERS = 3;

  private final int threads;

  SchedulerThreads(int threads) {
    this.threads = threads;
  }

  @Override
  public Optional<ExecutorService> executorService() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            named("scheduled-"));
    executor.allowCoreThreadTimeOut(true);
    return Optional.of(executor);
  }

  @Override
  public Optional<ExecutorService> dueExecutor() {
    return Optional.of(Executors.newSingleThreadExecutor(named("scheduler-due-")));
  }

  @Override
  public Optional<ScheduledExecutorService> housekeeperExecutor() {
    return Optional.of(
        Executors.newScheduledThreadPool(HOUSEKEEPERS, named("scheduler-housekeeping-")));
  }

  private static ThreadFactory named(String prefix) {
    ThreadFactory factory = Thread.ofPlatform().name(prefix, 0).daemon().factory();
    return job -> factory.newThread(DatabaseLane.WORK.of(job));
  }
}
