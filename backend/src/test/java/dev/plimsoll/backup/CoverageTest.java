package dev.plimsoll.backup;

import static dev.plimsoll.backup.KeepingHost.binding;
import static dev.plimsoll.backup.KeepingHost.mounting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.backup.coverage.DataRef;
import dev.plimsoll.backup.coverage.Selector;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.compliance.Publishing;
import dev.plimsoll.fleet.HostJson;
import dev.plimsoll.fleet.Hosts;
import dev.plimsoll.fleet.JsonFields;
import dev.plimsoll.permission.Role;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.Intervals;
import dev.plimsoll.testing.SettableClock;
import dev.plimsoll.testing.SignedIn;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.test.context.bean.override.convention.TestBean;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Coverage on a real PostgreSQL: how data stands, from when on, and since when that is known. */
@SpringBootTest(properties = "db-scheduler.enabled=false")
@DatabaseTest
class CoverageTest {
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  private static final SettableClock CLOCK = new SettableClock(START);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration TICK = Duration.ofNanos(1_000);

  @Autowired Publishing publishing;
  @Autowired BackupRecords records;
  @Autowired BackupPolicies policies;
  @Autowired SourceBlindness blindness;
  @Autowired Hosts hosts;
  @Autowired TransactionTemplate transaction;
  @Autowired DataSource dataSource;

  @TestBean(name = "publishClock")
  Clock clock;

  private KeepingHost host;

  static Clock clock() {
    return CLOCK;
  }

  @BeforeEach
  void addHost() {
    CLOCK.advance(Duration.ofHours(1));
    host =
        new KeepingHost("keeper-" + System.nanoTime(), dataSource, transaction, publishing, CLOCK);
  }

  @AfterEach
  void everythingIsWhole() {
    Intervals.assertWhole(dataSource);
    JdbcClient jdbc = JdbcClient.create(dataSource);
    jdbc.sql("update host set decommissioned_at = now()").update();
    jdbc.sql("delete from host_publication").update();
    jdbc.sql("delete from backup_policy").update();
  }

  @Test
  @DisplayName("Data that no policy matches is unprotected, whatever was backed up of it")
  void noPolicy() {
    host.volume("data").publish();
    settle();
    reported(backup("data", CLOCK.instant()));
    assertThat(host.standing("data")).isEqualTo("UNPROTECTED NO_POLICY");
  }

  @Test
  @DisplayName("A policy promises, a good backup fulfils, and silence turns it late by itself")
  void silence() {
    host.volume("data").publish();
    settle();
    policy("daily", DAY);
    assertThat(host.standing("data")).isEqualTo("UNPROTECTED NEVER");

    CLOCK.advance(Duration.ofMinutes(10));
    Instant started = CLOCK.instant().minusSeconds(60);
    reported(backup("data", started));
    assertThat(host.standing("data")).isEqualTo("PROTECTED FRESH");

    CLOCK.advance(Duration.ofDays(3));
    Instant limit = started.plus(DAY);
    assertThat(host.standing("data", limit)).isEqualTo("PROTECTED FRESH");
    assertThat(host.standing("data", limit.plus(TICK))).isEqualTo("LATE OLD");
    host.turn();
    assertThat(host.standing("data", limit)).isEqualTo("PROTECTED FRESH");
    assertThat(host.standing("data", limit.plus(TICK))).isEqualTo("LATE OLD");
    assertThat(host.since("data")).isEqualTo(limit.plus(TICK));
  }

  @Test
  @DisplayName("Another backup in time moves the forecast and writes no row")
  void another() {
    host.volume("data").publish();
    settle();
    policy("daily", DAY);
    reported(backup("data", CLOCK.instant()));
    List<String> rows = host.rows("data");
    Instant last = CLOCK.instant();
    for (int i = 0; i < 5; i++) {
      CLOCK.advance(Duration.ofHours(20));
      last = CLOCK.instant();
      reported(backup("data", last));
      host.turn();
    }
    assertThat(host.rows("data")).isEqualTo(rows);
    assertThat(host.standing("data", last.plus(DAY))).isEqualTo("PROTECTED FRESH");
    assertThat(host.standing("data", last.plus(DAY).plus(TICK))).isEqualTo("LATE OLD");
  }

  @Test
  @DisplayName("Evidence that comes late supersedes what was held for true, and edits nothing")
  void lateEvidence() {
    host.volume("data").publish();
    settle();
    policy("daily", DAY);
    Instant first = CLOCK.instant();
    reported(backup("data", first));
    CLOCK.advance(Duration.ofHours(40));
    host.turn();
    Instant then = CLOCK.instant();
    CLOCK.advance(Duration.ofHours(4));
    Instant second = first.plus(Duration.ofHours(26));
    reported(backup("data", second));
    Instant now = CLOCK.instant();

    assertThat(host.standing("data")).isEqualTo("PROTECTED FRESH");
    assertThat(host.standing("data", then)).isEqualTo("LATE OLD");
    assertThat(host.standing("data", then, now)).isEqualTo("PROTECTED FRESH");
    Instant between = first.plus(Duration.ofHours(25));
    assertThat(host.standing("data", between, now)).isEqualTo("LATE OLD");
    assertThat(host.standing("data", first, now)).isEqualTo("PROTECTED FRESH");
  }

  @Test
  @DisplayName("An attempt that fails leaves data protected while the last good one is young")
  void failure() {
    host.volume("data").publish();
    settle();
    policy("daily", DAY);
    reported(backup("data", CLOCK.instant()));
    CLOCK.advance(Duration.ofHours(20));
    reported(backup("data", CLOCK.instant()).succeeded(false));
    assertThat(host.standing("data")).isEqualTo("PROTECTED FRESH_BUT_FAILED");
    CLOCK.advance(Duration.ofHours(5));
    assertThat(host.standing("data")).isEqualTo("FAILED ATTEMPT_FAILED");
  }

  @Test
  @DisplayName("What only ever failed, or saved nothing, has failed")
  void neverGood() {
    host.volume("broken").volume("empty").publish();
    settle();
    policy("daily", DAY);
    reported(backup("broken", CLOCK.instant()).succeeded(false));
    reported(backup("empty", CLOCK.instant()).bytes(0L));
    assertThat(host.standing("broken")).isEqualTo("FAILED NEVER_SUCCEEDED");
    assertThat(host.standing("empty")).isEqualTo("FAILED EMPTY");
  }

  @Test
  @DisplayName("A volume that was removed and made again under its name is not the same volume")
  void madeAgain() {
    host.volume("data").publish();
    settle();
    policy("daily", DAY);
    reported(backup("data", CLOCK.instant()));
    Instant before = CLOCK.instant();
    CLOCK.advance(Duration.ofMinutes(10));
    host.without("data").publish();
    settle();
    assertThat(host.standing("data")).isEqualTo("nothing");
    CLOCK.advance(Duration.ofMinutes(10));
    host.volume("data").publish();
    settle();
    assertThat(host.standing("data")).isEqualTo("UNPROTECTED NEVER");
    assertThat(host.standing("data", before)).isEqualTo("PROTECTED FRESH");

    reported(backup("data", before.plusSeconds(30)));
    assertThat(host.standing("data")).as("began before it was gone").startsWith("UNPROTECTED");
    reported(backup("data", CLOCK.instant()));
    assertThat(host.standing("data")).isEqualTo("PROTECTED FRESH");
  }

  @Test
  @DisplayName("Another engine on the same address, or another date of birth, is another volume")
  void otherIncarnation() {
    String[] none = {};
    host.volume("data").volume("dated", "2026-01-01T00:00:00Z", none).publish();
    settle();
    policy("daily", DAY);
    reported(backup("data", CLOCK.instant()));
    reported(backup("dated", CLOCK.instant()));
    assertThat(host.standing("dated")).isEqualTo("PROTECTED FRESH");
    CLOCK.advance(Duration.ofMinutes(10));
    String born = CLOCK.instant().minusSeconds(120).toString();
    host.volume("dated", born, none).publish();
    settle();
    assertThat(host.standing("dated")).isEqualTo("UNPROTECTED NEVER");
    reported(backup("dated", CLOCK.instant().minusSeconds(60)));
    assertThat(host.standing("dated")).isEqualTo("PROTECTED FRESH");

    CLOCK.advance(Duration.ofMinutes(10));
    host.engine("CCCC:DDDD").publish();
    settle();
    assertThat(host.standing("data")).isEqualTo("UNPROTECTED NEVER");
  }

  @Test
  @DisplayName("A list that cannot be read removes nothing")
  void unread() {
    host.volume("data").publish();
    settle();
    policy("daily", DAY);
    reported(backup("data", CLOCK.instant()));
    CLOCK.advance(Duration.ofMinutes(10));
    host.unreadable(SubjectKind.VOLUME).publish();
    settle();
    CLOCK.advance(Duration.ofMinutes(10));
    host.readable().publish();
    settle();
    assertThat(host.standing("data")).isEqualTo("PROTECTED FRESH");
  }

  @Test
  @DisplayName("Evidence for a volume that is not known yet counts once it is")
  void unknownVolume() {
    reported(backup("data", CLOCK.instant()));
    policy("daily", DAY);
    CLOCK.advance(Duration.ofMinutes(10));
    host.volume("data").publish();
    settle();
    assertThat(host.standing("data")).isEqualTo("PROTECTED FRESH");
  }

  @Test
  @DisplayName("The same report again is no second record")
  void repeated() {
    host.volume("data").publish();
    settle();
    RecordDraft draft = backup("data", CLOCK.instant()).build();
    BackupRecords.Reported first = by("job", Role.REPORTER, draft);
    CLOCK.advance(Duration.ofMinutes(1));
    BackupRecords.Reported again = by("job", Role.REPORTER, draft);
    assertThat(again).isEqualTo(new BackupRecords.Reported(first.id(), true));
  }

  @Test
  @DisplayName("A backup from the future counts for nothing, and data is not called protected")
  void ahead() {
    host.volume("data").publish();
    settle();
    policy("daily", DAY);
    reported(backup("data", CLOCK.instant().plus(Duration.ofHours(2))));
    assertThat(host.standing("data")).isEqualTo("UNKNOWN FROM_THE_FUTURE");
    reported(backup("data", CLOCK.instant().plusSeconds(120)));
    assertThat(host.standing("data")).as("clocks differ a little").isEqualTo("PROTECTED FRESH");
  }

  @Test
  @DisplayName("An exemption holds once somebody else approved it, and ends by itself")
  void exempt() {
    host.volume("data").publish();
    settle();
    Instant until = CLOCK.instant().plus(DAY);
    long id =
        SignedIn.as("ann", Role.ANALYST)
            .get(
                () ->
                    policies.create(
                        new PolicyDraft(
                            "caches",
                            Selector.VOLUMES,
                            null,
                            null,
                            false,
                            "Rebuilt daily",
                            until)));
    assertThat(host.standing("data")).isEqualTo("UNPROTECTED NO_POLICY");
    assertThatThrownBy(() -> SignedIn.as("ann", Role.ANALYST).run(() -> policies.approve(id)))
        .isInstanceOf(AccessDeniedException.class);
    CLOCK.advance(Duration.ofMinutes(1));
    SignedIn.as("bob", Role.ANALYST).run(() -> policies.approve(id));
    settle();
    assertThat(host.standing("data")).isEqualTo("EXEMPT EXEMPT");
    assertThat(host.standing("data", until)).isEqualTo("UNPROTECTED NO_POLICY");
  }

  @Test
  @DisplayName("The strictest policy counts; a label counts where it is stricter")
  void strictest() {
    host.volume("data").volume("labelled", "dev.plimsoll.rpo=2h").publish();
    settle();
    policy("weekly", Duration.ofDays(7));
    policy("daily", DAY);
    reported(backup("data", CLOCK.instant()));
    reported(backup("labelled", CLOCK.instant()));
    CLOCK.advance(Duration.ofHours(3));
    assertThat(host.standing("data")).isEqualTo("PROTECTED FRESH");
    assertThat(host.standing("labelled")).isEqualTo("LATE OLD");
    CLOCK.advance(Duration.ofHours(23));
    assertThat(host.standing("data")).isEqualTo("LATE OLD");
  }

  @Test
  @DisplayName("A host that moves to another group has that group's promises")
  void moved() {
    host.volume("data").publish();
    settle();
    policy(
        "retail",
        DAY,
        new Selector(
            Set.of(), "Retail", null, List.of(), Map.of(), Map.of(), List.of(), null, null));
    assertThat(host.standing("data")).isEqualTo("UNPROTECTED NO_POLICY");
    SignedIn.administrator()
        .run(() -> hosts.edit(host.id, HostJson.change(JsonFields.of(group("Retail/Web"))), false));
    CLOCK.advance(Duration.ofMinutes(1));
    host.turn();
    settle();
    assertThat(host.standing("data")).isEqualTo("UNPROTECTED NEVER");
  }

  private static ObjectNode group(String path) {
    return JsonMapper.shared().createObjectNode().put("group", path);
  }

  @Test
  @DisplayName("Labels and a running backup program mean a backup, and are evidence of none")
  void intents() {
    host.volume("data")
        .volume("seen")
        .container(
            "db",
            mounting("data")
                .andThen(
                    container ->
                        ((ObjectNode) container.path("Config"))
                            .putObject("Labels")
                            .put("docker-volume-backup.stop-during-backup", "true")))
        .container(
            "saver",
            mounting("seen")
                .andThen(
                    container ->
                        ((ObjectNode) container.path("Config"))
                            .put("Image", "offen/docker-volume-backup:v2")))
        .publish();
    settle();
    assertThat(host.standing("data")).isEqualTo("UNPROTECTED NEVER");
    assertThat(host.standing("seen")).isEqualTo("UNPROTECTED NEVER");
  }

  @Test
  @DisplayName("A directory is protected by a backup of one above it")
  void directories() {
    host.container("app", binding("/srv/app/data")).publish();
    settle();
    policy(
        "directories",
        DAY,
        new Selector(
            Set.of(DataKind.DIRECTORY),
            null,
            null,
            List.of(),
            Map.of(),
            Map.of(),
            List.of(),
            null,
            null));
    assertThat(host.standing("/srv/app/data")).isEqualTo("UNPROTECTED NEVER");
    reported(backup(DataRef.directory("/srv/application"), CLOCK.instant()));
    assertThat(host.standing("/srv/app/data")).isEqualTo("UNPROTECTED NEVER");
    reported(backup(DataRef.directory("/srv/"), CLOCK.instant()));
    assertThat(host.standing("/srv/app/data")).isEqualTo("PROTECTED FRESH");
  }

  @Test
  @DisplayName("A writable layer with data is kept data of its own")
  void layers() {
    host.container(
            "app",
            "{\"state\":\"running\",\"everStarted\":true,\"changes\":{\"data\":[\"/srv\"]}}",
            container -> {})
        .publish();
    settle();
    assertThat(host.standing("app")).isEqualTo("UNPROTECTED NO_POLICY");
  }

  @Test
  @DisplayName("Snapshots that a source no longer shows protect no longer")
  void gone() {
    host.volume("data").publish();
    settle();
    policy("daily", DAY);
    long source = source();
    RecordDraft shown = backup("data", CLOCK.instant()).snapshotId("s1").build();
    assertThat(records.showing(source, List.of(shown))).isEqualTo(learned(1, 0));
    settle();
    assertThat(host.standing("data")).isEqualTo("PROTECTED FRESH");
    assertThat(records.showing(source, List.of(shown, shown))).isEqualTo(learned(0, 0));
    settle();
    CLOCK.advance(Duration.ofMinutes(5));
    Instant before = CLOCK.instant();
    CLOCK.advance(Duration.ofMinutes(5));
    assertThat(records.showing(source, List.of())).isEqualTo(learned(0, 1));
    settle();
    assertThat(host.standing("data")).isEqualTo("UNPROTECTED NEVER");
    assertThat(host.standing("data", before, CLOCK.instant())).isEqualTo("PROTECTED FRESH");
  }

  @Test
  @DisplayName("A source that cannot be read makes what would be late unknown; damage fails")
  void blindSource() {
    host.volume("data").publish();
    settle();
    policy("daily", DAY);
    long source = source();
    RecordDraft shown = backup("data", CLOCK.instant()).snapshotId("s1").build();
    records.showing(source, List.of(shown));
    settle();
    CLOCK.advance(Duration.ofHours(2));
    blindness.blind(source, "WRONG_PASSWORD", "The password is wrong.");
    settle();
    assertThat(host.standing("data")).isEqualTo("PROTECTED FRESH");
    CLOCK.advance(DAY);
    assertThat(host.standing("data")).isEqualTo("UNKNOWN SOURCE_UNREAD");
    blindness.seen(source);
    settle();
    assertThat(host.standing("data")).isEqualTo("LATE OLD");

    records.showing(
        source, List.of(shown, backup("data", CLOCK.instant()).snapshotId("s2").build()));
    settle();
    assertThat(host.standing("data")).isEqualTo("PROTECTED FRESH");
    CLOCK.advance(Duration.ofMinutes(1));
    blindness.blind(source, "DAMAGED", "A pack is missing.");
    settle();
    assertThat(host.standing("data")).isEqualTo("FAILED DAMAGED");
  }

  @Test
  @DisplayName("A snapshot that could not be restored counts no longer, until it can")
  void failedDrill() {
    host.volume("data").publish();
    settle();
    policy("daily", DAY);
    long source = source();
    records.showing(
        source, List.of(backup("data", CLOCK.instant()).source("repo").snapshotId("s1").build()));
    settle();
    CLOCK.advance(Duration.ofMinutes(1));
    records.learn(source, List.of(drill("data").succeeded(false).build()));
    settle();
    assertThat(host.standing("data")).isEqualTo("FAILED DAMAGED");
    CLOCK.advance(Duration.ofMinutes(1));
    records.learn(source, List.of(drill("data").compared(3L, true).build()));
    settle();
    assertThat(host.standing("data")).isEqualTo("PROTECTED FRESH");
  }

  @Test
  @DisplayName("Where a policy wants backups elsewhere, one on the host itself is none")
  void elsewhere() {
    host.volume("here").volume("there").volume("somewhere").publish();
    settle();
    SignedIn.administrator()
        .run(
            () ->
                policies.create(
                    new PolicyDraft("away", Selector.VOLUMES, DAY, null, true, null, null)));
    settle();
    reported(backup("here", CLOCK.instant()).target(TargetType.LOCAL, "/backup"));
    reported(backup("there", CLOCK.instant()).target(TargetType.OBJECT_STORE, "s3:x"));
    reported(backup("somewhere", CLOCK.instant()));
    assertThat(host.standing("here")).isEqualTo("UNPROTECTED ON_THE_HOST");
    assertThat(host.standing("there")).isEqualTo("PROTECTED FRESH");
    assertThat(host.standing("somewhere")).isEqualTo("UNKNOWN TARGET_NOT_REPORTED");
  }

  @Test
  @DisplayName("The checks read the same evidence and the same promises")
  void checks() {
    host.switchOn("backups");
    host.volume("data").volume("other").publish();
    settle();
    policy("weekly", Duration.ofDays(7));
    assertThat(host.verdict("data", "VOL-BACKUP")).startsWith("FAIL");
    Instant started = CLOCK.instant();
    reported(backup("data", started).target(TargetType.LOCAL, "/backup"));
    host.turn();
    assertThat(host.verdict("data", "VOL-BACKUP")).isEqualTo("neither");
    assertThat(host.verdict("data", "VOL-RPO")).isEqualTo("neither");
    assertThat(host.verdict("data", "VOL-OFFHOST")).startsWith("FAIL");
    assertThat(host.verdict("other", "VOL-BACKUP")).startsWith("FAIL");
    CLOCK.advance(Duration.ofDays(2));
    host.turn();
    assertThat(host.verdict("data", "VOL-RPO")).as("a week was promised").isEqualTo("neither");
    CLOCK.advance(Duration.ofDays(6));
    host.turn();
    assertThat(host.verdict("data", "VOL-RPO")).startsWith("FAIL");
    assertThat(host.standing("data")).isEqualTo("LATE OLD");
  }

  private long source() {
    return JdbcClient.create(dataSource)
        .sql(
            "insert into backup_source (name, type, location, mapping, interval_seconds, author,"
                + " created_at) values (?, 'RESTIC', '/repo', '{}', 3600, 'ada', now())"
                + " returning id")
        .param("repo-" + System.nanoTime())
        .query(Long.class)
        .single();
  }

  private static BackupRecords.Learned learned(int added, int gone) {
    return new BackupRecords.Learned(added, gone);
  }

  private RecordDraft.Builder drill(String volume) {
    return RecordDraft.restoreTest(host.id, DataRef.volume(volume))
        .source("repo")
        .snapshotId("s1")
        .startedAt(CLOCK.instant())
        .finishedAt(CLOCK.instant());
  }

  private RecordDraft.Builder backup(String volume, Instant started) {
    return backup(DataRef.volume(volume), started);
  }

  private RecordDraft.Builder backup(DataRef data, Instant started) {
    return RecordDraft.backup(host.id, data)
        .source("job")
        .startedAt(started)
        .finishedAt(started)
        .bytes(100L);
  }

  private void reported(RecordDraft.Builder draft) {
    assertThat(by("job", Role.REPORTER, draft.build()).repeated()).isFalse();
    settle();
  }

  /** Instants of a host only ever rise, by a tick where the clock stands still. */
  private static void settle() {
    CLOCK.advance(Duration.ofMillis(1));
  }

  private BackupRecords.Reported by(String name, Role role, RecordDraft draft) {
    return SignedIn.as(name, role).get(() -> records.report(draft));
  }

  private void policy(String name, Duration rpo) {
    policy(name, rpo, Selector.VOLUMES);
  }

  private void policy(String name, Duration rpo, Selector selector) {
    @Nullable String none = null;
    SignedIn.administrator()
        .run(() -> policies.create(new PolicyDraft(name, selector, rpo, null, false, none, null)));
    settle();
  }
}
