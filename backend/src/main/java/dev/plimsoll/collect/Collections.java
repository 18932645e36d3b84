package dev.plimsoll.collect;

import dev.plimsoll.audit.AuditTrail;
import dev.plimsoll.collect.connect.ConnectionLimits;
import dev.plimsoll.collect.connect.Connector;
import dev.plimsoll.collect.connect.EngineCallException;
import dev.plimsoll.collect.connect.EngineConnection;
import dev.plimsoll.collect.connect.EngineRequest;
import dev.plimsoll.collect.connect.EngineTarget;
import dev.plimsoll.fleet.Credential;
import dev.plimsoll.fleet.Endpoint;
import dev.plimsoll.fleet.HostDraft;
import dev.plimsoll.fleet.HostRecord;
import dev.plimsoll.fleet.Hosts;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.NoSuchHost;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asking for a collection, and trying a connection, outside the schedule. */
@Service
public class Collections {
  private static final ConnectionLimits PATIENCE =
      new ConnectionLimits(Duration.ofSeconds(7), Duration.ofSeconds(8), 2, 8L << 20);
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Hosts hosts;
  private final Attempts attempts;
  private final CollectionSchedule schedule;
  private final Connector connector;
  private final AuditTrail trail;

  Collections(
      Hosts hosts,
      Attempts attempts,
      CollectionSchedule schedule,
      Connector connector,
      AuditTrail trail) {
    this.hosts = hosts;
    this.attempts = attempts;
    this.schedule = schedule;
    this.connector = connector;
    this.trail = trail;
  }

  /**
   * Collects a host now: the ID of the collection that runs already, else of the one that is due at
   * once.
   *
   * @throws NoSuchHost if there is none, or it was decommissioned
   * @throws InvalidInput if it is paused
   */
  @Requires(Permission.COLLECT)
  @Transactional
  public long collectNow(long hostId) {
    HostRecord host =
        hosts
            .forCollection(hostId)
            .filter(found -> found.decommissionedAt() == null)
            .orElseThrow(() -> new NoSuchHost(Long.toString(hostId)));
    if (!host.collected()) {
      throw new InvalidInput(
          "host", "\"" + host.name() + "\" is paused. Resume it before collecting it.");
    }
    Optional<Long> running = attempts.running(hostId);
    if (running.isPresent()) {
      return running.get();
    }
    long collectionId = attempts.request(hostId);
    schedule.dueNow(hostId);
    trail.record(
        "collection.requested",
        "host:" + hostId + " " + host.name(),
        Map.of("collection", collectionId));
    return collectionId;
  }

  /** Reaches the engine that a draft describes and stores nothing; may take up to 15 s. */
  @Requires(Permission.MANAGE_HOSTS)
  @Transactional(propagation = Propagation.NOT_SUPPORTED, readOnly = true)
  public ConnectionTest test(HostDraft draft) {
    EngineTarget target = new EngineTarget(endpoint(draft), draft.credential());
    try (EngineConnection engine = connector.open(target, PATIENCE)) {
      JsonNode info = MAPPER.readTree(engine.get(EngineRequest.info()));
      return new ConnectionTest.Reached(
          info.path("Name").asString(""),
          info.path("ID").asString(""),
          info.path("ServerVersion").asString(""),
          engine.apiVersion(),
          info.path("OperatingSystem").asString(""),
          info.path("Containers").asInt(0),
          warnings(target));
    } catch (EngineCallException e) {
      String detail = e.getMessage();
      return new ConnectionTest.NotReached(e.category(), detail == null ? e.call() : detail);
    } catch (JacksonException e) {
      return new ConnectionTest.NotReached(
          FailureCategory.PROTOCOL, "The answer to GET /info is not JSON.");
    }
  }

  private static Endpoint endpoint(HostDraft draft) {
    try {
      return Endpoint.parse(draft.endpoint(), draft.credential() instanceof Credential.Tls);
    } catch (IllegalArgumentException e) {
      throw new InvalidInput("endpoint", String.valueOf(e.getMessage()));
    }
  }

  private static List<String> warnings(EngineTarget target) {
    List<String> warnings = new ArrayList<>();
    if (target.endpoint() instanceof Endpoint.Tcp && target.credential() == null) {
      warnings.add(
          "TCP without TLS: whoever reaches this port is root on the host. Give a CA, a client"
              + " certificate and a key.");
    }
    return warnings;
  }
}
