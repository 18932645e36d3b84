package dev.plimsoll.posture;

import dev.plimsoll.checklist.Mode;
import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.compliance.HostProfiles;
import dev.plimsoll.compliance.ScoreFormula;
import dev.plimsoll.compliance.Weights;
import dev.plimsoll.permission.PortalItself;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How often each check fails and what it costs, counted in one pass over the compact rows. Replicas
 * share a row of the pass wherever they share all outcomes, so that its length is that of the
 * workloads, not of the containers.
 */
@Component
@PortalItself
class CheckLoads {
  private static final int FETCH = 2000;

  private final JdbcClient jdbc;
  private final BlindHosts blindHosts;
  private final Catalogue catalogue;
  private final HostProfiles profiles;

  CheckLoads(JdbcClient jdbc, BlindHosts blindHosts, Catalogue catalogue, HostProfiles profiles) {
    this.jdbc = jdbc;
    this.blindHosts = blindHosts;
    this.catalogue = catalogue;
    this.profiles = profiles;
  }

  /**
   * One for each check, in catalogue order. What fails is counted everywhere; points are lost only
   * where the check is in the scope of the host's profile.
   *
   * @param group path whose subtree counts; null for the fleet
   */
  List<Load> all(Moment moment, @Nullable String group) {
    Map<Long, Blindness> blind = blindHosts.at(moment, null);
    Conditions conditions =
        new Conditions(moment)
            .and(moment.holds("j"))
            .and(moment.holds("hh"))
            .and("not hh.decommissioned")
            .andSubtree(group, "hh.group_path");
    Catalogue.Snapshot checks = catalogue.now();
    Counting counting = new Counting(checks, profiles.weights(moment.at()));
    jdbc.sql(
            """
            select j.host_id, j.kind, coalesce(j.workload, int8send(j.subject_id)) unit,
              j.in_score, j.outcomes, cast(j.turns as text) turns, j.catalogue_version,
              count(*) subjects,
              min(j.subject_id) subject_id, min(j.valid_from) valid_from,
              cast(null as timestamptz) valid_to
            from judgement j join host_history hh on hh.host_id = j.host_id
            """
                + conditions.where()
                + " group by 1, 2, 3, 4, 5, 6, 7 order by 1, 2, 3")
        .params(conditions.parameters())
        .withFetchSize(FETCH)
        .query(
            row -> {
              Judged judged = Judged.of(row, checks);
              counting.next(judged.hostId(), judged.kind(), hex(row.getBytes("unit")));
              boolean unseen =
                  blind.getOrDefault(judged.hostId(), Blindness.NONE).cause(judged.kind()) != null;
              int subjects = row.getInt("subjects");
              boolean inScore = row.getBoolean("in_score");
              for (int i = 0; i < judged.rules().size(); i++) {
                if (judged.switchedOff(i)) {
                  continue;
                }
                Outcome outcome = judged.outcome(i, moment.at());
                counting.add(
                    judged.rules().get(i),
                    unseen && outcome != Outcome.NOT_APPLICABLE ? Outcome.UNKNOWN : outcome,
                    subjects,
                    inScore);
              }
            });
    return counting.end();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * What one check costs.
   *
   * @param points lost over all hosts, in thousandths
   */
  record Load(FleetOverview.CheckLoad counts, long points) {
    /** Costliest first; among those that cost the same, the one that fails most. */
    static final Comparator<Load> COSTLIEST =
        Comparator.comparingLong(Load::points)
            .thenComparingLong(load -> load.counts().failingSubjects())
            .reversed();
  }

  /** Adds up rows that come by host, kind and unit. */
  private static final class Counting {
    private final Catalogue.Snapshot checks;
    private final Map<Long, Weights> weights;
    private final Sum[] sums;
    private long host = -1;
    private @Nullable SubjectKind kind;
    private String unit = "";

    Counting(Catalogue.Snapshot checks, Map<Long, Weights> weights) {
      this.checks = checks;
      this.weights = weights;
      this.sums = new Sum[checks.rules().size()];
      for (int i = 0; i < sums.length; i++) {
        sums[i] = new Sum();
      }
    }

    void next(long nextHost, SubjectKind nextKind, String nextUnit) {
      if (nextHost != host) {
        endHost();
        host = nextHost;
      } else if (nextKind != kind || !nextUnit.equals(unit)) {
        endUnit();
      }
      kind = nextKind;
      unit = nextUnit;
    }

    void add(Rule rule, Outcome outcome, int subjects, boolean inScore) {
      int position = checks.position(rule.id());
      if (position == sums.length) {
        return; // it does not count any more
      }
      Sum sum = sums[position];
      switch (outcome) {
        case FAIL -> {
          sum.failing += subjects;
          sum.failsHere = true;
          sum.unitLoses |= inScore;
        }
        case UNKNOWN -> {
          sum.unknown += subjects;
          sum.unitLoses |= inScore;
        }
        case PASS, NOT_APPLICABLE -> {}
      }
      sum.answered += outcome == Outcome.UNKNOWN ? 0 : subjects;
    }

    List<Load> end() {
      endHost();
      List<Rule> rules = checks.rules();
      List<Load> loads = new ArrayList<>(rules.size());
      for (int i = 0; i < rules.size(); i++) {
        Rule rule = rules.get(i);
        loads.add(
            new Load(
                new FleetOverview.CheckLoad(
                    rule.id(),
                    rule.title(),
                    Catalogue.word(rule),
                    sums[i].failing,
                    sums[i].failingHosts,
                    sums[i].unknown,
                    sums[i].answered),
                rule.mode() == Mode.ADVISORY ? 0 : sums[i].points));
      }
      return loads;
    }

    private void endUnit() {
      for (Sum sum : sums) {
        if (sum.unitLoses) {
          sum.losingUnits++;
          sum.unitLoses = false;
        }
      }
    }

    private void endHost() {
      endUnit();
      List<Rule> rules = checks.rules();
      Weights here = weights.getOrDefault(host, Weights.NONE);
      for (int i = 0; i < sums.length; i++) {
        Sum sum = sums[i];
        sum.points += ScoreFormula.loss(here.of(rules.get(i).id()), sum.losingUnits);
        sum.losingUnits = 0;
        if (sum.failsHere) {
          sum.failingHosts++;
          sum.failsHere = false;
        }
      }
    }
  }

  private static final class Sum {
    private long failing;
    private long unknown;
    private long answered;
    private long failingHosts;
    private long points;
    private int losingUnits;
    private boolean unitLoses;
    private boolean failsHere;
  }
}
