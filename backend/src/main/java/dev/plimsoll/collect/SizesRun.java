package dev.plimsoll.collect;

import dev.plimsoll.backup.DataSizes;
import dev.plimsoll.checklist.Reading;
import dev.plimsoll.collect.connect.Connector;
import dev.plimsoll.collect.connect.EngineCallException;
import dev.plimsoll.collect.connect.EngineConnection;
import dev.plimsoll.collect.connect.EngineRequest;
import dev.plimsoll.collect.connect.EngineTarget;
import dev.plimsoll.collect.read.DiskUsage;
import dev.plimsoll.collect.read.DiskUsageReader;
import dev.plimsoll.compliance.Publishing;
import dev.plimsoll.compliance.Rejudging;
import dev.plimsoll.fleet.HostRecord;
import dev.plimsoll.fleet.Hosts;
import dev.plimsoll.permission.PortalItself;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Asks engines how large their data is: beside collections and on threads of its own, because an
 * engine may take minutes to add it up.
 */
@Component
@PortalItself
class SizesRun implements DisposableBean {
  private static final Logger LOG = LoggerFactory.getLogger(SizesRun.class);
  private static final int SECONDS_TO_END = 10;

  private final Hosts hosts;
  private final Connector connector;
  private final SizeAttempts attempts;
  private final DataSizes sizes;
  private final Publishing publishing;
  private final Rejudging rejudging;
  private final TransactionTemplate transaction;
  private final CollectionLimits collectionLimits;
  private final SizeLimits limits;
  private final Semaphore free;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("sizes-", 0).factory());

  SizesRun(
      Hosts hosts,
      Connector connector,
      SizeAttempts attempts,
      DataSizes sizes,
      Publishing publishing,
      Rejudging rejudging,
      TransactionTemplate transaction,
      CollectionLimits collectionLimits,
      SizeLimits limits) {
    this.hosts = hosts;
    this.connector = connector;
    this.attempts = attempts;
    this.sizes = sizes;
    this.publishing = publishing;
    this.rejudging = rejudging;
    this.transaction = transaction;
    this.collectionLimits = collectionLimits;
    this.limits = limits;
    this.free = new Semaphore(limits.parallel());
  }

  /**
   * Begins to measure hosts that are due, as many as have room beside those under way, and waits
   * for none of them: whoever waited would hold a thread that collects.
   */
  void beginDue() {
    int room = free.drainPermits();
    int begun = 0;
    try {
      for (long hostId : room == 0 ? List.<Long>of() : attempts.due(room)) {
        Optional<SizeAttempts.Attempt> attempt = begin(hostId);
        if (attempt.isPresent()) {
          threads.execute(() -> measure(attempt.get()));
          begun++;
        }
      }
    } finally {
      free.release(room - begun);
    }
  }

  @Override
  public void destroy() throws InterruptedException {
    threads.shutdownNow();
    if (!threads.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
      LOG.warn("Readings of sizes did not end in time; others will take them for lost");
    }
  }

  private Optional<SizeAttempts.Attempt> begin(long hostId) {
    Optional<HostRecord> host = hosts.forCollection(hostId);
    if (host.isEmpty() || host.get().decommissionedAt() != null) {
      attempts.forget(hostId);
      return Optional.empty();
    }
    if (!host.get().collected()) {
      attempts.rest(hostId);
      return Optional.empty();
    }
    return attempts.begin(hostId);
  }

  private void measure(SizeAttempts.Attempt attempt) {
    try {
      Optional<HostRecord> host = hosts.forCollection(attempt.hostId());
      if (host.isPresent()) {
        measure(attempt, host.get());
      }
    } catch (EngineCallException e) {
      if (Thread.interrupted()) { // the portal is being stopped
        attempts.handBack(attempt);
        return;
      }
      LOG.info(
          "Data of host {} was not measured: {} {}",
          attempt.hostId(),
          e.category(),
          e.getMessage());
      String detail = e.getMessage();
      attempts.fail(
          attempt, new Reading.Unread(e.call(), e.status(), detail == null ? "" : detail));
    } catch (RuntimeException e) {
      LOG.error("Measuring the data of host {} failed", attempt.hostId(), e);
      attempts.fail(
          attempt,
          new Reading.Unread(
              "GET /system/df", 0, "A fault of the portal: its log has the details."));
    } finally {
      free.release();
    }
  }

  private void measure(SizeAttempts.Attempt attempt, HostRecord host) throws EngineCallException {
    EngineTarget target =
        new EngineTarget(host.endpoint(), hosts.credentialForCollection(host.id()).orElse(null));
    try (EngineConnection engine = connector.open(target, collectionLimits.ofConnection())) {
      EngineRequest request =
          engine.speaks(EngineRequest.DISK_USAGE_BY_TYPE)
              ? EngineRequest.diskUsageOfData()
              : EngineRequest.diskUsage();
      switch (engine.stream(request, limits.limit(), DiskUsageReader::read)) {
        case DiskUsage.Told(DataSizes.Measured measured) -> keep(attempt, measured);
        case DiskUsage.Unreadable(String sentence) ->
            attempts.fail(attempt, new Reading.Unread(request.call(), 200, sentence));
      }
    }
  }

  private void keep(SizeAttempts.Attempt attempt, DataSizes.Measured measured) {
    transaction.executeWithoutResult(
        status -> {
          Instant at = publishing.told(attempt.hostId());
          if (sizes.record(attempt.hostId(), at, measured)) {
            rejudging.request(List.of(attempt.hostId()));
          }
          attempts.finish(attempt, at, measured);
        });
  }
}
