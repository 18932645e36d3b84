package dev.plimsoll.attest;

import dev.plimsoll.checklist.Attestation;
import dev.plimsoll.checklist.HostFacts;
import dev.plimsoll.checklist.HostReport;
import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.inventory.DocumentUses;
import dev.plimsoll.inventory.Documents;
import dev.plimsoll.inventory.FactContributor;
import dev.plimsoll.inventory.Sha256;
import dev.plimsoll.permission.PortalItself;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Adds to a host's facts what people supplied and stood by at the instant. */
@Component
@PortalItself
class AttestedFacts implements FactContributor, DocumentUses {
  private final JdbcClient jdbc;
  private final Documents documents;

  AttestedFacts(JdbcClient jdbc, Documents documents) {
    this.jdbc = jdbc;
    this.documents = documents;
  }

  @Override
  public List<Column> documents() {
    return List.of(new Column("host_report", "document"), new Column("attestation", "document"));
  }

  @Override
  public void contribute(long hostId, Instant at, HostFacts.Builder facts) {
    facts.attestations(attestations(hostId, at));
    facts.hostReports(reports(hostId, at));
  }

  @Override
  public List<Instant> changes(long hostId, Instant after, Instant before) {
    return jdbc.sql(
            """
            select b.at from (
              select received_at, withdrawn_at until, expires_at from attestation
              where host_id = :host
              union all
              select received_at, superseded_at, expires_at from host_report
              where host_id = :host) s
            cross join lateral (values (s.received_at), (s.until), (s.expires_at)) b (at)
            where b.at > :after and b.at < :before
            """)
        .param("host", hostId)
        .param("after", after.atOffset(ZoneOffset.UTC))
        .param("before", before.atOffset(ZoneOffset.UTC))
        .query((row, n) -> row.getObject("at", OffsetDateTime.class).toInstant())
        .list();
  }

  private List<Attestation> attestations(long hostId, Instant at) {
    return jdbc.sql(
            "select check_id, outcome, author, signed_at, expires_at, statement, document"
                + " from attestation where host_id = :host and received_at <= :at"
                + " and withdrawn_at > :at and expires_at > :at order by id")
        .param("host", hostId)
        .param("at", at.atOffset(ZoneOffset.UTC))
        .query(
            (row, n) ->
                new Attestation(
                    row.getString("check_id"),
                    Outcome.valueOf(row.getString("outcome")),
                    row.getString("author"),
                    row.getObject("signed_at", OffsetDateTime.class).toInstant(),
                    row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                    row.getString("statement"),
                    Sha256.stored(row.getBytes("document")).hex()))
        .list();
  }

  private List<HostReport> reports(long hostId, Instant at) {
    List<Row> rows =
        jdbc.sql(
                "select document, taken_at, expires_at from host_report where host_id = :host"
                    + " and received_at <= :at and superseded_at > :at and expires_at > :at"
                    + " order by id")
            .param("host", hostId)
            .param("at", at.atOffset(ZoneOffset.UTC))
            .query(
                (row, n) ->
                    new Row(
                        Sha256.stored(row.getBytes("document")),
                        row.getObject("taken_at", OffsetDateTime.class).toInstant(),
                        row.getObject("expires_at", OffsetDateTime.class).toInstant()))
            .list();
    if (rows.isEmpty()) {
      return List.of();
    }
    Map<Sha256, JsonNode> trees = documents.trees(rows.stream().map(Row::document).toList());
    List<HostReport> reports = new ArrayList<>();
    for (Row row : rows) {
      JsonNode document = trees.get(row.document());
      if (document == null) {
        throw new IllegalStateException("document " + row.document() + " is not stored");
      }
      reports.add(new HostReport(row.document().hex(), document, row.takenAt(), row.expiresAt()));
    }
    return reports;
  }

  private record Row(Sha256 document, Instant takenAt, Instant expiresAt) {}
}
