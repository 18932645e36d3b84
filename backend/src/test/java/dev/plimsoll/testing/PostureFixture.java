package dev.plimsoll.testing;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.Mode;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.compliance.CurrentCatalogue;
import dev.plimsoll.compliance.Severities;
import dev.plimsoll.inventory.Document;
import dev.plimsoll.inventory.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.DeflaterOutputStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Writes the rows that publishing would, one by one, for tests of what reads them. */
public final class PostureFixture {
  /** When hosts were added, unless said otherwise. */
  public static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

  private static final List<String> TABLES =
      List.of(
          "host_group",
          "host",
          "host_history",
          "collection",
          "document",
          "subject",
          "state",
          "host_blindness",
          "host_publication",
          "judgement",
          "verdict",
          "finding",
          "finding_event",
          "score",
          "score_sum");
  private static final JsonMapper MAPPER = new JsonMapper();

  private final JdbcClient jdbc;
  private final int catalogue;

  public PostureFixture(DataSource dataSource) {
    jdbc = JdbcClient.create(dataSource);
    catalogue = CurrentCatalogue.number(dataSource);
  }

  public JdbcClient jdbc() {
    return jdbc;
  }

  /** Empties every table that the fixture fills. */
  public void clear() {
    jdbc.sql("truncate " + String.join(", ", TABLES) + " restart identity cascade").update();
  }

  /** A group, and those above it, from a moment on. */
  public long group(String path, Instant since) {
    int slash = path.lastIndexOf('/');
    Long parent = slash < 0 ? null : (Long) group(path.substring(0, slash), since);
    return jdbc.sql(
            """
            insert into host_group (parent_id, name, path, created_at)
            values (cast(:parent as bigint), :name, :path, :since)
            on conflict (lower(path)) do update set path = excluded.path returning id
            """)
        .param("parent", parent)
        .param("name", path.substring(slash + 1))
        .param("path", path)
        .param("since", time(since))
        .query(Long.class)
        .single();
  }

  public HostBuilder host(String name) {
    return new HostBuilder(name);
  }

  /** An active host, added long ago. */
  public long addHost(String name) {
    return host(name).add();
  }

  /** What decides a host's past answers changes at an instant. */
  public void rename(long host, String name, @Nullable String group, Instant at) {
    jdbc.sql(
            """
            with closed as (
              update host_history set valid_to = :at
              where host_id = :host and valid_to = 'infinity' returning *)
            insert into host_history (host_id, valid_from, name, group_id, group_path, environment,
              owner, criticality, labels, interval_seconds, paused, decommissioned)
            select host_id, :at, :name, group_id, cast(:group as text), environment, owner,
              criticality, labels, interval_seconds, paused, decommissioned from closed
            """)
        .param("host", host)
        .param("name", name)
        .param("group", group)
        .param("at", time(at))
        .update();
    jdbc.sql("update host set name = :name where id = :host")
        .param("host", host)
        .param("name", name)
        .update();
  }

  public void decommission(long host, Instant at) {
    jdbc.sql(
            """
            with closed as (
              update host_history set valid_to = :at
              where host_id = :host and valid_to = 'infinity' returning *)
            insert into host_history (host_id, valid_from, name, group_id, group_path, environment,
              owner, criticality, labels, interval_seconds, paused, decommissioned)
            select host_id, :at, name, group_id, group_path, environment, owner, criticality,
              labels, interval_seconds, paused, true from closed
            """)
        .param("host", host)
        .param("at", time(at))
        .update();
    jdbc.sql("update host set decommissioned_at = :at where id = :host")
        .param("host", host)
        .param("at", time(at))
        .update();
  }

  /** An attempt that ended; one that read the host found one container. */
  public long collection(long host, String outcome, Instant startedAt, Instant finishedAt) {
    boolean read = !outcome.equals("FAILED");
    return jdbc.sql(
            """
            insert into collection (host_id, outcome, started_at, finished_at, worker, containers,
              images, volumes, networks, documents_new, error_category, error_detail, problems)
            values (:host, :outcome, :started, :finished, 'test', cast(:one as int),
              cast(:one as int), cast(:one as int), cast(:one as int), cast(:one as int),
              cast(:category as text), cast(:detail as text), cast(:problems as jsonb))
            returning id
            """)
        .param("host", host)
        .param("outcome", outcome)
        .param("started", time(startedAt))
        .param("finished", time(finishedAt))
        .param("one", read ? 1 : null)
        .param("category", read ? null : "UNREACHABLE")
        .param("detail", read ? null : "Connection refused.")
        .param(
            "problems",
            outcome.equals("PARTIAL")
                ? "[{\"call\":\"GET /volumes\",\"status\":500,\"detail\":\"It broke.\"}]"
                : "[]")
        .query(Long.class)
        .single();
  }

  /** A successful attempt that ended at an instant. */
  public long read(long host, Instant finishedAt) {
    return collection(host, "SUCCEEDED", finishedAt.minusSeconds(2), finishedAt);
  }

  public long running(long host, Instant startedAt) {
    return jdbc.sql(
            "insert into collection (host_id, outcome, started_at, worker)"
                + " values (:host, 'RUNNING', :started, 'test') returning id")
        .param("host", host)
        .param("started", time(startedAt))
        .query(Long.class)
        .single();
  }

  /** Stores a document; its hash. */
  public Sha256 document(String json) {
    Document document = Document.of(MAPPER.readTree(json));
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflated = new DeflaterOutputStream(content)) {
      deflated.write(document.bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    jdbc.sql(
            "insert into document (sha256, content, size, first_seen)"
                + " values (:sha256, :content, :size, :at) on conflict do nothing")
        .param("sha256", document.sha256().bytes())
        .param("content", content.toByteArray())
        .param("size", document.bytes().length)
        .param("at", time(LONG_AGO))
        .update();
    return document.sha256();
  }

  public long subject(
      long host, SubjectKind kind, String dockerId, String name, Instant firstSeen) {
    return subject(host, kind, dockerId, name, name, firstSeen);
  }

  public long subject(
      long host,
      SubjectKind kind,
      String dockerId,
      String name,
      String lineage,
      Instant firstSeen) {
    return jdbc.sql(
            """
            insert into subject (host_id, kind, docker_id, name, lineage, first_seen)
            values (:host, :kind, :dockerId, :name, :lineage, :firstSeen) returning id
            """)
        .param("host", host)
        .param("kind", kind.word())
        .param("dockerId", dockerId)
        .param("name", name)
        .param("lineage", lineage)
        .param("firstSeen", time(firstSeen))
        .query(Long.class)
        .single();
  }

  /**
   * A state.
   *
   * @param to null while it lasts
   * @param json null if the subject could not be read
   */
  public void state(
      long subject,
      String name,
      Instant from,
      @Nullable Instant to,
      @Nullable String json,
      @Nullable String observation) {
    jdbc.sql(
            """
            insert into state (subject_id, host_id, kind, valid_from, valid_to, name, document,
              observation, problem, collection_id)
            select b.id, b.host_id, b.kind, :from, coalesce(cast(:to as timestamptz), 'infinity'),
              :name, cast(:document as bytea), cast(:observation as bytea),
              cast(:problem as jsonb), 7
            from subject b where b.id = :subject
            """)
        .param("subject", subject)
        .param("from", time(from))
        .param("to", timeOrNull(to))
        .param("name", name)
        .param("document", json == null ? null : document(json).bytes())
        .param("observation", observation == null ? null : document(observation).bytes())
        .param(
            "problem",
            json == null
                ? "{\"call\":\"GET /containers/x/json\",\"status\":500,\"detail\":\"It broke.\"}"
                : null)
        .update();
  }

  /** A container that was seen from an instant on and still is, with its subject's ID. */
  public long container(long host, String name, Instant since) {
    long subject = subject(host, SubjectKind.CONTAINER, "id-" + name, name, since);
    state(
        subject,
        name,
        since,
        null,
        "{\"Id\":\"id-%s\",\"Config\":{\"Image\":\"shop:1\"}}".formatted(name),
        "{\"everStarted\":true,\"state\":\"running\"}");
    return subject;
  }

  /** The engine, seen from an instant on. */
  public long engine(long host, Instant since) {
    long subject = subject(host, SubjectKind.ENGINE, Checklist.ENGINE_ID, "engine", since);
    state(
        subject,
        "engine",
        since,
        null,
        "{\"info\":{\"ID\":\"%d\",\"ServerVersion\":\"20.10.24\"},\"version\":{}}".formatted(host),
        null);
    return subject;
  }

  /**
   * A judgement: everything passes but what is told.
   *
   * @param to null while it lasts
   * @param letters by check ID
   * @param turns JSON, or null
   */
  public void judgement(
      long subject,
      Instant from,
      @Nullable Instant to,
      Map<String, Character> letters,
      @Nullable String turns) {
    SubjectKind kind = kind(subject);
    StringBuilder outcomes = new StringBuilder();
    Map<String, Character> left = new TreeMap<>(letters);
    for (Rule rule : Checklist.standard().rules(kind)) {
      Character letter = left.remove(rule.id());
      outcomes.append(letter == null ? 'P' : letter.charValue());
    }
    if (!left.isEmpty()) {
      throw new IllegalArgumentException("not checks of kind " + kind.word() + ": " + left);
    }
    jdbc.sql(
            """
            insert into judgement (subject_id, host_id, kind, valid_from, valid_to, outcomes,
              workload, in_score, turns, catalogue_version)
            select b.id, b.host_id, b.kind, :from, coalesce(cast(:to as timestamptz), 'infinity'),
              :outcomes, null, true, cast(:turns as json), :catalogue
            from subject b where b.id = :subject
            """)
        .param("subject", subject)
        .param("from", time(from))
        .param("to", timeOrNull(to))
        .param("outcomes", outcomes.toString())
        .param("catalogue", catalogue)
        .param("turns", turns)
        .update();
  }

  /** A verdict's row; the judgement is written apart. */
  public void verdict(
      long subject,
      String check,
      String outcome,
      Instant since,
      Instant from,
      @Nullable Instant to,
      @Nullable String reason,
      String evidence) {
    Rule rule = rule(check);
    jdbc.sql(
            """
            insert into verdict (host_id, subject_id, kind, check_id, outcome, severity, advisory,
              since, valid_from, valid_to, reason, evidence)
            select b.host_id, b.id, b.kind, :check, :outcome, :severity, :advisory, :since, :from,
              coalesce(cast(:to as timestamptz), 'infinity'), cast(:reason as text),
              cast(:evidence as json)
            from subject b where b.id = :subject
            """)
        .param("subject", subject)
        .param("check", check)
        .param("outcome", outcome)
        .param("severity", Severities.rank(rule.severity()))
        .param("advisory", rule.mode() == Mode.ADVISORY)
        .param("since", time(since))
        .param("from", time(from))
        .param("to", timeOrNull(to))
        .param("reason", reason)
        .param("evidence", evidence)
        .update();
  }

  /** A subject that fails some checks from an instant on and passes all others of its kind. */
  public void fails(long subject, Instant since, String... checks) {
    Map<String, Character> letters = new TreeMap<>();
    for (String check : checks) {
      letters.put(check, 'F');
      verdict(
          subject,
          check,
          "FAIL",
          since,
          since,
          null,
          null,
          "[{\"path\":\".HostConfig.Privileged\",\"value\":\"true\"}]");
    }
    judgement(subject, since, null, letters, null);
  }

  /** Subjects that are replicas of one workload. */
  public void sameWorkload(List<Long> subjects) {
    jdbc.sql("update judgement set workload = sha256('shared') where subject_id in (:subjects)")
        .param("subjects", subjects)
        .update();
  }

  public void blindness(long host, String scope, Instant from, @Nullable Instant to) {
    jdbc.sql(
            """
            insert into host_blindness (host_id, scope, valid_from, valid_to, problem,
              collection_id)
            values (:host, :scope, :from, coalesce(cast(:to as timestamptz), 'infinity'),
              '{"call":"GET /list","status":500,"detail":"The list broke."}', 9)
            """)
        .param("host", host)
        .param("scope", scope)
        .param("from", time(from))
        .param("to", timeOrNull(to))
        .update();
  }

  /** An open finding with the event that opened it. */
  public long finding(long host, String check, String lineage, Instant failingSince) {
    Rule rule = rule(check);
    long id =
        jdbc.sql(
                """
                insert into finding (host_id, check_id, kind, lineage, severity, advisory, status,
                  failing_since)
                values (:host, :check, :kind, :lineage, :severity, :advisory, 'OPEN', :since)
                returning id
                """)
            .param("host", host)
            .param("check", check)
            .param("kind", rule.subject().word())
            .param("lineage", lineage)
            .param("severity", Severities.rank(rule.severity()))
            .param("advisory", rule.mode() == Mode.ADVISORY)
            .param("since", time(failingSince))
            .query(Long.class)
            .single();
    event(id, failingSince, "OPENED", "{}");
    return id;
  }

  public void resolve(long finding, Instant at) {
    jdbc.sql("update finding set status = 'RESOLVED', resolved_at = :at where id = :id")
        .param("id", finding)
        .param("at", time(at))
        .update();
    event(finding, at, "RESOLVED", "{}");
  }

  public void reopen(long finding, Instant at) {
    jdbc.sql(
            "update finding set status = 'OPEN', resolved_at = null, reopened = reopened + 1"
                + " where id = :id")
        .param("id", finding)
        .update();
    event(finding, at, "REOPENED", "{}");
  }

  public void event(long finding, Instant at, String kind, String detail) {
    jdbc.sql(
            "insert into finding_event (finding_id, at, kind, detail)"
                + " values (:id, :at, :kind, cast(:detail as jsonb))")
        .param("id", finding)
        .param("at", time(at))
        .param("kind", kind)
        .param("detail", detail)
        .update();
  }

  /** A score in whole points with a grade; a group's or the fleet's speaks of two hosts. */
  public void score(String scope, long id, Instant at, int score, String grade) {
    jdbc.sql(
            """
            insert into score (scope, scope_id, at, score, score_high, score_accepted, grade,
              confidence, points_failed, points_unknown, points_accepted, hosts,
              hosts_with_critical, profile, profile_version, catalogue_version, checks_in_scope)
            values (:scope, :id, :at, :score, :score + 1000, :score + 500, :grade, 875, 12500,
              3000, 0, :hosts, 1, 'Everything', 1, 1, 68)
            """)
        .param("scope", scope)
        .param("id", id)
        .param("at", time(at))
        .param("score", score * 1000)
        .param("grade", grade)
        .param("hosts", scope.equals("HOST") ? 1 : 2)
        .update();
  }

  /** A check of the catalogue, by severity and kind: tests need one, whichever it is. */
  public static Rule rule(String check) {
    return Checklist.standard().rules().stream()
        .filter(rule -> rule.id().equals(check))
        .findFirst()
        .orElseThrow();
  }

  private SubjectKind kind(long subject) {
    return SubjectKind.of(
        jdbc.sql("select kind from subject where id = :id")
            .param("id", subject)
            .query(String.class)
            .single());
  }

  private static OffsetDateTime time(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }

  private static @Nullable OffsetDateTime timeOrNull(@Nullable Instant at) {
    return at == null ? null : time(at);
  }

  /** A host to be added. */
  public final class HostBuilder {
    private final String name;
    private @Nullable String group;
    private @Nullable String environment;
    private @Nullable String owner;
    private int criticality = 2;
    private int intervalSeconds = 900;
    private boolean paused;
    private String labels = "{}";
    private Instant since = LONG_AGO;

    private HostBuilder(String name) {
      this.name = name;
    }

    public HostBuilder group(String path) {
      group = path;
      return this;
    }

    public HostBuilder environment(String word) {
      environment = word;
      return this;
    }

    public HostBuilder owner(String who) {
      owner = who;
      return this;
    }

    public HostBuilder intervalSeconds(int seconds) {
      intervalSeconds = seconds;
      return this;
    }

    public HostBuilder paused() {
      paused = true;
      return this;
    }

    public HostBuilder labels(String json) {
      labels = json;
      return this;
    }

    public HostBuilder since(Instant instant) {
      since = instant;
      return this;
    }

    public long add() {
      Long groupId = group == null ? null : (Long) PostureFixture.this.group(group, since);
      long id =
          jdbc.sql(
                  """
                  insert into host (name, endpoint, group_id, environment, owner, criticality,
                    labels, interval_seconds, created_at)
                  values (:name, 'unix:///run/' || :name, cast(:groupId as bigint),
                    cast(:environment as text), cast(:owner as text), :criticality,
                    cast(:labels as jsonb), :interval, :since) returning id
                  """)
              .param("name", name)
              .param("groupId", groupId)
              .param("environment", environment)
              .param("owner", owner)
              .param("criticality", criticality)
              .param("labels", labels)
              .param("interval", intervalSeconds)
              .param("since", time(since))
              .query(Long.class)
              .single();
      jdbc.sql(
              """
              insert into host_history (host_id, valid_from, name, group_id, group_path,
                environment, owner, criticality, labels, interval_seconds, paused, decommissioned)
              select id, created_at, name, group_id, cast(:group as text), environment, owner,
                criticality, labels, interval_seconds, :paused, false from host where id = :id
              """)
          .param("id", id)
          .param("group", group)
          .param("paused", paused)
          .update();
      return id;
    }
  }
}
