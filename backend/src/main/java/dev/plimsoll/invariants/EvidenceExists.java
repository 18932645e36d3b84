package dev.plimsoll.invariants;

import java.util.List;
import java.util.function.Consumer;

/** What a row refers to as its evidence can be shown. */
final class EvidenceExists implements Invariant {
  private record Reference(String table, String column) {}

  private static final List<Reference> REFERENCES =
      List.of(
          new Reference("state", "document"),
          new Reference("state", "observation"),
          new Reference("image_files", "document"),
          new Reference("host_report", "document"),
          new Reference("attestation", "document"),
          new Reference("backup_record", "document"));

  @Override
  public String promise() {
    return "Every document that a state, a verdict or a record rests on is stored";
  }

  @Override
  public long check(Examined database, Consumer<Violation> violations) {
    long rows = 0;
    for (Reference reference : REFERENCES) {
      String referring =
          "from %1$s x where x.%2$s is not null and %3$s"
              .formatted(reference.table(), reference.column(), Examined.ofHost("x.host_id"));
      rows += database.count("select count(*) " + referring);
      database.each(
          reference.table(),
          "select format('%s %s of host %s', '"
              + reference.column()
              + "', encode(x."
              + reference.column()
              + ", 'hex'), x.host_id), 'it is not stored' "
              + referring
              + " and not exists (select 1 from document d where d.sha256 = x."
              + reference.column()
              + ")",
          violations);
    }
    String verdicts =
        """
        from (select distinct v.host_id, e->>'documentSha256' hash
          from verdict v, json_array_elements(v.evidence) e
          where v.evidence::text like '%documentSha256%' and
        """
            + Examined.ofHost("v.host_id")
            + ") x where x.hash is not null";
    rows += database.count("select count(*) " + verdicts);
    database.each(
        "verdict",
        "select format('evidence %s of host %s', x.hash, x.host_id), 'it is not stored' "
            + verdicts
            + " and not exists (select 1 from document d where d.sha256 = decode(x.hash, 'hex'))",
        violations);
    return rows;
  }
}
