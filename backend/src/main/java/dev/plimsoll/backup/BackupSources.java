package dev.plimsoll.backup;

import dev.plimsoll.audit.AuditTrail;
import dev.plimsoll.backup.source.Access;
import dev.plimsoll.backup.source.Location;
import dev.plimsoll.fleet.CredentialSeal;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.NameTaken;
import dev.plimsoll.fleet.Shown;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Repositories and directories from which evidence of backups is read. */
@Service
public class BackupSources {
  /** Readings of one source that are listed. */
  public static final int MOST_READINGS = 100;

  private static final JsonMapper JSON = new JsonMapper();

  private final JdbcClient jdbc;
  private final CredentialSeal seal;
  private final SourceReadings readings;
  private final AuditTrail audit;
  private final Clock clock;

  BackupSources(
      JdbcClient jdbc,
      CredentialSeal seal,
      SourceReadings readings,
      AuditTrail audit,
      @Qualifier("publishClock") Clock clock) {
    this.jdbc = jdbc;
    this.seal = seal;
    this.readings = readings;
    this.audit = audit;
    this.clock = clock;
  }

  /** The sources that there were at an instant, by name; null for now. */
  @Requires(Permission.READ)
  @Transactional(readOnly = true)
  public List<SourceRecord> list(@Nullable Instant asOf) {
    return select(null, asOf);
  }

  /** One source as of an instant, null for now. */
  @Requires(Permission.READ)
  @Transactional(readOnly = true)
  public Optional<SourceRecord> find(long id, @Nullable Instant asOf) {
    return select(id, asOf).stream().findFirst();
  }

  /**
   * Adds a source; it is read soon.
   *
   * @return its ID
   * @throws InvalidInput naming every bad field
   * @throws NameTaken if there is a source of that name, ignoring case
   */
  @Requires(Permission.MANAGE_HOSTS)
  @Transactional
  public long create(SourceDraft draft) {
    SourceRules.Checked source = SourceRules.check(draft);
    TargetType target = source.target();
    OffsetDateTime now = SourceReadings.time(clock.instant());
    long id;
    try {
      id =
          jdbc.sql(
                  """
                  insert into backup_source (name, type, location, mapping, target_type,
                    interval_seconds, check_seconds, author, created_at, next_read_at, next_check_at)
                  values (:name, :type, :location, :mapping::jsonb, :target, :interval,
                    :check::bigint, :author, :now, :now,
                    coalesce(:now + make_interval(secs => :check::bigint), 'infinity'))
                  returning id
                  """)
              .param("name", source.name())
              .param("type", source.type().name())
              .param("location", source.location().shown())
              .param("mapping", source.mapping())
              .param("target", target == null ? null : target.name())
              .param("interval", source.intervalSeconds())
              .param("check", source.checkSeconds())
              .param("author", Actor.signedInOrPortal())
              .param("now", now)
              .query(Long.class)
              .single();
    } catch (DuplicateKeyException e) {
      throw (NameTaken) new NameTaken("backup source", source.name()).initCause(e);
    }
    jdbc.sql("update backup_source set sealed = ? where id = ?")
        .param(seal.seal(owner(id), source.access().toJson()))
        .param(id)
        .update();
    audit.record(
        "backup-source.added",
        subject(id, source.name()),
        Map.of(
            "type", source.type().word(),
            "location", source.location().shown(),
            "mapping", JSON.readTree(source.mapping())));
    return id;
  }

  /**
   * Changes a source; it is read soon.
   *
   * @throws NoSuchBackupSource if there is none that is read
   * @throws InvalidInput naming every bad field
   */
  @Requires(Permission.MANAGE_HOSTS)
  @Transactional
  public void change(long id, SourceChange change) {
    Kept before =
        jdbc.sql(
                "select * from backup_source where id = ? and removed_at = 'infinity'"
                    + " and type <> 'HEARTBEAT' for update")
            .param(id)
            .query((row, n) -> kept(id, row))
            .optional()
            .orElseThrow(() -> new NoSuchBackupSource(id));
    SourceRules.Checked after = SourceRules.check(before.with(change));
    TargetType target = after.target();
    jdbc.sql(
            """
            update backup_source set sealed = :sealed, mapping = :mapping::jsonb,
              target_type = :target, interval_seconds = :interval, check_seconds = :check::bigint,
              next_read_at = :now,
              next_check_at = case when check_seconds is not distinct from :check::bigint
                then next_check_at
                else coalesce(:now + make_interval(secs => :check::bigint), 'infinity') end
            where id = :id
            """)
        .param("sealed", seal.seal(owner(id), after.access().toJson()))
        .param("mapping", after.mapping())
        .param("target", target == null ? null : target.name())
        .param("interval", after.intervalSeconds())
        .param("check", after.checkSeconds())
        .param("now", SourceReadings.time(clock.instant()))
        .param("id", id)
        .update();
    audit.record(
        "backup-source.changed",
        subject(id, after.name()),
        Map.of(
            "password",
            change.password() != null,
            "environment",
            change.environment() != null,
            "mapping",
            JSON.readTree(after.mapping()),
            "intervalSeconds",
            after.intervalSeconds()));
  }

  /**
   * Removes a source and erases what it is opened with. What it showed is not known to be there any
   * longer, so its records end; what they proved of the past stays.
   *
   * @throws NoSuchBackupSource if there is none
   */
  @Requires(Permission.MANAGE_HOSTS)
  @Transactional
  public void remove(long id) {
    OffsetDateTime now = SourceReadings.time(clock.instant());
    String name =
        jdbc.sql(
                // Due once more, for its records to be ended.
                "update backup_source set removed_at = greatest(?, created_at), sealed = null,"
                    + " next_read_at = ?, next_check_at = 'infinity'"
                    + " where id = ? and removed_at = 'infinity' and type <> 'HEARTBEAT'"
                    + " returning name")
            .param(now)
            .param(now)
            .param(id)
            .query(String.class)
            .optional()
            .orElseThrow(() -> new NoSuchBackupSource(id));
    audit.record("backup-source.removed", subject(id, name), Map.of());
  }

  /**
   * Reads a source now: the ID of the reading that runs already, else of the one that is due at
   * once.
   *
   * @throws NoSuchBackupSource if there is none that is read
   */
  @Requires(Permission.COLLECT)
  @Transactional
  public long readNow(long id) {
    SourceRecord source =
        select(id, null).stream()
            .filter(found -> found.type() != SourceType.HEARTBEAT)
            .findFirst()
            .orElseThrow(() -> new NoSuchBackupSource(id));
    long reading = readings.request(id);
    audit.record(
        "backup-source.reading-requested", subject(id, source.name()), Map.of("reading", reading));
    return reading;
  }

  /** A source's readings as of an instant, newest first, at most {@link #MOST_READINGS}. */
  @Requires(Permission.READ)
  @Transactional(readOnly = true)
  public List<SourceReading> readings(long id, @Nullable Instant asOf) {
    return readings.newest(id, asOf, MOST_READINGS);
  }

  /** One reading of a source. */
  @Requires(Permission.READ)
  @Transactional(readOnly = true)
  public Optional<SourceReading> reading(long id, long readingId) {
    return readings.find(id, readingId);
  }

  /**
   * What a source shows and its mapping gives to no data, by snapshot ID.
   *
   * @param after snapshot ID after which the list goes on; null for its begin
   */
  @Requires(Permission.READ)
  @Transactional(readOnly = true)
  public List<UnmappedSnapshot> unmapped(long id, @Nullable String after, int most) {
    return jdbc.sql(
            "select * from backup_unmapped where source_id = :source"
                + " and (:after::text is null or snapshot_id > :after)"
                + " order by snapshot_id limit :most")
        .param("source", id)
        .param("after", after)
        .param("most", most)
        .query(
            (row, n) ->
                new UnmappedSnapshot(
                    row.getString("snapshot_id"),
                    row.getObject("taken_at", OffsetDateTime.class).toInstant(),
                    row.getString("hostname"),
                    texts(row.getArray("tags")),
                    texts(row.getArray("paths")),
                    row.getString("reason"),
                    row.getObject("learned_at", OffsetDateTime.class).toInstant()))
        .list();
  }

  /** How a source's secrets are bound to it. */
  static String owner(long id) {
    return "backup source " + id;
  }

  private List<SourceRecord> select(@Nullable Long id, @Nullable Instant asOf) {
    Map<Long, SourceReading> last = readings.last(asOf);
    return jdbc.sql(
            """
            select s.*, s.next_read_at < 'infinity' as is_read,
              b.valid_from as blind_since, b.category as blind_category, b.detail as blind_detail
            from backup_source s
            left join backup_source_blindness b on b.source_id = s.id
              and case when :at::timestamptz is null then b.valid_to = 'infinity'
                  else b.valid_from <= :at and b.valid_to > :at end
            where (:id::bigint is null or s.id = :id)
              and case when :at::timestamptz is null then s.removed_at = 'infinity'
                  else s.created_at <= :at and s.removed_at > :at end
            order by lower(s.name)
            """)
        .param("id", id)
        .param("at", asOf == null ? null : SourceReadings.time(asOf))
        .query((row, n) -> source(row, last))
        .list();
  }

  private static SourceRecord source(ResultSet row, Map<Long, SourceReading> last)
      throws SQLException {
    long id = row.getLong("id");
    String target = row.getString("target_type");
    String category = row.getString("blind_category");
    OffsetDateTime checked = row.getObject("checked_at", OffsetDateTime.class);
    return new SourceRecord(
        id,
        row.getString("name"),
        SourceType.valueOf(row.getString("type")),
        row.getString("location"),
        JSON.readTree(row.getString("mapping")),
        target == null ? implied(row) : TargetType.valueOf(target),
        row.getLong("interval_seconds"),
        row.getObject("check_seconds", Long.class),
        checked == null ? null : checked.toInstant(),
        row.getString("author"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getBoolean("is_read")
            ? row.getObject("next_read_at", OffsetDateTime.class).toInstant()
            : null,
        last.get(id),
        category == null
            ? null
            : new SourceRecord.Blindness(
                row.getObject("blind_since", OffsetDateTime.class).toInstant(),
                category,
                row.getString("blind_detail")));
  }

  /** What a location says, where nobody said anything else. */
  private static @Nullable TargetType implied(ResultSet row) throws SQLException {
    SourceType type = SourceType.valueOf(row.getString("type"));
    return type == SourceType.HEARTBEAT
        ? null
        : Location.parse(type, row.getString("location")).target();
  }

  private Kept kept(long id, ResultSet row) throws SQLException {
    String target = row.getString("target_type");
    return new Kept(
        row.getString("name"),
        SourceType.valueOf(row.getString("type")),
        Access.ofJson(seal.open(owner(id), row.getBytes("sealed"))),
        JSON.readTree(row.getString("mapping")),
        target == null ? null : TargetType.valueOf(target),
        row.getLong("interval_seconds"),
        row.getObject("check_seconds", Long.class));
  }

  /** A source with its secrets, about to be changed. */
  private record Kept(
      String name,
      SourceType type,
      Access access,
      JsonNode mapping,
      @Nullable TargetType target,
      long intervalSeconds,
      @Nullable Long checkSeconds) {
    SourceDraft with(SourceChange change) {
      String password = change.password();
      Map<String, String> environment = change.environment();
      JsonNode newMapping = change.mapping();
      TargetType newTarget = change.target();
      Long interval = change.intervalSeconds();
      Long check = change.checkSeconds();
      return new SourceDraft(
          name,
          type,
          access.location(),
          password == null ? access.password() : password,
          environment == null ? access.environment() : environment,
          newMapping == null ? mapping : newMapping,
          newTarget == null ? target : newTarget,
          interval == null ? intervalSeconds : interval,
          check == null ? checkSeconds : check == 0 ? null : check);
    }
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }

  private static String subject(long id, String name) {
    return "backup-source:%d %s".formatted(id, Shown.of(name));
  }
}
