package dev.plimsoll.compliance;

import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.checklist.fix.Fix;
import dev.plimsoll.checklist.fix.Patch;
import dev.plimsoll.fleet.NoSuchGroup;
import dev.plimsoll.fleet.NoSuchHost;
import dev.plimsoll.inventory.StoredFacts;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Plans the fewest changes to a host or to a group's hosts that reach a score or a grade. */
@Service
@Requires(Permission.READ)
@Transactional(readOnly = true)
public class FixPlans {
  /** Hosts whose documents are looked at for one plan. */
  static final int MOST_HOSTS = 50;

  /** Steps of a plan that does not reach its goal. */
  static final int MOST_STEPS = 100;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final StoredFacts storedFacts;
  private final Catalogues catalogues;
  private final HostProfiles profiles;

  FixPlans(
      JdbcClient jdbc,
      @Qualifier("publishClock") Clock clock,
      StoredFacts storedFacts,
      Catalogues catalogues,
      HostProfiles profiles) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.storedFacts = storedFacts;
    this.catalogues = catalogues;
    this.profiles = profiles;
  }

  /**
   * A plan for one host.
   *
   * @throws NoSuchHost if there is none, or it is decommissioned
   */
  public FixPlan ofHost(long hostId, FixGoal goal) {
    List<Host> hosts = hosts(HostsOf.host(hostId));
    if (hosts.isEmpty() && !isActive(hostId)) {
      throw new NoSuchHost(String.valueOf(hostId));
    }
    return plan(hosts, goal, false);
  }

  /**
   * A plan for all hosts of a group and of those below it.
   *
   * @throws NoSuchGroup if there is none
   */
  public FixPlan ofGroup(String path, FixGoal goal) {
    return plan(hosts(HostsOf.group(jdbc, path)), goal, true);
  }

  /** A plan for all hosts. */
  public FixPlan ofFleet(FixGoal goal) {
    return plan(hosts(HostsOf.FLEET), goal, true);
  }

  private FixPlan plan(List<Host> hosts, FixGoal goal, boolean group) {
    Instant at = clock.instant();
    Map<Long, Weights> weights = profiles.weights(at);
    PlannedHosts board = new PlannedHosts(goal, group);
    Map<Long, List<Candidate>> byHost = new HashMap<>();
    int considered = 0;
    for (Host host : hosts) {
      if (host.dead() || considered == MOST_HOSTS) {
        board.addFixed(host.id(), host.criticality(), host.standing());
        continue;
      }
      considered++;
      Trial trial = trial(host.id(), at, weights);
      ScoreBoard scores = new ScoreBoard(trial.before(), trial::weight);
      byHost.put(host.id(), candidates(host.id(), trial, scores));
      board.add(host.id(), host.criticality(), scores);
    }
    FixPlan.State before = board.state();
    FixSearch.Found found = FixSearch.search(board, MOST_STEPS);
    List<FixPlan.Step> steps = steps(hosts, board, byHost, found.candidates(), at, weights);
    FixPlan.State after = steps.isEmpty() ? before : steps.getLast().after();
    boolean reached = board.reached(after);
    return new FixPlan(
        before,
        after,
        reached,
        found.exact() && reached,
        board.candidates(),
        hosts.size(),
        considered,
        steps);
  }

  private Trial trial(long hostId, Instant at, Map<Long, Weights> weights) {
    return new Trial(
        catalogues.current().checklist(),
        storedFacts.asOf(hostId, at),
        weights.getOrDefault(hostId, Weights.NONE));
  }

  private List<Candidate> candidates(long hostId, Trial trial, ScoreBoard scores) {
    Map<Fix.Target, Candidate.Named> names = names(hostId);
    List<Candidate> helpful = new ArrayList<>();
    for (Candidate candidate :
        Candidate.of(
            trial,
            target ->
                names.getOrDefault(
                    target, new Candidate.Named(target.dockerId(), target.dockerId())))) {
      if (scores.add(trial.before(), trial.after(candidate.patches()))) {
        helpful.add(candidate);
      } else {
        scores.forgetLast();
      }
    }
    return helpful;
  }

  private Map<Fix.Target, Candidate.Named> names(long hostId) {
    Map<Fix.Target, Candidate.Named> names = new HashMap<>();
    jdbc.sql("select kind, docker_id, name, lineage from subject where host_id = ?")
        .param(hostId)
        .query(
            row -> {
              names.put(
                  new Fix.Target(SubjectKind.of(row.getString("kind")), row.getString("docker_id")),
                  new Candidate.Named(row.getString("lineage"), row.getString("name")));
            });
    return names;
  }

  /** The chosen changes, each judged for real together with those before it on its host. */
  private List<FixPlan.Step> steps(
      List<Host> hosts,
      PlannedHosts board,
      Map<Long, List<Candidate>> byHost,
      List<Integer> chosen,
      Instant at,
      Map<Long, Weights> weights) {
    Map<Long, List<Tried>> tried = new HashMap<>();
    for (Host host : hosts) {
      List<Candidate> own = new ArrayList<>();
      for (Integer candidate : chosen) {
        if (board.hostOf(candidate) == host.id()) {
          own.add(byHost.getOrDefault(host.id(), List.of()).get(board.onHost(candidate)));
        }
      }
      if (!own.isEmpty()) {
        tried.put(host.id(), tried(host, own, trial(host.id(), at, weights)));
      }
    }
    List<FixPlan.Step> steps = new ArrayList<>();
    Map<Long, Integer> next = new HashMap<>();
    for (Integer candidate : chosen) {
      long hostId = board.hostOf(candidate);
      int index = next.merge(hostId, 1, Integer::sum) - 1;
      Tried one = tried.getOrDefault(hostId, List.of()).get(index);
      long lost = board.state().points();
      board.put(hostId, one.standing());
      steps.add(one.step(board.state(), lost - board.state().points()));
    }
    return steps;
  }

  private List<Tried> tried(Host host, List<Candidate> chosen, Trial trial) {
    Map<Fix.Target, Long> ids = ids(host.id());
    List<Patch> patches = new ArrayList<>();
    List<Tried> tried = new ArrayList<>();
    Map<Long, Judgement> before = trial.before();
    for (Candidate candidate : chosen) {
      patches.addAll(candidate.patches());
      Map<Long, Judgement> after = trial.after(patches);
      tried.add(
          new Tried(
              host,
              candidate,
              candidate.dockerIds().stream()
                  .map(id -> ids.get(new Fix.Target(candidate.kind(), id)))
                  .filter(Objects::nonNull)
                  .toList(),
              cleared(before, after),
              new ScoreBoard(after, trial::weight).standing()));
      before = after;
    }
    return tried;
  }

  private Map<Fix.Target, Long> ids(long hostId) {
    Map<Fix.Target, Long> ids = new HashMap<>();
    jdbc.sql("select id, kind, docker_id from subject where host_id = ?")
        .param(hostId)
        .query(
            row -> {
              ids.put(
                  new Fix.Target(SubjectKind.of(row.getString("kind")), row.getString("docker_id")),
                  row.getLong("id"));
            });
    return ids;
  }

  private static List<FixPlan.Cleared> cleared(
      Map<Long, Judgement> before, Map<Long, Judgement> after) {
    List<FixPlan.Cleared> cleared = new ArrayList<>();
    for (Judgement old : before.values()) {
      Judgement changed = after.get(old.subjectId());
      if (old.equals(changed) || !old.inScore()) {
        continue;
      }
      for (int i = 0; i < old.rules().size(); i++) {
        boolean fails = old.verdicts().get(i).outcome() == Outcome.FAIL;
        boolean still = changed != null && changed.verdicts().get(i).outcome() == Outcome.FAIL;
        if (fails && !still) {
          cleared.add(new FixPlan.Cleared(old.subjectId(), old.rules().get(i).id()));
        }
      }
    }
    return cleared;
  }

  private boolean isActive(long hostId) {
    return jdbc.sql("select exists (select 1 from host where id = ? and decommissioned_at is null)")
        .param(hostId)
        .query(Boolean.class)
        .single();
  }

  /** Hosts that were attempted, those that lose most points first. */
  private List<Host> hosts(HostsOf meant) {
    List<Host> hosts =
        new ArrayList<>(
            jdbc.sql(
                    "select h.id, h.name, h.criticality, s.score, s.grade,"
                        + " s.points_failed + s.points_unknown + s.points_accepted lost"
                        + " from host h join lateral (select * from score"
                        + " where scope = 'HOST' and scope_id = h.id order by at desc limit 1) s"
                        + " on true where h.decommissioned_at is null and "
                        + meant.condition())
                .params(meant.parameters())
                .query(
                    (row, n) ->
                        new Host(
                            row.getLong("id"),
                            row.getString("name"),
                            row.getInt("criticality"),
                            row.getInt("score"),
                            Grade.valueOf(row.getString("grade")),
                            row.getLong("lost")))
                .list());
    hosts.sort(
        Comparator.comparing(Host::dead)
            .thenComparing(Comparator.comparingLong(Host::lostByCriticality).reversed())
            .thenComparingLong(Host::id));
    return hosts;
  }

  private record Host(long id, String name, int criticality, int score, Grade grade, long lost) {
    /** Nothing that is known of it counts: no change that is tried would. */
    boolean dead() {
      return grade == Grade.U;
    }

    long lostByCriticality() {
      return lost * criticality;
    }

    ScoreBoard.Standing standing() {
      return new ScoreBoard.Standing(score, grade, lost, 0, 0, 0, 0);
    }
  }

  private record Tried(
      Host host,
      Candidate candidate,
      List<Long> subjects,
      List<FixPlan.Cleared> cleared,
      ScoreBoard.Standing standing) {
    FixPlan.Step step(FixPlan.State after, long points) {
      return new FixPlan.Step(
          host.id(),
          host.name(),
          candidate.kind().word(),
          candidate.name(),
          subjects,
          cleared,
          points,
          after,
          candidate.change().forms(),
          candidate.change().cautions());
    }
  }
}
