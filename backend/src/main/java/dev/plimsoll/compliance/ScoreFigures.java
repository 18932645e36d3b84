package dev.plimsoll.compliance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of scores: the numbers of a host, a group or the fleet, and what they speak of. Points and
 * scores are integers of 1/1000.
 *
 * @param score null if there is nothing to score
 * @param profile {@link Profile#MIXED} for hosts of different ones, whose version is then 0
 * @param readings optional readings that were on; empty for groups and the fleet
 */
record ScoreFigures(
    @Nullable Integer score,
    @Nullable Integer scoreHigh,
    @Nullable Integer scoreAccepted,
    @Nullable String grade,
    int confidence,
    long failed,
    long unknown,
    long accepted,
    int hosts,
    int hostsWithCritical,
    String profile,
    int profileVersion,
    int catalogue,
    int checksInScope,
    List<String> readings) {

  /** The columns in the order in which {@link #read} takes them and an insert gives them. */
  static final String COLUMNS =
      "score, score_high, score_accepted, grade, confidence, points_failed, points_unknown,"
          + " points_accepted, hosts, hosts_with_critical, profile, profile_version,"
          + " catalogue_version, checks_in_scope, readings";

  ScoreFigures {
    readings = List.copyOf(readings);
  }

  /** The row of one host. */
  static ScoreFigures of(HostScore score, ScoreBasis basis, int checksInScope) {
    return new ScoreFigures(
        score.score(),
        score.scoreHigh(),
        score.scoreAccepted(),
        score.grade().name(),
        score.confidence(),
        score.points().failed(),
        score.points().unknown(),
        score.points().accepted(),
        1,
        score.criticalOpen() ? 1 : 0,
        basis.profile(),
        basis.profileVersion(),
        basis.catalogue(),
        checksInScope,
        basis.readings());
  }

  static ScoreFigures read(ResultSet row) throws SQLException {
    return new ScoreFigures(
        row.getObject("score", Integer.class),
        row.getObject("score_high", Integer.class),
        row.getObject("score_accepted", Integer.class),
        row.getString("grade"),
        row.getInt("confidence"),
        row.getLong("points_failed"),
        row.getLong("points_unknown"),
        row.getLong("points_accepted"),
        row.getInt("hosts"),
        row.getInt("hosts_with_critical"),
        row.getString("profile"),
        row.getInt("profile_version"),
        row.getInt("catalogue_version"),
        row.getInt("checks_in_scope"),
        List.of((String[]) row.getArray("readings").getArray()));
  }

  /** What a host's row speaks of. */
  ScoreBasis basis() {
    return new ScoreBasis(profile, profileVersion, catalogue, readings);
  }
}
