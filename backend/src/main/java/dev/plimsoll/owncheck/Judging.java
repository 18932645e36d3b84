package dev.plimsoll.owncheck;

import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.checklist.Placement;
import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.checklist.Verdict;
import dev.plimsoll.fleet.HostPlacements;
import dev.plimsoll.inventory.Documents;
import dev.plimsoll.inventory.Sha256;
import dev.plimsoll.inventory.SubjectStates;
import dev.plimsoll.inventory.SubjectStates.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * One try-out. Equal documents are judged once, whoever has them and whenever: memory holds a line
 * for each distinct one, and the documents of one batch.
 */
final class Judging {
  private static final int BATCH_ROWS = 500;
  private static final int BATCH_BYTES = 8_000_000;
  private static final int MOST_REMEMBERED = 500_000;
  private static final int MOST_REASONS = 200;
  private static final int SHOWN_REASONS = 5;

  private final TryOut.Request request;
  private final Expression expression;
  private final @Nullable Expression applies;
  private final boolean readsHost;
  private final boolean readsEngine;
  private final boolean readsObservation;
  private final SubjectStates states;
  private final HostPlacements placements;
  private final Documents documents;
  private final Map<Key, Found> remembered = new HashMap<>();

  Judging(
      TryOut.Request request,
      Expression expression,
      @Nullable Expression applies,
      SubjectStates states,
      HostPlacements placements,
      Documents documents) {
    this.request = request;
    this.expression = expression;
    this.applies = applies;
    this.readsHost = reads(Syntax::host);
    this.readsEngine = reads(Syntax::engine);
    this.readsObservation = reads(Syntax::observation);
    this.states = states;
    this.placements = placements;
    this.documents = documents;
  }

  private boolean reads(java.util.function.Predicate<Syntax> what) {
    return what.test(expression.syntax()) || (applies != null && what.test(applies.syntax()));
  }

  /** All that a verdict depends on. */
  private record Key(
      Sha256 document,
      @Nullable Sha256 observation,
      @Nullable Placement placement,
      @Nullable Sha256 engine) {}

  private record Found(Outcome outcome, @Nullable String reason) {}

  /**
   * Judges one instant's subjects.
   *
   * @param timeIsUp asked between batches
   */
  TryOutResult.AtInstant at(Instant at, BooleanSupplier timeIsUp) {
    Map<Long, Placement> hosts = new HashMap<>(placements.all(at));
    Long only = request.hostId();
    if (only != null) {
      hosts.keySet().retainAll(Set.of(only));
    }
    Map<Long, Reading.Unread> blind = states.blind(request.subject(), at);
    Map<Long, State> engines = readsEngine ? engines(at, hosts.keySet()) : Map.of();
    Tally tally = new Tally(hosts);
    boolean complete = true;
    try (Stream<State> stream = states.at(request.subject(), at, hosts.keySet())) {
      Iterator<State> rows = stream.iterator();
      while (rows.hasNext()) {
        if (timeIsUp.getAsBoolean()) {
          complete = false;
          break;
        }
        judge(batch(rows), hosts, blind, engines, tally);
      }
    }
    long subjects = complete ? tally.judged() : states.count(request.subject(), at, hosts.keySet());
    return tally.result(at, complete, subjects);
  }

  private Map<Long, State> engines(Instant at, Collection<Long> hosts) {
    Map<Long, State> engines = new HashMap<>();
    try (Stream<State> stream = states.at(SubjectKind.ENGINE, at, hosts)) {
      stream.forEach(engine -> engines.put(engine.hostId(), engine));
    }
    return engines;
  }

  private static List<State> batch(Iterator<State> rows) {
    List<State> batch = new ArrayList<>(BATCH_ROWS);
    long bytes = 0;
    while (rows.hasNext() && batch.size() < BATCH_ROWS && bytes < BATCH_BYTES) {
      State state = rows.next();
      bytes += state.bytes();
      batch.add(state);
    }
    return batch;
  }

  private void judge(
      List<State> batch,
      Map<Long, Placement> hosts,
      Map<Long, Reading.Unread> blind,
      Map<Long, State> engines,
      Tally tally) {
    Set<Sha256> wanted = new HashSet<>();
    for (State state : batch) {
      Key key = blind.containsKey(state.hostId()) ? null : key(state, hosts, engines);
      if (key != null && toJudge(state, remembered.get(key), tally)) {
        wanted.add(key.document());
        if (key.observation() != null) {
          wanted.add(key.observation());
        }
        if (key.engine() != null) {
          wanted.add(key.engine());
        }
      }
    }
    Map<Sha256, JsonNode> trees = documents.trees(wanted);
    for (State state : batch) {
      Reading.Unread unseen = blind.getOrDefault(state.hostId(), state.problem());
      Key key = key(state, hosts, engines);
      if (unseen != null || key == null) {
        tally.count(state, new Found(Outcome.UNKNOWN, unseen == null ? null : unseen.detail()));
        continue;
      }
      Found before = remembered.get(key);
      if (before != null && !toJudge(state, before, tally)) {
        tally.count(state, before);
        continue;
      }
      Verdict verdict = verdict(state, key, hosts, engines, trees);
      Found found = new Found(verdict.outcome(), verdict.reason());
      if (remembered.size() < MOST_REMEMBERED) {
        remembered.put(key, found);
      }
      tally.show(state, verdict);
      tally.count(state, found);
    }
  }

  /** What was judged before is judged again only where its evidence will be shown. */
  private static boolean toJudge(State state, @Nullable Found before, Tally tally) {
    return before == null || (before.outcome() == Outcome.FAIL && tally.wants(state));
  }

  private @Nullable Key key(State state, Map<Long, Placement> hosts, Map<Long, State> engines) {
    if (state.document() == null) {
      return null;
    }
    State engine = engines.get(state.hostId());
    return new Key(
        state.document(),
        readsObservation ? state.observation() : null,
        readsHost ? hosts.get(state.hostId()) : null,
        engine == null ? null : engine.document());
  }

  private Verdict verdict(
      State state,
      Key key,
      Map<Long, Placement> hosts,
      Map<Long, State> engines,
      Map<Sha256, JsonNode> trees) {
    Sha256 observation = key.observation();
    JsonNode observed = observation == null ? null : trees.get(observation);
    Reading.Read subject =
        new Reading.Read(
            key.document().hex(),
            tree(trees, key.document()),
            observation == null ? null : observation.hex(),
            observed == null ? MissingNode.getInstance() : observed);
    return OwnCheck.judge(
        new Facts(
            subject,
            hosts.getOrDefault(state.hostId(), Placement.NOWHERE),
            engine(engines.get(state.hostId()), trees)),
        expression,
        applies);
  }

  private static Reading engine(@Nullable State engine, Map<Sha256, JsonNode> trees) {
    if (engine == null) {
      return new Reading.Unread("GET /info", 0, "The engine was never read.");
    }
    Reading.Unread problem = engine.problem();
    Sha256 document = engine.document();
    return problem != null || document == null
        ? problem == null ? new Reading.Unread("GET /info", 0, "The engine was not read.") : problem
        : new Reading.Read(document.hex(), tree(trees, document), null, MissingNode.getInstance());
  }

  private static JsonNode tree(Map<Sha256, JsonNode> trees, Sha256 document) {
    JsonNode tree = trees.get(document);
    if (tree == null) {
      throw new IllegalStateException("document " + document + " is not stored");
    }
    return tree;
  }

  /** What one instant comes to. */
  private final class Tally {
    private final Map<Long, Placement> hosts;
    private final Map<Outcome, Long> outcomes = new HashMap<>();
    private final Map<String, Long> reasons = new HashMap<>();
    private final Set<Long> failingHosts = new HashSet<>();
    private final List<TryOutResult.Failing> failing = new ArrayList<>();
    private boolean more;
    private long judged;

    Tally(Map<Long, Placement> hosts) {
      this.hosts = hosts;
    }

    /** Whether this subject is to be shown if it fails. */
    boolean wants(State state) {
      TryOutResult.Place after = request.after();
      return failing.size() < request.limit()
          && (after == null
              || state.hostId() > after.hostId()
              || (state.hostId() == after.hostId() && state.subjectId() > after.subjectId()));
    }

    void show(State state, Verdict verdict) {
      if (verdict.outcome() == Outcome.FAIL && wants(state)) {
        failing.add(
            new TryOutResult.Failing(
                state.subjectId(),
                request.subject(),
                state.name(),
                state.hostId(),
                hosts.getOrDefault(state.hostId(), Placement.NOWHERE).name(),
                verdict.reason(),
                verdict.evidence()));
      }
    }

    void count(State state, Found found) {
      judged++;
      outcomes.merge(found.outcome(), 1L, Long::sum);
      if (found.outcome() == Outcome.FAIL) {
        failingHosts.add(state.hostId());
        more |= failing.size() >= request.limit() && !shown(state) && behind(state);
      }
      String reason = found.reason();
      if (found.outcome() == Outcome.UNKNOWN
          && reason != null
          && (reasons.size() < MOST_REASONS || reasons.containsKey(reason))) {
        reasons.merge(reason, 1L, Long::sum);
      }
    }

    private boolean shown(State state) {
      return !failing.isEmpty() && failing.getLast().subjectId() == state.subjectId();
    }

    private boolean behind(State state) {
      TryOutResult.Failing last = failing.getLast();
      return state.hostId() > last.hostId()
          || (state.hostId() == last.hostId() && state.subjectId() > last.subjectId());
    }

    long judged() {
      return judged;
    }

    TryOutResult.AtInstant result(Instant at, boolean complete, long subjects) {
      return new TryOutResult.AtInstant(
          at,
          complete,
          subjects,
          judged,
          outcomes.getOrDefault(Outcome.PASS, 0L),
          outcomes.getOrDefault(Outcome.FAIL, 0L),
          outcomes.getOrDefault(Outcome.UNKNOWN, 0L),
          outcomes.getOrDefault(Outcome.NOT_APPLICABLE, 0L),
          failingHosts.size(),
          failing,
          more
              ? new TryOutResult.Place(failing.getLast().hostId(), failing.getLast().subjectId())
              : null,
          reasons.entrySet().stream()
              .map(reason -> new TryOutResult.Reason(reason.getKey(), reason.getValue()))
              .sorted(
                  Comparator.comparingLong(TryOutResult.Reason::subjects)
                      .reversed()
                      .thenComparing(TryOutResult.Reason::reason))
              .limit(SHOWN_REASONS)
              .toList());
    }
  }
}
