package dev.plimsoll.invariants;

import java.util.function.Consumer;

/**
 * A score is written when it changes, and not before it can be known. Of past days the last score
 * alone is kept, and it may repeat the one before.
 */
final class ScoresChange implements Invariant {
  private static final String FIGURES =
      """
      score, score_high, score_accepted, grade, confidence, points_failed, points_unknown,
      points_accepted, hosts, hosts_with_critical, profile, profile_version, catalogue_version,
      checks_in_scope, readings
      """;

  @Override
  public String promise() {
    return "Each score differs from the one before it on its day, and none lies in the future";
  }

  @Override
  public long check(Examined database, Consumer<Violation> violations) {
    String ofHost = "(cast(:host as bigint) is null or (scope = 'HOST' and scope_id = :host))";
    database.each(
        "score",
        """
        select format('%%s %%s at %%s', lower(scope), scope_id, at), 'it repeats the one before it'
        from (select scope, scope_id, at, row(%1$s) figures,
                lag(row(%1$s)) over (partition by scope, scope_id order by at) before,
                lag((at at time zone 'UTC')::date)
                  over (partition by scope, scope_id order by at) earlier
              from score where %2$s) x
        where figures::text = before::text and (at at time zone 'UTC')::date = earlier
        """
            .formatted(FIGURES, ofHost),
        violations);
    database.each(
        "score",
        "select format('%s %s', lower(scope), scope_id), format('it is of %s, which is yet to come', at)"
            + " from score where at > now() + interval '1 minute' and "
            + ofHost,
        violations);
    return database.count("select count(*) from score where " + ofHost);
  }
}
