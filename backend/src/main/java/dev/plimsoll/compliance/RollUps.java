package dev.plimsoll.compliance;

import dev.plimsoll.permission.PortalItself;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Keeps the scores of groups and of the fleet: means over all hosts of the subtree, weighted by
 * criticality. Sums are kept, so that a host whose score changed costs its own groups and the fleet
 * and nothing else, however many hosts there are.
 *
 * <p>All processes take turns, and the turn ends with the transaction: so it is taken as late as
 * can be, when the rest of the transaction is written. Whoever holds it waits for nobody.
 */
@Component
@PortalItself
class RollUps {
  /** Each that sums up sees the hosts that the one before it saw. */
  private static final long TURN = 0x706c_696d_7363_6f72L;

  private final JdbcClient jdbc;
  private final Catalogues catalogues;
  private final HostProfiles profiles;
  private final ScoreStore store;

  RollUps(JdbcClient jdbc, Catalogues catalogues, HostProfiles profiles, ScoreStore store) {
    this.jdbc = jdbc;
    this.catalogues = catalogues;
    this.profiles = profiles;
    this.store = store;
  }

  /**
   * A host's score changed in the caller's transaction.
   *
   * @param before null if it had none
   */
  void scored(long hostId, Instant at, @Nullable ScoreFigures before, ScoreFigures after) {
    pending().changes.add(new Change(hostId, at, before, after));
  }

  /** All is to be summed up anew when the caller's transaction ends. */
  void anew(Instant at) {
    pending().anew = at;
  }

  private Pending pending() {
    Pending known = (Pending) TransactionSynchronizationManager.getResource(this);
    if (known == null) {
      known = new Pending();
      TransactionSynchronizationManager.bindResource(this, known);
      TransactionSynchronizationManager.registerSynchronization(known);
    }
    return known;
  }

  private void write(Pending pending) {
    jdbc.sql("select pg_advisory_xact_lock(?)").param(TURN).query((row, n) -> true).single();
    if (pending.anew == null) {
      Map<Long, Place> places = places(pending.hosts());
      Set<Scope> touched = new HashSet<>();
      places.values().forEach(place -> touched.addAll(place.scopes()));
      Map<Scope, RollUp> sums = kept(touched);
      if (sums.keySet().containsAll(touched)) {
        turn(pending.changes, places, sums);
        keep(sums);
        return;
      }
    }
    sumUp(pending.last());
  }

  /** Applies changes one after another, each at its own instant. */
  private void turn(List<Change> changes, Map<Long, Place> places, Map<Scope, RollUp> sums) {
    Map<Scope, ScoreStore.Last> before = newest(sums.keySet());
    Unions unions = new Unions();
    for (Change change : changes) {
      Place place = places.get(change.hostId());
      if (place == null) {
        continue; // decommissioned meanwhile: it is in no mean
      }
      for (Scope scope : place.scopes()) {
        RollUp sum = Objects.requireNonNull(sums.get(scope));
        if (change.before() != null) {
          sum.remove(new RollUp.Member(change.before(), place.criticality()));
        }
        sum.add(new RollUp.Member(change.after(), place.criticality()));
        tell(scope, change.at(), sum, before, unions);
      }
    }
  }

  /** Sums up all hosts. One without a score has not been attempted yet and does not count. */
  private void sumUp(Instant at) {
    Map<Long, @Nullable Long> parents = new HashMap<>();
    Map<Scope, RollUp> sums = new HashMap<>();
    sums.put(Scope.FLEET, new RollUp());
    jdbc.sql("select id, parent_id from host_group")
        .query(
            row -> {
              parents.put(row.getLong("id"), row.getObject("parent_id", Long.class));
              sums.put(Scope.group(row.getLong("id")), new RollUp());
            });
    jdbc.sql(
            """
            select h.group_id, h.criticality, s.* from host h join lateral (
              select * from score where scope = 'HOST' and scope_id = h.id
              order by at desc limit 1) s on true
            where h.decommissioned_at is null
            """)
        .query(
            row -> {
              RollUp.Member member =
                  new RollUp.Member(ScoreFigures.read(row), row.getInt("criticality"));
              Objects.requireNonNull(sums.get(Scope.FLEET)).add(member);
              Long group = row.getObject("group_id", Long.class);
              while (group != null) {
                sums.computeIfAbsent(Scope.group(group), one -> new RollUp()).add(member);
                group = parents.get(group);
              }
            });
    Map<Scope, ScoreStore.Last> before = newest(sums.keySet());
    Unions unions = new Unions();
    sums.forEach((scope, sum) -> tell(scope, at, sum, before, unions));
    jdbc.sql("delete from score_sum").update();
    keep(sums);
  }

  private void tell(
      Scope scope, Instant at, RollUp sum, Map<Scope, ScoreStore.Last> newest, Unions unions) {
    ScoreFigures figures = sum.figures(unions.catalogue, unions::of);
    store
        .write(scope.word(), scope.id(), at, Optional.ofNullable(newest.get(scope)), figures)
        .ifPresent(when -> newest.put(scope, new ScoreStore.Last(when, figures)));
  }

  private Map<Long, Place> places(Set<Long> hostIds) {
    Map<Long, Place> places = new HashMap<>();
    jdbc.sql(
            """
            with recursive above as (
              select h.id host_id, g.id, g.parent_id
              from host h join host_group g on g.id = h.group_id where h.id = any (:hosts)
              union all
              select a.host_id, g.id, g.parent_id
              from above a join host_group g on g.id = a.parent_id)
            select h.id, h.criticality,
              array(select a.id from above a where a.host_id = h.id) groups
            from host h where h.id = any (:hosts) and h.decommissioned_at is null
            """)
        .param("hosts", new SqlArrayValue("bigint", hostIds.toArray()))
        .query(
            row -> {
              List<Scope> scopes = new ArrayList<>();
              scopes.add(Scope.FLEET);
              for (Long group : (Long[]) row.getArray("groups").getArray()) {
                scopes.add(Scope.group(group));
              }
              places.put(row.getLong("id"), new Place(scopes, row.getInt("criticality")));
            });
    return places;
  }

  private Map<Scope, RollUp> kept(Set<Scope> scopes) {
    Map<Scope, RollUp> sums = new HashMap<>();
    jdbc.sql(
            "select scope, scope_id, sums from score_sum"
                + " join unnest(?, ?) t (s, i) on scope = t.s and scope_id = t.i")
        .params(words(scopes), ids(scopes))
        .query(
            row -> {
              sums.put(scope(row), RollUp.of(row.getString("sums")));
            });
    return sums;
  }

  private void keep(Map<Scope, RollUp> sums) {
    jdbc.sql(
            "insert into score_sum (scope, scope_id, sums)"
                + " select s, i, j::json from unnest(?, ?, ?) t (s, i, j)"
                + " on conflict (scope, scope_id) do update set sums = excluded.sums")
        .params(
            words(sums.keySet()),
            ids(sums.keySet()),
            new SqlArrayValue("text", sums.values().stream().map(RollUp::json).toArray()))
        .update();
  }

  private Map<Scope, ScoreStore.Last> newest(Set<Scope> scopes) {
    Map<Scope, ScoreStore.Last> newest = new HashMap<>();
    jdbc.sql(
            "select l.* from unnest(?, ?) t (s, i) cross join lateral (select * from score"
                + " where scope = t.s and scope_id = t.i order by at desc limit 1) l")
        .params(words(scopes), ids(scopes))
        .query(
            row -> {
              newest.put(scope(row), ScoreStore.Last.read(row));
            });
    return newest;
  }

  private static Scope scope(ResultSet row) throws SQLException {
    return new Scope(row.getString("scope"), row.getLong("scope_id"));
  }

  private static SqlArrayValue words(Set<Scope> scopes) {
    return new SqlArrayValue("text", scopes.stream().map(Scope::word).toArray());
  }

  private static SqlArrayValue ids(Set<Scope> scopes) {
    return new SqlArrayValue("bigint", scopes.stream().map(Scope::id).toArray());
  }

  private record Scope(String word, long id) {
    static final Scope FLEET = new Scope("FLEET", 0);

    static Scope group(long id) {
      return new Scope("GROUP", id);
    }
  }

  /** Where a host counts, and how much. */
  private record Place(List<Scope> scopes, int criticality) {}

  private record Change(
      long hostId, Instant at, @Nullable ScoreFigures before, ScoreFigures after) {}

  /** How many checks are in scope under some bases, worked out once for each. */
  private final class Unions {
    private final int catalogue = catalogues.current().number();
    private final Map<Set<ScoreBasis>, Integer> known = new HashMap<>();

    int of(Set<ScoreBasis> bases) {
      return known.computeIfAbsent(bases, profiles::union);
    }
  }

  /** What one transaction has changed. */
  private final class Pending implements TransactionSynchronization {
    private final List<Change> changes = new ArrayList<>();
    private @Nullable Instant anew;

    Set<Long> hosts() {
      return changes.stream().map(Change::hostId).collect(Collectors.toSet());
    }

    Instant last() {
      return Stream.concat(changes.stream().map(Change::at), Stream.ofNullable(anew))
          .max(Comparator.naturalOrder())
          .orElseThrow();
    }

    @Override
    public void beforeCommit(boolean readOnly) {
      write(this);
    }

    @Override
    public void suspend() {
      TransactionSynchronizationManager.unbindResource(RollUps.this);
    }

    @Override
    public void resume() {
      TransactionSynchronizationManager.bindResource(RollUps.this, this);
    }

    @Override
    public void afterCompletion(int status) {
      TransactionSynchronizationManager.unbindResourceIfPossible(RollUps.this);
    }
  }
}
