package dev.plimsoll.testing;

import dev.plimsoll.backup.coverage.CoverageReason;
import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.backup.coverage.DataShape;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes the rows of kept data, records and coverage, one by one, for tests of what reads them. */
public final class CoverageFixture {
  private static final Instant FOREVER = Instant.parse("9999-12-31T00:00:00Z");

  private final JdbcClient jdbc;

  public CoverageFixture(DataSource dataSource) {
    jdbc = JdbcClient.create(dataSource);
  }

  /** Empties every table that the fixture fills. */
  public void clear() {
    jdbc.sql(
            "truncate kept_data, kept_data_use, backup_policy, backup_promise, backup_source,"
                + " backup_reading, backup_source_blindness, backup_unmapped, backup_record,"
                + " coverage, data_size restart identity cascade")
        .update();
  }

  /** A volume that is kept from an instant on, named and used by nothing. */
  public long volume(long host, String name, Instant since) {
    return keep(host, DataKind.VOLUME, name, null, since, DataShape.NAMED, "[]");
  }

  /** Data that is kept from an instant on. */
  public long keep(
      long host,
      DataKind kind,
      String name,
      @Nullable Long subject,
      Instant since,
      DataShape shape,
      String users) {
    long id =
        jdbc.sql(
                """
                insert into kept_data (host_id, kind, name, subject_id, engine_id, valid_from)
                values (:host, :kind, :name, cast(:subject as bigint), 'E', :since) returning id
                """)
            .param("host", host)
            .param("kind", kind.name())
            .param("name", name)
            .param("subject", subject)
            .param("since", time(since))
            .query(Long.class)
            .single();
    jdbc.sql(
            """
            insert into kept_data_use (data_id, host_id, valid_from, shape, project, users, intents)
            values (:id, :host, :since, :shape, 'shop', cast(:users as json),
              '[{"label":"dev.plimsoll.backup","value":"true","on":"web"}]')
            """)
        .param("id", id)
        .param("host", host)
        .param("since", time(since))
        .param("shape", shape.name())
        .param("users", users)
        .update();
    return id;
  }

  /** A user as the table holds it. */
  public static String user(String container, boolean running) {
    return """
        {"container":"%1$s","dockerId":"id-%1$s","running":%2$s,"writes":true,"path":"/data",\
        "through":null,"dataContainer":false}"""
        .formatted(container, running);
  }

  /** The data is gone, and all that was known of it ends. */
  public void gone(long data, Instant at) {
    for (String table : new String[] {"kept_data", "kept_data_use", "backup_promise"}) {
      jdbc.sql(
              "update %s set valid_to = :at where %s = :id and valid_to = 'infinity'"
                  .formatted(table, table.equals("kept_data") ? "id" : "data_id"))
          .param("id", data)
          .param("at", time(at))
          .update();
    }
    jdbc.sql(
            "update coverage set valid_to = :at where data_id = :id and valid_to = 'infinity'"
                + " and known_to = 'infinity'")
        .param("id", data)
        .param("at", time(at))
        .update();
  }

  /** Only evidence that began since then is of this data. */
  public void recordsFrom(long data, Instant at) {
    jdbc.sql("update kept_data set records_from = :at where id = :id")
        .param("id", data)
        .param("at", time(at))
        .update();
  }

  /** A policy promises something for it from an instant on. */
  public void promise(
      long data, long policyId, String policy, long rpoSeconds, boolean offHost, Instant since) {
    jdbc.sql(
            """
            insert into backup_promise (data_id, host_id, valid_from, policy_id, policy_version,
              policy, rpo_seconds, restore_test_seconds, off_host)
            select id, host_id, :since, :policyId, 1, :policy, :rpo, 2592000, :offHost
            from kept_data where id = :data
            """)
        .param("data", data)
        .param("since", time(since))
        .param("policyId", policyId)
        .param("policy", policy)
        .param("rpo", rpoSeconds)
        .param("offHost", offHost)
        .update();
  }

  /** A policy exempts it from an instant on. */
  public void exempt(long data, String policy, String reason, String approver, Instant since) {
    jdbc.sql(
            """
            insert into backup_promise (data_id, host_id, valid_from, policy_id, policy_version,
              policy, off_host, exempt_by, exempt_reason, exempt_approver)
            select id, host_id, :since, 99, 1, :policy, false, :policy, :reason, :approver
            from kept_data where id = :data
            """)
        .param("data", data)
        .param("since", time(since))
        .param("policy", policy)
        .param("reason", reason)
        .param("approver", approver)
        .update();
  }

  /** It stands so from an instant on, and that is known at once. */
  public void stands(long data, CoverageState state, CoverageReason reason, Instant since) {
    coverage(data, state, reason, since, FOREVER, since, FOREVER, null);
  }

  /** The same, and it will be late at an instant. */
  public void standsUntil(long data, Instant since, Instant turnsAt) {
    coverage(
        data,
        CoverageState.PROTECTED,
        CoverageReason.FRESH,
        since,
        FOREVER,
        since,
        FOREVER,
        turnsAt);
  }

  /** A row of coverage; 9999 for ever. */
  public void coverage(
      long data,
      CoverageState state,
      CoverageReason reason,
      Instant validFrom,
      @Nullable Instant validTo,
      Instant knownFrom,
      @Nullable Instant knownTo,
      @Nullable Instant turnsAt) {
    jdbc.sql(
            """
            insert into coverage (data_id, host_id, kind, state, reason, valid_from, valid_to,
              known_from, known_to, turns_at, turns_to, turn_reason)
            select id, host_id, kind, :state, :reason, :from, cast(:to as timestamptz), :knownFrom,
              cast(:knownTo as timestamptz), cast(:turnsAt as timestamptz), cast(:turnsTo as text),
              cast(:turnReason as text)
            from kept_data where id = :data
            """)
        .param("data", data)
        .param("state", state.name())
        .param("reason", reason.name())
        .param("from", time(validFrom))
        .param("to", forever(validTo))
        .param("knownFrom", time(knownFrom))
        .param("knownTo", forever(knownTo))
        .param("turnsAt", forever(turnsAt))
        .param("turnsTo", turnsAt == null ? null : "LATE")
        .param("turnReason", turnsAt == null ? null : "OLD")
        .update();
  }

  /** It stands otherwise from an instant on. */
  public void turns(long data, CoverageState state, CoverageReason reason, Instant at) {
    jdbc.sql(
            "update coverage set valid_to = :at where data_id = :id and valid_to = 'infinity'"
                + " and known_to = 'infinity'")
        .param("id", data)
        .param("at", time(at))
        .update();
    stands(data, state, reason, at);
  }

  /** How large it was measured to be, from an instant on; null while that lasts. */
  public void size(
      long host, DataKind kind, String key, long bytes, Instant from, @Nullable Instant to) {
    jdbc.sql(
            """
            insert into data_size (host_id, kind, key, valid_from, valid_to, bytes)
            values (:host, :kind, :key, :from, cast(:to as timestamptz), :bytes)
            """)
        .param("host", host)
        .param("kind", kind.name())
        .param("key", key)
        .param("from", time(from))
        .param("to", forever(to))
        .param("bytes", bytes)
        .update();
  }

  /** A backup that began at an instant, took a minute and was learned of at once. */
  public RecordBuilder backup(long host, DataKind kind, String name, Instant startedAt) {
    return new RecordBuilder(host, kind, name, "BACKUP", startedAt);
  }

  /** A restore that began at an instant, took a minute and was learned of at once. */
  public RecordBuilder restore(long host, DataKind kind, String name, Instant startedAt) {
    return new RecordBuilder(host, kind, name, "RESTORE_TEST", startedAt);
  }

  private static OffsetDateTime time(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }

  private static String forever(@Nullable Instant at) {
    return at == null || at.equals(FOREVER) ? "infinity" : at.toString();
  }

  /** A record to be added. */
  public final class RecordBuilder {
    private final long host;
    private final DataKind kind;
    private final String name;
    private final String type;
    private final Instant startedAt;
    private Instant learnedAt;
    private @Nullable Instant goneAt;
    private boolean succeeded = true;
    private boolean ahead;
    private @Nullable String target = "HOST";
    private @Nullable Long bytes = 1000L;
    private @Nullable Double duration;
    private @Nullable Boolean hashesEqual;
    private String source = "nightly";
    private @Nullable String snapshotId;

    private RecordBuilder(long host, DataKind kind, String name, String type, Instant startedAt) {
      this.host = host;
      this.kind = kind;
      this.name = name;
      this.type = type;
      this.startedAt = startedAt;
      learnedAt = startedAt.plusSeconds(60);
    }

    public RecordBuilder learnedAt(Instant at) {
      learnedAt = at;
      return this;
    }

    public RecordBuilder goneAt(Instant at) {
      goneAt = at;
      return this;
    }

    public RecordBuilder failed() {
      succeeded = false;
      return this;
    }

    public RecordBuilder ahead() {
      ahead = true;
      return this;
    }

    public RecordBuilder target(@Nullable String word) {
      target = word;
      return this;
    }

    public RecordBuilder bytes(@Nullable Long size) {
      bytes = size;
      return this;
    }

    public RecordBuilder took(double seconds) {
      duration = seconds;
      return this;
    }

    public RecordBuilder hashesEqual(boolean equal) {
      hashesEqual = equal;
      return this;
    }

    public RecordBuilder source(String who) {
      source = who;
      return this;
    }

    public RecordBuilder snapshot(String id) {
      snapshotId = id;
      return this;
    }

    /** Adds it; its ID. */
    public long add() {
      return jdbc.sql(
              """
              insert into backup_record (host_id, kind, name, type, outcome, started_at,
                finished_at, learned_at, gone_at, ahead, source, snapshot_id, bytes, target_type,
                duration_seconds, hashes_equal, reporter, document)
              values (:host, :kind, :name, :type, :outcome, :started, :finished, :learned,
                cast(:gone as timestamptz), :ahead, :source, cast(:snapshot as text),
                cast(:bytes as bigint), cast(:target as text), cast(:duration as double precision),
                cast(:equal as boolean), 'robot', sha256(convert_to(gen_random_uuid()::text, 'UTF8')))
              returning id
              """)
          .param("host", host)
          .param("kind", kind.name())
          .param("name", name)
          .param("type", type)
          .param("outcome", succeeded ? "SUCCEEDED" : "FAILED")
          .param("started", time(startedAt))
          .param("finished", time(startedAt.plusSeconds(60)))
          .param("learned", time(learnedAt))
          .param("gone", forever(goneAt))
          .param("ahead", ahead)
          .param("source", source)
          .param("snapshot", snapshotId)
          .param("bytes", bytes)
          .param("target", target)
          .param("duration", duration)
          .param("equal", hashesEqual)
          .query(Long.class)
          .single();
    }
  }
}
