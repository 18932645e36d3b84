package dev.plimsoll.invariants;

import dev.plimsoll.compliance.RecomputedScores;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.jdbc.support.SqlArrayValue;

/** A finding is open exactly while something of its lineage may fail its check. */
final class FindingsFollowVerdicts implements Invariant {
  private static final String BLIND =
      "select scope from host_blindness where host_id = :host and valid_to = 'infinity'";

  private static final String STANDING =
      """
      from verdict v join subject b on b.id = v.subject_id
      join judgement j on j.subject_id = v.subject_id and j.valid_to = 'infinity'
      where v.host_id = :host and v.valid_to = 'infinity' and j.in_score
        and v.check_id = any (:checks)
      """;

  private final RecomputedScores scores;

  FindingsFollowVerdicts(RecomputedScores scores) {
    this.scores = scores;
  }

  @Override
  public String promise() {
    return "Every FAIL that counts has an open finding, and every open finding something that may fail";
  }

  @Override
  public long check(Examined database, Consumer<Violation> violations) {
    for (long host : database.publishedHosts()) {
      Optional<Set<String>> scope = scores.scope(host);
      if (scope.isPresent()) {
        SqlArrayValue checks = new SqlArrayValue("text", scope.get().toArray());
        each(database, host, checks, MISSING, violations);
        each(database, host, checks, IDLE, violations);
      }
    }
    return database.count("select count(*) from finding where " + Examined.ofHost("host_id"));
  }

  private static final String MISSING =
      "select distinct format('%s of %s %s of host %s', v.check_id, v.kind, b.lineage, v.host_id),"
          + " 'it fails, and has no open finding' "
          + STANDING
          + " and v.outcome = 'FAIL' and not exists (select 1 from finding f"
          + " where f.host_id = v.host_id and f.check_id = v.check_id and f.kind = v.kind"
          + " and f.lineage = b.lineage and f.status <> 'RESOLVED') and v.kind not in ("
          + BLIND
          + ")";

  private static final String IDLE =
      "select format('%s of %s %s of host %s', f.check_id, f.kind, f.lineage, f.host_id),"
          + " format('it is %s, and nothing fails it or is unknown', f.status)"
          + " from finding f where f.host_id = :host and f.status <> 'RESOLVED'"
          + " and f.kind not in ("
          + BLIND
          + ") and not exists (select 1 "
          + STANDING
          + " and v.check_id = f.check_id and b.kind = f.kind and b.lineage = f.lineage)";

  private static void each(
      Examined database,
      long host,
      SqlArrayValue checks,
      String sql,
      Consumer<Violation> violations) {
    database
        .jdbc()
        .sql(sql)
        .param("host", host)
        .param("checks", checks)
        .query(
            row -> {
              violations.accept(new Violation("finding", row.getString(1), row.getString(2)));
            });
  }
}
