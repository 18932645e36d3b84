package dev.plimsoll.invariants;

import java.util.function.Consumer;

/** A compact row has one letter for each check that its catalogue has for its kind. */
final class LettersBelongToChecks implements Invariant {
  @Override
  public String promise() {
    return "Every judgement has one outcome for each check of its catalogue";
  }

  @Override
  public long check(Examined database, Consumer<Violation> violations) {
    database.each(
        "judgement",
        """
        select format('%s of subject %s from %s', j.kind, j.subject_id, j.valid_from),
          case when c.number is null
            then format('there is no catalogue %s', j.catalogue_version)
            else format('its outcomes are %s, and catalogue %s has %s checks', j.outcomes,
              c.number, coalesce(jsonb_array_length(c.orders->j.kind), 0)) end
        from judgement j left join catalogue c on c.number = j.catalogue_version
        where (c.number is null or j.outcomes !~ '^[PFUNO]*$'
          or length(j.outcomes) <> coalesce(jsonb_array_length(c.orders->j.kind), 0))
          and
        """
            + Examined.ofHost("j.host_id"),
        violations);
    return database.count("select count(*) from judgement j where " + Examined.ofHost("j.host_id"));
  }
}
