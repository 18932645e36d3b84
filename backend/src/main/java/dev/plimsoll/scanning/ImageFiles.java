package dev.plimsoll.scanning;

import dev.plimsoll.checklist.HostFacts;
import dev.plimsoll.checklist.Reading;
import dev.plimsoll.compliance.Rejudging;
import dev.plimsoll.inventory.Document;
import dev.plimsoll.inventory.DocumentUses;
import dev.plimsoll.inventory.Documents;
import dev.plimsoll.inventory.FactContributor;
import dev.plimsoll.inventory.Sha256;
import dev.plimsoll.permission.PortalItself;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Reports of the files inside hosts' images: which are wanted, and what was learned when. What one
 * engine says of an image is never taken for what another one holds.
 */
@Component
@PortalItself
public class ImageFiles implements FactContributor, DocumentUses {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Duration FIRST_RETRY = Duration.ofMinutes(5);
  private static final int MOST_DOUBLINGS = 8;

  private final JdbcClient jdbc;
  private final Documents documents;
  // Late: judging needs the facts that this contributes
  private final ObjectProvider<Rejudging> rejudging;
  private final Clock clock;

  ImageFiles(
      JdbcClient jdbc,
      Documents documents,
      ObjectProvider<Rejudging> rejudging,
      @Qualifier("publishClock") Clock clock) {
    this.jdbc = jdbc;
    this.documents = documents;
    this.rejudging = rejudging;
    this.clock = clock;
  }

  @Override
  public List<Column> documents() {
    return List.of(new Column("image_files", "document"));
  }

  /** An image of a host whose files are to be read. */
  public record Wanted(long hostId, String imageId) {}

  /**
   * Says which images of a host are in use: those that this reader never read are to be read, those
   * that are not in use any more need not. Writes nothing where nothing changed.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void want(long hostId, Collection<String> imageIds) {
    SqlArrayValue ids = new SqlArrayValue("text", new TreeSet<>(imageIds).toArray());
    jdbc.sql("delete from image_files_wanted where host_id = ? and image_id <> all (?)")
        .param(hostId)
        .param(ids)
        .update();
    jdbc.sql(
            "insert into image_files_wanted (host_id, image_id, next_attempt_at)"
                + " select ?, i, ? from unnest(?) i where not exists (select 1 from image_files f"
                + " where f.host_id = ? and f.image_id = i and f.reader_version >= ?"
                + " and f.document is not null)"
                + " on conflict do nothing")
        .param(hostId)
        .param(now())
        .param(ids)
        .param(hostId)
        .param(ImageFilesReader.VERSION)
        .update();
  }

  /**
   * Images that are due to be read, longest due first.
   *
   * @param lane of {@code lanes}, among which hosts are shared out: no host is read in two at once
   */
  @Transactional(readOnly = true)
  public List<Wanted> due(int lane, int lanes, int limit) {
    return jdbc.sql(
            "select host_id, image_id from image_files_wanted"
                + " where next_attempt_at <= ? and host_id % ? = ?"
                + " order by next_attempt_at, host_id, image_id limit ?")
        .param(now())
        .param(lanes)
        .param(lane)
        .param(limit)
        .query((row, n) -> new Wanted(row.getLong("host_id"), row.getString("image_id")))
        .list();
  }

  /**
   * Keeps a report; the host is judged by it at once.
   *
   * @param report as {@link ImageFilesReader} gives it, secrets masked
   */
  @Transactional
  public void read(Wanted image, Document report) {
    Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
    documents.store(List.of(report), at);
    jdbc.sql(
            "insert into image_files (host_id, image_id, read_at, reader_version, document)"
                + " values (?, ?, ?, ?, ?)")
        .param(image.hostId())
        .param(image.imageId())
        .param(at.atOffset(ZoneOffset.UTC))
        .param(ImageFilesReader.VERSION)
        .param(report.sha256().bytes())
        .update();
    forget(image);
    rejudging.getObject().request(List.of(image.hostId()));
  }

  /** Keeps why an image's files could not be read, unless that is known, and tries again later. */
  @Transactional
  public void failed(Wanted image, Reading.Unread problem) {
    int known =
        jdbc.sql(
                "insert into image_files (host_id, image_id, read_at, reader_version, problem)"
                    + " select ?, ?, ?, ?, p.problem from (select ?::jsonb problem) p"
                    + " where p.problem is distinct from (select f.problem from image_files f"
                    + " where f.host_id = ? and f.image_id = ? order by f.read_at desc limit 1)")
            .param(image.hostId())
            .param(image.imageId())
            .param(now())
            .param(ImageFilesReader.VERSION)
            .param(
                MAPPER
                    .createObjectNode()
                    .put("call", problem.call())
                    .put("status", problem.status())
                    .put("detail", problem.detail())
                    .toString())
            .param(image.hostId())
            .param(image.imageId())
            .update();
    postpone(image);
    if (known > 0) {
      rejudging.getObject().request(List.of(image.hostId()));
    }
  }

  /** Tries an image again later, since its host could not be reached at all. */
  @Transactional
  public void postpone(Wanted image) {
    jdbc.sql(
            "update image_files_wanted set attempts = attempts + 1,"
                + " next_attempt_at = ?::timestamptz"
                + " + ?::int * power(2, least(attempts, ?)) * interval '1 second'"
                + " where host_id = ? and image_id = ?")
        .param(now())
        .param(FIRST_RETRY.toSeconds())
        .param(MOST_DOUBLINGS)
        .param(image.hostId())
        .param(image.imageId())
        .update();
  }

  /** An image is not wanted any more: it is gone, or its host is not to be read so. */
  @Transactional
  public void forget(Wanted image) {
    jdbc.sql("delete from image_files_wanted where host_id = ? and image_id = ?")
        .param(image.hostId())
        .param(image.imageId())
        .update();
  }

  @Override
  public List<Instant> changes(long hostId, Instant after, Instant before) {
    return jdbc.sql(
            "select read_at from image_files where host_id = ? and read_at > ? and read_at < ?")
        .param(hostId)
        .param(after.atOffset(ZoneOffset.UTC))
        .param(before.atOffset(ZoneOffset.UTC))
        .query((row, n) -> row.getObject("read_at", OffsetDateTime.class).toInstant())
        .list();
  }

  @Override
  public void contribute(long hostId, Instant at, HostFacts.Builder facts) {
    Map<String, Sha256> reports = new HashMap<>();
    Map<String, Reading> readings = new HashMap<>();
    jdbc.sql(
            "select distinct on (image_id) image_id, document, problem->>'call' as call,"
                + " (problem->>'status')::int as status, problem->>'detail' as detail"
                + " from image_files where host_id = ? and read_at <= ?"
                // A report stays true whatever fails later
                + " order by image_id, (document is null), read_at desc")
        .param(hostId)
        .param(at.atOffset(ZoneOffset.UTC))
        .query(
            row -> {
              byte[] document = row.getBytes("document");
              String image = row.getString("image_id");
              if (document != null) {
                reports.put(image, Sha256.stored(document));
              } else {
                readings.put(
                    image,
                    new Reading.Unread(
                        row.getString("call"), row.getInt("status"), row.getString("detail")));
              }
            });
    Map<Sha256, JsonNode> trees = documents.trees(new HashSet<>(reports.values()));
    reports.forEach(
        (image, sha256) -> {
          JsonNode tree = trees.get(sha256);
          if (tree == null) {
            throw new IllegalStateException("document " + sha256 + " is not stored");
          }
          readings.put(
              image, new Reading.Read(sha256.hex(), tree, null, MissingNode.getInstance()));
        });
    facts.imageFiles(readings);
  }

  private OffsetDateTime now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }
}
