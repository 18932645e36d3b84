package dev.plimsoll.attest;

import dev.plimsoll.audit.AuditTrail;
import dev.plimsoll.checklist.HostReport;
import dev.plimsoll.compliance.Publishing;
import dev.plimsoll.compliance.Rejudging;
import dev.plimsoll.fleet.HostRecord;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.NoSuchHost;
import dev.plimsoll.home.MaskingKey;
import dev.plimsoll.inventory.Document;
import dev.plimsoll.inventory.Documents;
import dev.plimsoll.inventory.SecretMasking;
import dev.plimsoll.inventory.Sha256;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reports that somebody made on a host with docker-bench-security. */
@Service
public class HostReports {
  /** How long a report counts, from when it was made. */
  public static final Duration COUNTS = Duration.ofDays(30);

  /** Largest log accepted, in characters; it grows with the host's containers and images. */
  public static final int LARGEST = 16 << 20;

  private static final String COLUMNS =
      "select id, host_id, document, tool, version, benchmark, author, taken_at, received_at,"
          + " expires_at, cardinality(results) result_count from host_report ";

  private final JdbcClient jdbc;
  private final AttestedHosts hosts;
  private final Documents documents;
  private final Publishing publishing;
  private final Rejudging rejudging;
  private final AuditTrail audit;
  private final Clock clock;
  private final SecretMasking masking;

  HostReports(
      JdbcClient jdbc,
      AttestedHosts hosts,
      Documents documents,
      Publishing publishing,
      Rejudging rejudging,
      AuditTrail audit,
      @Qualifier("publishClock") Clock clock,
      MaskingKey key) {
    this.jdbc = jdbc;
    this.hosts = hosts;
    this.documents = documents;
    this.publishing = publishing;
    this.rejudging = rejudging;
    this.audit = audit;
    this.clock = clock;
    this.masking = new SecretMasking(key.key());
  }

  /**
   * Takes a log in; its host is judged by it at once. The same log again is the same report.
   *
   * @param log the file {@code *.log.json} as docker-bench-security wrote it
   * @throws InvalidInput naming what is wrong with it
   * @throws NoSuchHost if there is no such host
   */
  @Requires(Permission.ATTEST)
  @Transactional
  public UploadedReport upload(long hostId, String log) {
    HostRecord host = hosts.active(hostId);
    if (log.length() > LARGEST) {
      throw new InvalidInput(
          "body", "has more than %,d characters. Send one run's log alone.".formatted(LARGEST));
    }
    DockerBenchLog parsed = DockerBenchLog.parse(log, clock.instant(), COUNTS, masking);
    Instant at = publishing.toldOfHostFiles(hostId);
    Document document = Document.of(parsed.document());
    Optional<UploadedReport> same = same(hostId, document.sha256(), parsed.takenAt());
    if (same.isPresent()) {
      return same.get();
    }
    documents.store(List.of(document), at);
    supersede(hostId, parsed, at);
    UploadedReport report = insert(hostId, document.sha256(), parsed, at);
    audit.record(
        "host-report.uploaded",
        "host:%d %s".formatted(hostId, host.name()),
        Map.of(
            "report", report.id(),
            "tool", report.tool() + " " + report.version(),
            "takenAt", report.takenAt().toString(),
            "expiresAt", report.expiresAt().toString(),
            "sha256", report.documentSha256()));
    rejudging.request(List.of(hostId));
    publishing.applyDueTurns(hostId);
    return report;
  }

  /** A host's reports that were known at an instant, null for now; newest first. */
  @Requires(Permission.READ)
  @Transactional(readOnly = true)
  public List<UploadedReport> of(long hostId, @Nullable Instant asOf) {
    return jdbc.sql(
            COLUMNS
                + "where host_id = ? and received_at <= ? order by taken_at desc, id desc limit 100")
        .param(hostId)
        .param(time(asOf == null ? clock.instant() : asOf))
        .query((row, n) -> report(row))
        .list();
  }

  /** A newer report with all of an older one's results leaves nothing for that one to say. */
  private void supersede(long hostId, DockerBenchLog newer, Instant at) {
    jdbc.sql(
            "update host_report set superseded_at = ? where host_id = ?"
                + " and superseded_at = 'infinity' and taken_at <= ? and results <@ ?"
                + " and benchmark = ?")
        .param(time(at))
        .param(hostId)
        .param(time(newer.takenAt()))
        .param(new SqlArrayValue("text", newer.numbers().toArray()))
        .param(newer.document().path(HostReport.BENCHMARK).asString(""))
        .update();
  }

  private UploadedReport insert(long hostId, Sha256 document, DockerBenchLog log, Instant at) {
    return jdbc.sql(
            "insert into host_report (host_id, document, tool, version, benchmark, results, author,"
                + " taken_at, received_at, expires_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " returning id, host_id, document, tool, version, benchmark, author, taken_at,"
                + " received_at, expires_at, cardinality(results) result_count")
        .param(hostId)
        .param(document.bytes())
        .param(DockerBenchLog.TOOL)
        .param(log.document().path(HostReport.VERSION).asString(""))
        .param(log.document().path(HostReport.BENCHMARK).asString(""))
        .param(new SqlArrayValue("text", log.numbers().toArray()))
        .param(Author.signedIn())
        .param(time(log.takenAt()))
        .param(time(at))
        .param(time(log.takenAt().plus(COUNTS)))
        .query((row, n) -> report(row))
        .single();
  }

  private Optional<UploadedReport> same(long hostId, Sha256 document, Instant takenAt) {
    return jdbc.sql(COLUMNS + "where host_id = ? and document = ? and taken_at = ?")
        .param(hostId)
        .param(document.bytes())
        .param(time(takenAt))
        .query((row, n) -> report(row))
        .optional();
  }

  private static UploadedReport report(ResultSet row) throws SQLException {
    return new UploadedReport(
        row.getLong("id"),
        row.getLong("host_id"),
        Sha256.stored(row.getBytes("document")).hex(),
        row.getString("tool"),
        row.getString("version"),
        row.getString("benchmark"),
        row.getString("author"),
        instant(row, "taken_at"),
        instant(row, "received_at"),
        instant(row, "expires_at"),
        row.getInt("result_count"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static OffsetDateTime time(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
