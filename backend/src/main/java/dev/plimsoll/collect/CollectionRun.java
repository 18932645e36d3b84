package dev.plimsoll.collect;

import dev.plimsoll.checklist.HostFacts;
import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.ReadingSwitch;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.collect.connect.Connector;
import dev.plimsoll.collect.connect.EngineCallException;
import dev.plimsoll.collect.connect.EngineConnection;
import dev.plimsoll.collect.connect.EngineRequest;
import dev.plimsoll.collect.connect.EngineTarget;
import dev.plimsoll.collect.events.HeardEvents;
import dev.plimsoll.collect.read.HostRead;
import dev.plimsoll.collect.read.ReadOrder;
import dev.plimsoll.collect.read.WorkSlots;
import dev.plimsoll.compliance.Publishing;
import dev.plimsoll.fleet.Credential;
import dev.plimsoll.fleet.Endpoint;
import dev.plimsoll.fleet.HostRecord;
import dev.plimsoll.fleet.HostSwitches;
import dev.plimsoll.fleet.Hosts;
import dev.plimsoll.inventory.HostSighting;
import dev.plimsoll.inventory.KnownSubjects;
import dev.plimsoll.inventory.Sighting;
import dev.plimsoll.permission.PortalItself;
import dev.plimsoll.scanning.ImageFiles;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One collection from beginning to end: connect, read, mask, store, judge, score, publish. Whatever
 * happens, its row says how it ended; what was known stays known unless something new is.
 */
@Component
@PortalItself
class CollectionRun {
  private static final Logger LOG = LoggerFactory.getLogger(CollectionRun.class);

  private final Hosts hosts;
  private final Attempts attempts;
  private final Connector connector;
  private final HostRead hostRead;
  private final KnownSubjects known;
  private final HostSwitches switches;
  private final HostFiles hostFiles;
  private final HeardEvents heard;
  private final ImageFiles imageFiles;
  private final SizeAttempts sizes;
  private final Publishing publishing;
  private final TransactionTemplate transaction;
  private final CollectionLimits limits;
  private final AnswerMemory answerMemory;
  private final WorkSlots slots;

  CollectionRun(
      Hosts hosts,
      Attempts attempts,
      Connector connector,
      HostRead hostRead,
      KnownSubjects known,
      HostSwitches switches,
      HostFiles hostFiles,
      HeardEvents heard,
      ImageFiles imageFiles,
      SizeAttempts sizes,
      Publishing publishing,
      TransactionTemplate transaction,
      CollectionLimits limits,
      AnswerMemory answerMemory,
      WorkSlots slots) {
    this.hosts = hosts;
    this.attempts = attempts;
    this.connector = connector;
    this.hostRead = hostRead;
    this.known = known;
    this.switches = switches;
    this.hostFiles = hostFiles;
    this.heard = heard;
    this.imageFiles = imageFiles;
    this.sizes = sizes;
    this.publishing = publishing;
    this.transaction = transaction;
    this.limits = limits;
    this.answerMemory = answerMemory;
    this.slots = slots;
  }

  /**
   * Collects a host.
   *
   * @return its interval, empty if it is not to be collected any more
   */
  Optional<Duration> run(long hostId) {
    Optional<HostRecord> host = hosts.forCollection(hostId);
    if (host.isEmpty() || !host.get().collected()) {
      attempts.giveUp(hostId, "The host is paused or decommissioned.");
      return Optional.empty();
    }
    long collectionId = attempts.begin(hostId);
    try (AnswerMemory.Share memory = answerMemory.share()) {
      HostSighting found = read(host.get(), memory);
      boolean published = slots.work(() -> publish(hostId, collectionId, found));
      if (!published) {
        LOG.warn(
            "Collection {} of host {} is not published: another process took it over",
            collectionId,
            hostId);
      }
    } catch (EngineCallException e) {
      String detail = e.getMessage();
      failed(hostId, collectionId, e.category(), detail == null ? e.call() : detail);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failed(hostId, collectionId, FailureCategory.INTERNAL, "The portal was shutting down.");
    } catch (RuntimeException e) {
      LOG.error(
          "Collection {} of host {} failed by a fault of the portal", collectionId, hostId, e);
      failed(
          hostId,
          collectionId,
          FailureCategory.INTERNAL,
          "A fault of the portal: its log has the details under collection " + collectionId + ".");
    }
    return Optional.of(Duration.ofSeconds(host.get().intervalSeconds()));
  }

  /** Publishes what was found, unless the attempt is another process's by now. */
  private boolean publish(long hostId, long collectionId, HostSighting found) {
    Boolean ours =
        transaction.execute(
            status -> {
              if (!attempts.hold(collectionId)) {
                return false;
              }
              Publishing.Result result = publishing.publish(hostId, collectionId, found);
              attempts.finish(collectionId, found, result.documentsNew(), result.at());
              sizes.want(hostId);
              if (switches.now(hostId).contains(ReadingSwitch.IMAGE_FILES)) {
                imageFiles.want(hostId, imagesInUse(found));
              }
              return true;
            });
    return Boolean.TRUE.equals(ours);
  }

  /** Images that a container was made from: of others nobody asks what is inside. */
  private static Set<String> imagesInUse(HostSighting found) {
    Set<String> images = new HashSet<>();
    for (Sighting sighting : found.sightings()) {
      if (sighting instanceof Sighting.Seen seen && seen.kind() == SubjectKind.CONTAINER) {
        String image = seen.document().json().path("Image").asString("");
        if (EngineRequest.isImageId(image)) {
          images.add(image);
        }
      }
    }
    return images;
  }

  private HostSighting read(HostRecord host, AnswerMemory.Share memory)
      throws EngineCallException, InterruptedException {
    Credential credential = hosts.credentialForCollection(host.id()).orElse(null);
    EngineTarget target = new EngineTarget(host.endpoint(), credential);
    Set<ReadingSwitch> switchedOn = switches.now(host.id());
    return hostFiles.readBeside(readEngine(host, target, switchedOn, memory), target, switchedOn);
  }

  private HostSighting readEngine(
      HostRecord host,
      EngineTarget target,
      Set<ReadingSwitch> switchedOn,
      AnswerMemory.Share memory)
      throws EngineCallException, InterruptedException {
    AtomicBoolean late = new AtomicBoolean();
    try (EngineConnection engine = connector.open(target, limits.ofConnection().within(memory))) {
      memory.begin(); // it has answered: what follows needs room
      Thread watch = closeAfter(engine, limits.total(), late);
      try {
        return hostRead.read(
            engine,
            new ReadOrder(
                transport(host.endpoint(), target.credential()),
                switchedOn,
                known.imagesRead(host.id()),
                () -> known.observations(host.id()),
                () -> heard.of(host.id())));
      } catch (EngineCallException e) {
        throw late.get() ? tookTooLong(e) : e;
      } finally {
        watch.interrupt();
      }
    }
  }

  private EngineCallException tookTooLong(EngineCallException e) {
    return new EngineCallException(
        FailureCategory.TIMEOUT,
        e.call(),
        0,
        "The collection took longer than " + limits.total().toSeconds() + " s and was ended.",
        e);
  }

  private static Thread closeAfter(EngineConnection engine, Duration limit, AtomicBoolean late) {
    return Thread.ofVirtual()
        .name("collection-watch")
        .start(
            () -> {
              try {
                Thread.sleep(limit);
                late.set(true);
                engine.close();
              } catch (InterruptedException e) {
                // The read ended in time.
                Thread.currentThread().interrupt();
              }
            });
  }

  private void failed(long hostId, long collectionId, FailureCategory category, String detail) {
    LOG.info("Collection {} of host {} failed: {} {}", collectionId, hostId, category, detail);
    Boolean ours =
        transaction.execute(
            status -> {
              boolean failed = attempts.fail(collectionId, category, detail);
              if (failed) {
                publishing.announce(hostId, collectionId);
              }
              return failed;
            });
    if (!Boolean.TRUE.equals(ours)) {
      return; // another process took it over, and tells how it ended
    }
    // A host that was never read joins every mean with 0 at its first finished attempt.
    Attempts.LastRead last = attempts.lastReads(java.util.List.of(hostId)).get(hostId);
    if (last != null && last.readAt().isEmpty()) {
      publishing.markStale(hostId, last.attemptedAt(), new Reading.Unread("connect", 0, detail));
    }
  }

  static HostFacts.Transport transport(Endpoint endpoint, @Nullable Credential credential) {
    return switch (endpoint) {
      case Endpoint.Unix unix -> HostFacts.Transport.UNIX;
      case Endpoint.Ssh ssh -> HostFacts.Transport.SSH;
      case Endpoint.Tcp tcp ->
          credential instanceof Credential.Tls ? HostFacts.Transport.TLS : HostFacts.Transport.TCP;
    };
  }
}
