package dev.plimsoll.invariants;

import java.util.function.Consumer;

/**
 * FAIL and UNKNOWN are kept twice, as a letter and as a row with evidence. Three comparisons of
 * bounds show that both say the same at every instant: where a row begins, where letters begin, and
 * where a row ends.
 */
final class VerdictsMatchJudgements implements Invariant {
  private static final String LETTERS =
      """
      with letter as (
        select number, kind.key kind, place.ordinality::int place, place.check_id
        from catalogue, jsonb_each(orders) kind,
          jsonb_array_elements_text(kind.value) with ordinality place (check_id, ordinality))
      """;

  private static final String SAYS = "substr(j.outcomes, l.place, 1) = substr(v.outcome, 1, 1)";

  @Override
  public String promise() {
    return "Every FAIL and UNKNOWN of a judgement has its verdict, and every verdict its judgement";
  }

  @Override
  public long check(Examined database, Consumer<Violation> violations) {
    database.each(
        "verdict",
        LETTERS
            + """
              select format('%s of subject %s', v.check_id, v.subject_id),
                format('it says %s from %s on, and no judgement of then does', v.outcome, v.valid_from)
              from verdict v where v.valid_from >= :horizon and not exists (select 1 from judgement j
                join letter l on l.number = j.catalogue_version and l.kind = j.kind
                  and l.check_id = v.check_id
                where j.subject_id = v.subject_id and j.valid_from <= v.valid_from
                  and j.valid_to > v.valid_from and
              """
            + SAYS
            + ") and "
            + Examined.ofHost("v.host_id"),
        violations);
    database.each(
        "judgement",
        LETTERS
            + """
              select format('%s of subject %s', l.check_id, j.subject_id),
                format('it says %s from %s on, and there is no verdict of then',
                  substr(j.outcomes, l.place, 1), j.valid_from)
              from judgement j
              join letter l on l.number = j.catalogue_version and l.kind = j.kind
                and substr(j.outcomes, l.place, 1) in ('F', 'U')
              where j.valid_from >= :horizon and not exists (select 1 from verdict v
                where v.subject_id = j.subject_id and v.check_id = l.check_id
                  and v.valid_from <= j.valid_from and v.valid_to > j.valid_from and
              """
            + SAYS
            + ") and "
            + Examined.ofHost("j.host_id"),
        violations);
    database.each(
        "verdict",
        LETTERS
            + """
              select format('%s of subject %s', v.check_id, v.subject_id),
                format('it ends at %s, when the judgement still says %s', v.valid_to, v.outcome)
              from verdict v
              join judgement j on j.subject_id = v.subject_id
                and j.valid_from <= v.valid_to and j.valid_to > v.valid_to
              join letter l on l.number = j.catalogue_version and l.kind = j.kind
                and l.check_id = v.check_id
              where v.valid_to >= :horizon and v.valid_to < 'infinity'
                and not exists (select 1 from verdict n where n.subject_id = v.subject_id
                  and n.check_id = v.check_id and n.valid_from = v.valid_to
                  and n.outcome = v.outcome) and
              """
            + SAYS
            + " and "
            + Examined.ofHost("v.host_id"),
        violations);
    return database.count("select count(*) from verdict v where " + Examined.ofHost("v.host_id"));
  }
}
