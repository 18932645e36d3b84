package dev.plimsoll.collect.connect;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs work that blocks on the network, and ends it when its time is over.
 *
 * <p>A socket's own timeout starts anew with every byte, so that a trickle never ends it. Here each
 * piece of work has a virtual thread; interrupting one closes the socket that it blocks on ({@link
 * java.net.Socket}, since Java 19), whatever it waits for. What cannot be interrupted, a look-up of
 * a name, is left to end by itself while the caller goes on.
 */
final class BoundedWork implements AutoCloseable {
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("engine-call-", 0).factory());

  /**
   * Runs work to its end or to that of its time.
   *
   * @throws TimeoutException if its time was over
   * @throws ExecutionException if it failed
   * @throws InterruptedException if the caller was interrupted; the work is ended then too
   */
  <T> T within(Duration limit, Callable<T> work)
      throws TimeoutException, ExecutionException, InterruptedException {
    Future<T> future = threads.submit(work);
    try {
      return future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      future.cancel(true);
    }
  }

  /** Ends all work under way, which then fails. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
