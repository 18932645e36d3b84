package dev.plimsoll.compliance;

import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.ReadingSwitch;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.fleet.GroupsChanged;
import dev.plimsoll.fleet.HostChanged;
import dev.plimsoll.inventory.HostSighting;
import dev.plimsoll.inventory.Ledger;
import dev.plimsoll.inventory.Sha256;
import dev.plimsoll.inventory.Sighting;
import dev.plimsoll.inventory.StoredFacts;
import dev.plimsoll.permission.PortalItself;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;

/**
 * Makes what was found of a host known: store, judge, score, publish, all in one transaction and at
 * one instant. Either all of it can be read afterwards, or none.
 */
@Component
@PortalItself
public class Publishing {
  private static final Set<SubjectKind> LISTS =
      Set.of(
          SubjectKind.ENGINE,
          SubjectKind.CONTAINER,
          SubjectKind.IMAGE,
          SubjectKind.VOLUME,
          SubjectKind.NETWORK);

  private static final long HOST_LOCK = 0x706c_0000_0000_0000L;
  private static final Duration TICK = Duration.ofNanos(1000);

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Ledger ledger;
  private final StoredFacts storedFacts;
  private final VerdictLedger verdicts;
  private final FindingLedger findings;
  private final ScoreLedger scores;
  private final Catalogues catalogues;
  private final Resolutions resolutions;
  private final Rejudging rejudging;
  private final HostProfiles profiles;
  private final ProfileDrift drift;
  private final List<PublishStep> steps;

  Publishing(
      JdbcClient jdbc,
      @Qualifier("publishClock") Clock clock,
      Ledger ledger,
      StoredFacts storedFacts,
      VerdictLedger verdicts,
      FindingLedger findings,
      ScoreLedger scores,
      Catalogues catalogues,
      Rejudging rejudging,
      HostProfiles profiles,
      ProfileDrift drift,
      Resolutions resolutions,
      ObjectProvider<PublishStep> steps) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.ledger = ledger;
    this.storedFacts = storedFacts;
    this.verdicts = verdicts;
    this.findings = findings;
    this.scores = scores;
    this.catalogues = catalogues;
    this.resolutions = resolutions;
    this.steps = steps.orderedStream().toList();
    this.rejudging = rejudging;
    this.profiles = profiles;
    this.drift = drift;
  }

  /**
   * What publishing did.
   *
   * @param at the publish instant
   * @param documentsNew documents that had never been stored before
   */
  public record Result(Instant at, int documentsNew) {}

  /**
   * Publishes what a collection found, in the caller's transaction. Where nothing changed, nothing
   * is written.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Result publish(long hostId, long collectionId, HostSighting found) {
    lock(hostId);
    Optional<Publication> before = publication(hostId);
    Instant now = now();
    Optional<Publication> turned = before.map(last -> applyDueTurns(hostId, last, now));
    Instant at = laterThan(turned, now);

    String engineId = engineId(found, turned);
    boolean newEngine =
        turned.map(Publication::engineId).filter(known -> !known.equals(engineId)).isPresent();
    Ledger.Recorded recorded = ledger.record(hostId, collectionId, at, found, newEngine);
    Set<String> kindsRead = new TreeSet<>(turned.map(Publication::kindsRead).orElse(Set.of()));
    boolean firstRead = kindsRead.addAll(kindsRead(found));
    boolean otherCatalogue =
        turned.map(last -> last.catalogueVersion() != catalogues.current().number()).orElse(true);
    Instant requested = before.map(Publication::requestedAt).orElse(null);
    if (recorded.changed() || firstRead || otherCatalogue || requested != null) {
      judge(hostId, at, engineId, kindsRead, requested, atHand(found));
      resolutions.explain(hostId, at, collectionId);
    }
    announce(hostId, collectionId);
    return new Result(at, recorded.documentsNew());
  }

  /**
   * Says that a collection ended without anything new to tell, or was refused, in the caller's
   * transaction.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void announce(long hostId, long collectionId) {
    jdbc.sql("select pg_notify(?, ?)")
        .param(PublishedChannel.NAME)
        .param(hostId + ":" + collectionId)
        .query((row, n) -> true)
        .single();
  }

  /**
   * Marks a host as stale: from {@code due} on its verdicts are unknown, its score 0, its grade U.
   * Does nothing if it is stale already.
   *
   * @param due the instant at which what was known lost its freshness
   */
  @Transactional
  public void markStale(long hostId, Instant due, Reading.Unread problem) {
    lock(hostId);
    Instant now = now();
    Optional<Publication> last =
        publication(hostId).map(before -> applyDueTurns(hostId, before, due));
    Instant at = laterThan(last, due);
    if (at.isAfter(now) || !ledger.markStale(hostId, at, problem)) {
      return;
    }
    judge(
        hostId,
        at,
        last.map(Publication::engineId).orElse(null),
        last.map(Publication::kindsRead).orElse(Set.of()),
        null,
        Map.of());
    announce(hostId, 0);
  }

  /**
   * The instant at which a person tells something of a host, in the caller's transaction: later
   * than all that is published, and kept so until the transaction ends.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Instant told(long hostId) {
    lock(hostId);
    Instant now = now();
    return laterThan(publication(hostId).map(last -> applyDueTurns(hostId, last, now)), now);
  }

  /**
   * The same for something of a host's own files: from then on they are judged, whether or not a
   * collection ever reads them.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Instant toldOfHostFiles(long hostId) {
    Instant at = told(hostId);
    ledger.beginHostFiles(hostId, at);
    return at;
  }

  /**
   * Writes what time alone has changed on a host by now, each at the instant at which it did, and
   * judges the host anew if that was asked for.
   */
  @Transactional
  public void applyDueTurns(long hostId) {
    lock(hostId);
    Instant now = now();
    publication(hostId)
        .filter(last -> last.requestedAt() != null || !last.nextTurnAt().isAfter(now))
        .ifPresent(
            last -> {
              Publication turned = applyDueTurns(hostId, last, now);
              if (last.requestedAt() != null) {
                judge(
                    hostId,
                    laterThan(Optional.of(turned), now),
                    last.engineId(),
                    last.kindsRead(),
                    last.requestedAt(),
                    Map.of());
              }
              announce(hostId, 0);
            });
  }

  /**
   * Hosts on which time alone changes something by now, or which are to be judged anew; longest due
   * first.
   */
  @Transactional(readOnly = true)
  public List<Long> hostsWithDueTurns(int limit) {
    return jdbc.sql(
            """
            select host_id from (
              (select host_id, next_turn_at due from host_publication where next_turn_at <= :now
               order by next_turn_at limit :most)
              union all
              (select host_id, requested_at from host_publication where requested_at is not null
               order by requested_at limit :most)) d
            group by host_id order by min(due) limit :most
            """)
        .param("now", now().atOffset(ZoneOffset.UTC))
        .param("most", limit)
        .query(Long.class)
        .list();
  }

  /** Who belongs to a mean, and with what weight, changed: groups and fleet are scored anew. */
  @EventListener
  @Transactional(propagation = Propagation.MANDATORY)
  void onHostChanged(HostChanged change) {
    switch (change.kind()) {
      case EDITED, DECOMMISSIONED -> {
        drift.rejudge(now());
        scores.rollUp(now());
        announce(change.hostId(), 0);
      }
      case READ_OTHERWISE -> {
        rejudging.request(List.of(change.hostId()));
        announce(change.hostId(), 0);
      }
      case ADDED, REACHED_ANEW, PAUSED, RESUMED -> announce(change.hostId(), 0);
    }
  }

  /** Who belongs to which group changed: groups are scored anew. */
  @EventListener
  @Transactional(propagation = Propagation.MANDATORY)
  void onGroupsChanged(GroupsChanged change) {
    drift.rejudge(now());
    scores.rollUp(now());
  }

  private Publication applyDueTurns(long hostId, Publication last, Instant until) {
    Publication current = last;
    while (!current.nextTurnAt().isAfter(until)) {
      // A turn that is foreseen late may stand at an instant that is published already.
      Instant at = laterThan(Optional.of(current), current.nextTurnAt());
      current = judge(hostId, at, current.engineId(), current.kindsRead(), null, Map.of());
    }
    return current;
  }

  /**
   * Judges a host as it is known at an instant.
   *
   * @param answered the request that this answers; null if one that stands goes on standing
   */
  private Publication judge(
      long hostId,
      Instant at,
      @Nullable String engineId,
      Set<String> kindsRead,
      @Nullable Instant answered,
      Map<Sha256, JsonNode> atHand) {
    StoredFacts.Known known = storedFacts.asOf(hostId, at, atHand);
    Catalogues.Numbered catalogue = catalogues.current();
    List<Judgement> judgements = Judge.judge(catalogue.checklist(), known);
    Set<SubjectKind> blind = known.facts().unreadLists().keySet();
    Set<String> blindWords = blind.stream().map(SubjectKind::word).collect(Collectors.toSet());
    verdicts.record(
        hostId,
        at,
        catalogue.number(),
        judgements.stream().filter(j -> !blind.contains(j.kind())).toList(),
        blindWords);
    Profile profile = profiles.of(hostId, at);
    Set<ReadingSwitch> on = known.facts().switchedOn();
    Weights weights = Weights.of(profile, catalogue.checklist().rules(), on);
    findings.reconcile(hostId, at, blindWords, weights);
    scores.record(
        hostId,
        at,
        ScoreBasis.of(profile, catalogue.number(), on),
        weights.size(),
        HostScoring.score(judgements, kindsRead, stale(hostId), weights));
    List<@Nullable Instant> kept =
        steps.stream().map(step -> step.publish(hostId, at, known)).toList();
    Instant next =
        Stream.concat(judgements.stream().map(Judgement::nextTurn), kept.stream())
            .filter(turn -> turn != null && turn.isAfter(at))
            .min(Instant::compareTo)
            .orElse(Publication.NEVER);
    Publication publication =
        new Publication(at, engineId, catalogue.number(), next, Set.copyOf(kindsRead), null);
    store(hostId, publication, answered);
    return publication;
  }

  private boolean stale(long hostId) {
    return jdbc.sql(
            "select exists (select 1 from host_blindness"
                + " where host_id = ? and scope = 'stale' and valid_to = 'infinity')")
        .param(hostId)
        .query(Boolean.class)
        .single();
  }

  private void lock(long hostId) {
    jdbc.sql("select pg_advisory_xact_lock(?)")
        .param(HOST_LOCK | hostId)
        .query((row, n) -> true)
        .single();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** Bounds of one host's intervals only ever rise, even where a clock was set back. */
  private static Instant laterThan(Optional<Publication> last, Instant at) {
    return last.map(Publication::at)
        .filter(before -> !before.isBefore(at))
        .map(before -> before.plus(TICK))
        .orElse(at);
  }

  private static @Nullable String engineId(HostSighting found, Optional<Publication> last) {
    return found.engineId().isEmpty()
        ? last.map(Publication::engineId).orElse(null)
        : found.engineId();
  }

  private static Set<String> kindsRead(HostSighting found) {
    return LISTS.stream()
        .filter(kind -> !found.unreadLists().containsKey(kind))
        .map(SubjectKind::word)
        .collect(Collectors.toSet());
  }

  private static Map<Sha256, JsonNode> atHand(HostSighting found) {
    Map<Sha256, JsonNode> trees = new HashMap<>();
    for (Sighting sighting : found.sightings()) {
      switch (sighting) {
        case Sighting.Seen seen -> {
          trees.put(seen.document().sha256(), seen.document().json());
          if (seen.observation() != null) {
            trees.put(seen.observation().sha256(), seen.observation().json());
          }
        }
        case Sighting.Known known -> {
          if (known.observation() != null) {
            trees.put(known.observation().sha256(), known.observation().json());
          }
        }
        case Sighting.Unread unread -> {
          // There is no document to have at hand.
        }
      }
    }
    return trees;
  }

  private Optional<Publication> publication(long hostId) {
    return jdbc.sql(
            "select published_at, engine_id, catalogue_version, kinds_read, requested_at,"
                + " nullif(next_turn_at, 'infinity') next_turn_at"
                + " from host_publication where host_id = ?")
        .param(hostId)
        .query(
            (row, n) -> {
              OffsetDateTime next = row.getObject("next_turn_at", OffsetDateTime.class);
              OffsetDateTime requested = row.getObject("requested_at", OffsetDateTime.class);
              return new Publication(
                  row.getObject("published_at", OffsetDateTime.class).toInstant(),
                  row.getString("engine_id"),
                  row.getInt("catalogue_version"),
                  next == null ? Publication.NEVER : next.toInstant(),
                  Set.of((String[]) row.getArray("kinds_read").getArray()),
                  requested == null ? null : requested.toInstant());
            })
        .optional();
  }

  /** Another request that came while this was judged goes on standing. */
  private void store(long hostId, Publication publication, @Nullable Instant answered) {
    jdbc.sql(
            "insert into host_publication (host_id, published_at, engine_id, catalogue_version,"
                + " next_turn_at, kinds_read)"
                + " values (?, ?, ?, ?, coalesce(?::timestamptz, 'infinity'), ?)"
                + " on conflict (host_id) do update set published_at = excluded.published_at,"
                + " engine_id = excluded.engine_id,"
                + " catalogue_version = excluded.catalogue_version,"
                + " next_turn_at = excluded.next_turn_at, kinds_read = excluded.kinds_read,"
                + " requested_at = nullif(host_publication.requested_at, ?)")
        .param(hostId)
        .param(publication.at().atOffset(ZoneOffset.UTC))
        .param(publication.engineId())
        .param(publication.catalogueVersion())
        .param(
            publication.nextTurnAt().equals(Publication.NEVER)
                ? null
                : publication.nextTurnAt().atOffset(ZoneOffset.UTC))
        .param(new SqlArrayValue("text", new TreeSet<>(publication.kindsRead()).toArray()))
        .param(answered == null ? null : answered.atOffset(ZoneOffset.UTC))
        .update();
  }

  private record Publication(
      Instant at,
      @Nullable String engineId,
      int catalogueVersion,
      Instant nextTurnAt,
      Set<String> kindsRead,
      @Nullable Instant requestedAt) {
    static final Instant NEVER = Instant.MAX;
  }
}
