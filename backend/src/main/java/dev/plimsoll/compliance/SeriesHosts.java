package dev.plimsoll.compliance;

import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.ReadingSwitch;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.fleet.HostSwitches;
import dev.plimsoll.inventory.Sha256;
import dev.plimsoll.inventory.StoredFacts;
import dev.plimsoll.permission.PortalItself;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;

/**
 * Tells the past of one host again: judges what was known at each instant at which it changed, by
 * today's catalogue, profile and optional readings. A stretch a transaction, so that a process that
 * dies loses one; of the past, one instant is in memory at a time. Takes no lock that collecting
 * the host would wait for.
 */
@Component
@PortalItself
class SeriesHosts {
  /** Instants told in one transaction. */
  static final int STRETCH = 50;

  private static final Instant BEGINNING = Instant.parse("0001-01-01T00:00:00Z");

  private final JdbcClient jdbc;
  private final Clock clock;
  private final StoredFacts storedFacts;
  private final Catalogues catalogues;
  private final HostProfiles profiles;
  private final HostSwitches switches;
  private final SeriesRows rows;

  SeriesHosts(
      JdbcClient jdbc,
      @Qualifier("publishClock") Clock clock,
      StoredFacts storedFacts,
      Catalogues catalogues,
      HostProfiles profiles,
      HostSwitches switches,
      SeriesRows rows) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.storedFacts = storedFacts;
    this.catalogues = catalogues;
    this.profiles = profiles;
    this.switches = switches;
    this.rows = rows;
  }

  /** Tells the next stretch of a host's past; does nothing once the host has been told. */
  @Transactional
  public void advance(long seriesId) {
    Optional<Progress> before = progress(seriesId);
    if (before.isEmpty()) {
      return;
    }
    Progress now = before.get();
    Telling telling = new Telling(now.hostId());
    Deque<Instant> changes =
        new ArrayDeque<>(storedFacts.changes(now.hostId(), now.reached(), now.endsAt(), STRETCH));
    boolean more = changes.size() == STRETCH;
    ScoreFigures last = rows.last(seriesId).orElse(null);
    Map<Sha256, JsonNode> atHand = Map.of();
    List<SeriesRows.Entry> told = new ArrayList<>();
    for (int judged = 0; judged < STRETCH; judged++) {
      Optional<Instant> next = now.next(changes.peekFirst());
      if (next.isEmpty()) {
        break;
      }
      Instant at = next.get();
      if (at.equals(changes.peekFirst())) {
        changes.removeFirst();
      }
      StoredFacts.Known known = storedFacts.asOf(now.hostId(), at, atHand, telling.on);
      boolean stale = stale(now.hostId(), at);
      if (last == null && !stale && !published(known)) {
        now = now.at(at, null, Set.of()); // nobody had looked at the host yet
        continue;
      }
      atHand = documents(known);
      Set<String> kindsRead = kindsRead(now.kindsRead(), known);
      List<Judgement> judgements = Judge.judge(telling.catalogue.checklist(), known);
      ScoreFigures figures =
          ScoreFigures.of(
              HostScoring.score(judgements, kindsRead, stale, telling.weights),
              telling.basis,
              telling.weights.size());
      if (!figures.equals(last)) {
        told.add(new SeriesRows.Entry(seriesId, at, figures));
        last = figures;
      }
      now = now.at(at, nextTurn(judgements, at), kindsRead);
    }
    boolean finished = !more && now.next(changes.peekFirst()).isEmpty();
    rows.add(told);
    store(seriesId, now, telling.basis, finished);
  }

  /** What a host is judged by. */
  private final class Telling {
    private final Catalogues.Numbered catalogue = catalogues.current();
    private final Set<ReadingSwitch> on;
    private final Weights weights;
    private final ScoreBasis basis;

    Telling(long hostId) {
      Profile profile = profiles.of(hostId, clock.instant());
      on = switches.now(hostId);
      weights = Weights.of(profile, catalogue.checklist().rules(), on);
      basis = ScoreBasis.of(profile, catalogue.number(), on);
    }
  }

  /**
   * How far a host has been told.
   *
   * @param reached the last instant judged
   * @param nextTurnAt when time alone changes something after it; null if it never does
   */
  private record Progress(
      long hostId,
      Instant endsAt,
      Instant reached,
      @Nullable Instant nextTurnAt,
      Set<String> kindsRead) {

    /** What comes first: a change, or a turn by time alone; empty at the end. */
    Optional<Instant> next(@Nullable Instant change) {
      return Stream.of(Optional.ofNullable(change), Optional.ofNullable(nextTurnAt))
          .flatMap(Optional::stream)
          .filter(at -> at.isBefore(endsAt))
          .min(Instant::compareTo);
    }

    Progress at(Instant at, @Nullable Instant turn, Set<String> kinds) {
      return new Progress(hostId, endsAt, at, turn, kinds);
    }
  }

  private Optional<Progress> progress(long seriesId) {
    return jdbc.sql(
            "select scope_id, ends_at, reached, next_turn_at, kinds_read from series"
                + " where id = ? and finished_at is null for update")
        .param(seriesId)
        .query(
            (row, n) -> {
              OffsetDateTime reached = row.getObject("reached", OffsetDateTime.class);
              OffsetDateTime turn = row.getObject("next_turn_at", OffsetDateTime.class);
              return new Progress(
                  row.getLong("scope_id"),
                  row.getObject("ends_at", OffsetDateTime.class).toInstant(),
                  reached == null ? BEGINNING : reached.toInstant(),
                  turn == null ? null : turn.toInstant(),
                  Set.copyOf(Arrays.asList((String[]) row.getArray("kinds_read").getArray())));
            })
        .optional();
  }

  private void store(long seriesId, Progress now, ScoreBasis basis, boolean finished) {
    Instant turn = now.nextTurnAt();
    jdbc.sql(
            "update series set reached = ?, next_turn_at = ?::timestamptz, kinds_read = ?,"
                + " profile = ?, profile_version = ?, catalogue_version = ?,"
                + " finished_at = ?::timestamptz where id = ?")
        .param(now.reached().atOffset(ZoneOffset.UTC))
        .param(turn == null ? null : turn.atOffset(ZoneOffset.UTC))
        .param(new SqlArrayValue("text", new TreeSet<>(now.kindsRead()).toArray()))
        .param(basis.profile())
        .param(basis.profileVersion())
        .param(basis.catalogue())
        .param(finished ? clock.instant().atOffset(ZoneOffset.UTC) : null)
        .param(seriesId)
        .update();
  }

  private boolean stale(long hostId, Instant at) {
    OffsetDateTime time = at.atOffset(ZoneOffset.UTC);
    return jdbc.sql(
            "select exists (select 1 from host_blindness where host_id = ? and scope = 'stale'"
                + " and valid_from <= ? and valid_to > ?)")
        .param(hostId)
        .param(time)
        .param(time)
        .query(Boolean.class)
        .single();
  }

  /** A list counts as read from the first publication on that was not blind to it. */
  private static Set<String> kindsRead(Set<String> before, StoredFacts.Known known) {
    if (!published(known)) {
      return before;
    }
    Set<SubjectKind> unread = known.facts().unreadLists().keySet();
    Set<String> kinds = new TreeSet<>(before);
    Arrays.stream(SubjectKind.values())
        .filter(kind -> !unread.contains(kind))
        .map(SubjectKind::word)
        .forEach(kinds::add);
    return kinds;
  }

  /** Whether a collection was published by then: it read the engine, or says that it could not. */
  private static boolean published(StoredFacts.Known known) {
    return !known.facts().unreadLists().isEmpty()
        || known.subjects().stream().anyMatch(one -> one.kind() == SubjectKind.ENGINE);
  }

  private static @Nullable Instant nextTurn(List<Judgement> judgements, Instant at) {
    Instant next = null;
    for (Judgement judgement : judgements) {
      Instant turn = judgement.nextTurn();
      if (turn != null && turn.isAfter(at) && (next == null || turn.isBefore(next))) {
        next = turn;
      }
    }
    return next;
  }

  private static Sha256 digest(String hex) {
    return Sha256.stored(HexFormat.of().parseHex(hex));
  }

  /** The documents of one instant: most of them are those of the next one. */
  private static Map<Sha256, JsonNode> documents(StoredFacts.Known known) {
    Map<Sha256, JsonNode> documents = new HashMap<>();
    Stream.of(
            known.facts().containers().values(),
            known.facts().images().values(),
            known.facts().volumes().values(),
            known.facts().networks().values(),
            Stream.of(
                    Optional.of(known.facts().engine()),
                    Optional.ofNullable(known.facts().swarm()),
                    Optional.ofNullable(known.facts().hostFiles()))
                .flatMap(Optional::stream)
                .toList())
        .flatMap(Collection::stream)
        .forEach(
            reading -> {
              if (reading instanceof Reading.Read read) {
                documents.put(digest(read.sha256()), read.document());
                String observation = read.observationSha256();
                if (observation != null) {
                  documents.put(digest(observation), read.observation());
                }
              }
            });
    return documents;
  }
}
