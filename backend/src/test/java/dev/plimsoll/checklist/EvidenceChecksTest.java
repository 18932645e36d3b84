package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.CheckCase.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.checklist.BackupEvidence.Promised;
import dev.plimsoll.checklist.ImageScan.Finding;
import dev.plimsoll.checklist.ImageScan.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that records answer: of scanners and of backups. No engine produces them. */
class EvidenceChecksTest {
  private static final String DATABASE = "[{\"Type\":\"volume\",\"Name\":\"data\",\"RW\":true}]";

  static Stream<CheckCase> cases() {
    return Stream.of(scans(), backups(), directories())
        .flatMap(cases -> cases)
        .map(CheckCase::described);
  }

  private static Stream<CheckCase> scans() {
    return Stream.of(
        given(
            "no report",
            "IMG-SCANNED=FAIL IMG-VULNCRIT=UNKNOWN IMG-MALWARE=UNKNOWN IMG-SIGNED=UNKNOWN",
            h -> h),
        given(
            "reports cannot be looked up",
            "IMG-SCANNED=UNKNOWN@records IMG-VULNCRIT=UNKNOWN IMG-MALWARE=UNKNOWN"
                + " IMG-SIGNED=UNKNOWN",
            HostFixture::recordsUnread),
        vulnerabilities("a current scan", "IMG-SCANNED=PASS@.finishedAt IMG-VULNCRIT=PASS", "{}"),
        vulnerabilities(
            "the manifest's digest was scanned", "IMG-SCANNED=FAIL", "{\"image\":\"sha256:77\"}"),
        given(
            "the manifest's digest was scanned, and the image bears it",
            "IMG-SCANNED=PASS",
            h ->
                h.imageObserves(".digests", "[\"shop/web@sha256:77\"]")
                    .scan(Subject.VULNERABILITIES, "{\"image\":\"sha256:77\"}")),
        vulnerabilities(
            "a scan of last month",
            "IMG-SCANNED=FAIL IMG-VULNCRIT=UNKNOWN",
            "{\"finishedAt\":\"2026-11-17T11:59:59Z\"}"),
        vulnerabilities("an unknown scanner", "IMG-SCANNED=FAIL", "{\"recognised\":false}"),
        vulnerabilities(
            "an old database",
            "IMG-SCANNED=FAIL",
            "{\"databaseBuiltAt\":\"2026-11-22T10:59:59Z\"}"),
        vulnerabilities(
            "a database of unknown age", "IMG-SCANNED=UNKNOWN", "{\"databaseBuiltAt\":null}"),
        vulnerabilities(
            "OS not detected", "IMG-SCANNED=UNKNOWN IMG-VULNCRIT=UNKNOWN", "{\"complete\":false}"),
        found("critical with a fix, for 8 days", "IMG-VULNCRIT=FAIL", true, true, 16, false),
        found("critical with a fix, for 2 days", "IMG-VULNCRIT=PASS", true, true, 22, false),
        found("critical without a fix", "IMG-VULNCRIT=PASS", true, false, 1, false),
        found("high with a fix", "IMG-VULNCRIT=PASS", false, true, 1, false),
        found("critical, but not affected", "IMG-VULNCRIT=PASS", true, true, 1, true),
        given("clean", "IMG-MALWARE=PASS", h -> h.scan(Subject.MALWARE, "{}")),
        given(
            "searched long ago",
            "IMG-MALWARE=UNKNOWN",
            h -> h.scan(Subject.MALWARE, "{\"finishedAt\":\"2026-10-01T00:00:00Z\"}")),
        given(
            "a hit, and it is long ago",
            "IMG-MALWARE=FAIL",
            h ->
                h.scan(
                    Subject.MALWARE,
                    "{\"finishedAt\":\"2026-10-01T00:00:00Z\"}",
                    finding(false, false, 1, false))),
        given("a good signature", "IMG-SIGNED=PASS", h -> h.scan(Subject.SIGNATURE, "{}")),
        given(
            "a signature that is not good",
            "IMG-SIGNED=FAIL",
            h -> h.scan(Subject.SIGNATURE, "{}", finding(false, false, 1, false))),
        given(
            "a signer who is not listed",
            "IMG-SIGNED=FAIL",
            h -> h.scan(Subject.SIGNATURE, "{\"recognised\":false}")),
        given(
            "the engine knows the signer",
            "IMG-SIGNED=PASS",
            h ->
                h.image(
                    ".inspect.Identity",
                    "{\"Signature\":[{\"Error\":\"bad\"},{\"KnownSigner\":\"DHI\"}]}")),
        given(
            "the engine tells of no signature",
            "IMG-SIGNED=FAIL@.inspect.Identity",
            h -> h.image(".inspect.Identity", "{\"Pull\":[]}")));
  }

  private static Stream<CheckCase> backups() {
    return Stream.of(
        given(
            "no backup",
            "VOL-BACKUP=FAIL VOL-RPO=N/A VOL-BACKUPSANE=N/A VOL-RESTORE=FAIL VOL-OFFHOST=FAIL"
                + " VOL-CONSISTENT=N/A",
            h -> h),
        given(
            "records cannot be looked up",
            "VOL-BACKUP=UNKNOWN@records VOL-RPO=UNKNOWN VOL-BACKUPSANE=UNKNOWN"
                + " VOL-RESTORE=UNKNOWN VOL-OFFHOST=UNKNOWN VOL-CONSISTENT=UNKNOWN",
            HostFixture::recordsUnread),
        given(
            "a good backup",
            "VOL-BACKUP=PASS VOL-RPO=PASS VOL-BACKUPSANE=N/A VOL-OFFHOST=PASS",
            h -> h.backup("{}")),
        given(
            "only failures", "VOL-BACKUP=FAIL VOL-RPO=N/A", h -> h.backup("{\"succeeded\":false}")),
        given("an empty backup", "VOL-BACKUP=FAIL", h -> h.backup("{\"bytes\":0}")),
        given("a backup of unknown size", "VOL-BACKUP=UNKNOWN", h -> h.backup("{\"bytes\":null}")),
        given(
            "of another volume",
            "VOL-BACKUP=FAIL",
            h -> h.backup(new BackupRecord.Data.Volume("other"), "{}")),
        given(
            "25 hours old, and failures after it",
            "VOL-BACKUP=PASS VOL-RPO=FAIL",
            h ->
                h.backup("{\"startedAt\":\"2026-11-23T11:00:00Z\"}")
                    .backup("{\"succeeded\":false}")),
        given(
            "25 hours old, where 2 days may be lost",
            "VOL-RPO=PASS",
            h ->
                h.backup("{\"startedAt\":\"2026-11-23T11:00:00Z\"}")
                    .volume(".Labels", "{\"dev.plimsoll.rpo\":\"2d\"}")),
        given(
            "an RPO that is none",
            "VOL-RPO=UNKNOWN",
            h -> h.backup("{}").volume(".Labels", "{\"dev.plimsoll.rpo\":\"daily\"}")),
        given(
            "the host's clock is wrong",
            "VOL-RPO=UNKNOWN",
            h -> h.backup("{}").engineObserves(".clockWithin60s", "false")),
        sane("two alike", "VOL-BACKUPSANE=PASS", "{}"),
        sane("half gone", "VOL-BACKUPSANE=FAIL", "{\"bytes\":499}"),
        sane("just half", "VOL-BACKUPSANE=PASS", "{\"bytes\":500}"),
        sane(
            "half gone, and somebody said why",
            "VOL-BACKUPSANE=PASS",
            "{\"bytes\":1,\"sizeAcknowledged\":true}"),
        sane("warnings", "VOL-BACKUPSANE=FAIL", "{\"warnings\":2}"),
        sane("no checksum", "VOL-BACKUPSANE=UNKNOWN", "{\"checksum\":null}"),
        given("a drill", "VOL-RESTORE=PASS", h -> h.drill("2026-06-01T00:00:00Z", true, true)),
        given(
            "drills that failed, compared nothing, or are too old",
            "VOL-RESTORE=FAIL",
            h ->
                h.drill("2026-11-01T00:00:00Z", false, true)
                    .drill("2026-11-01T00:00:00Z", true, false)
                    .drill("2026-05-01T00:00:00Z", true, true)),
        given(
            "kept on the same host",
            "VOL-OFFHOST=FAIL@.Name,.target",
            h -> h.backup("{\"target\":\"SAME_HOST\"}")),
        given(
            "kept on the same host hourly, elsewhere daily",
            "VOL-OFFHOST=PASS",
            h ->
                h.backup("{\"target\":\"SAME_HOST\"}")
                    .backup(
                        "{\"startedAt\":\"2026-11-23T10:00:00Z\",\"target\":\"OBJECT_STORAGE\"}")),
        given(
            "kept elsewhere only long ago",
            "VOL-OFFHOST=FAIL",
            h ->
                h.backup("{\"target\":\"SAME_HOST\"}")
                    .backup("{\"startedAt\":\"2026-10-01T10:00:00Z\"}")),
        given("kept nobody knows where", "VOL-OFFHOST=UNKNOWN", h -> h.backup("{\"target\":null}")),
        database("a dump", "VOL-CONSISTENT=PASS", h -> h.backup("{}")),
        database(
            "files of a live database",
            "VOL-CONSISTENT=FAIL",
            h -> h.backup("{\"method\":\"LIVE\"}")),
        database(
            "a method that was not reported",
            "VOL-CONSISTENT=UNKNOWN",
            h -> h.backup("{\"method\":null}")),
        database("no backup of it", "VOL-CONSISTENT=UNKNOWN", h -> h),
        given("no database", "VOL-CONSISTENT=N/A", h -> h.backup("{\"method\":\"LIVE\"}")),
        given(
            "25 hours old, where a policy promises a week",
            "VOL-RPO=PASS",
            h ->
                h.backup("{\"startedAt\":\"2026-11-23T11:00:00Z\"}")
                    .promised(DATA, new Promised(Duration.ofDays(7), null, null))),
        given(
            "25 hours old, where a policy promises a day and a label a week",
            "VOL-RPO=FAIL",
            h ->
                h.backup("{\"startedAt\":\"2026-11-23T11:00:00Z\"}")
                    .volume(".Labels", "{\"dev.plimsoll.rpo\":\"7d\"}")
                    .promised(DATA, new Promised(Duration.ofDays(1), null, null))),
        given(
            "a drill that a policy wants more often",
            "VOL-RESTORE=FAIL",
            h ->
                h.drill("2026-10-01T00:00:00Z", true, true)
                    .promised(DATA, new Promised(Duration.ofDays(1), Duration.ofDays(30), null))),
        given(
            "a drill that a policy wants less often than it holds",
            "VOL-RESTORE=PASS",
            h ->
                h.drill("2026-10-01T00:00:00Z", true, true)
                    .promised(DATA, new Promised(Duration.ofDays(1), Duration.ofDays(365), null))),
        given(
            "the newest drill failed",
            "VOL-RESTORE=FAIL",
            h ->
                h.drill("2026-10-01T00:00:00Z", true, true)
                    .drill("2026-11-01T00:00:00Z", false, true)),
        given(
            "exempt by a policy",
            "VOL-BACKUP=N/A VOL-RPO=N/A VOL-RESTORE=N/A VOL-OFFHOST=N/A",
            h -> h.promised(DATA, exemptByPolicy("2026-12-31T00:00:00Z"))),
        given(
            "exempt by a policy until yesterday",
            "VOL-BACKUP=FAIL",
            h -> h.promised(DATA, exemptByPolicy("2026-11-23T00:00:00Z"))),
        given(
            "exempt by label",
            "VOL-BACKUP=N/A VOL-RESTORE=N/A VOL-OFFHOST=N/A",
            h -> h.volume(".Labels", exempt("2026-12-31"))),
        given(
            "exempt until yesterday",
            "VOL-BACKUP=FAIL",
            h -> h.volume(".Labels", exempt("2026-11-23"))),
        given(
            "exempt without an end",
            "VOL-BACKUP=FAIL",
            h -> h.volume(".Labels", "{\"dev.plimsoll.backup-exempt\":\"cache\"}")),
        given(
            "a declared cache", "VOL-BACKUP=N/A", h -> h.declare(Declaration.CACHE_VOLUME, "data")),
        given(
            "kept although unused, and backed up",
            "VOL-ORPHAN=PASS",
            h -> h.declare(Declaration.KEPT_VOLUME, "data").backup("{}")),
        given(
            "kept although unused, and not backed up",
            "VOL-ORPHAN=FAIL",
            h -> h.declare(Declaration.KEPT_VOLUME, "data")));
  }

  private static Stream<CheckCase> directories() {
    return Stream.of(
        given("no mount", "STO-BINDBACKUP=N/A", h -> h),
        bound("a configuration", "STO-BINDBACKUP=N/A", "/etc/app", "true"),
        bound("a socket", "STO-BINDBACKUP=N/A", "/var/run/docker.sock", "true"),
        bound("read-only", "STO-BINDBACKUP=N/A", "/srv/data", "false"),
        bound("no backup", "STO-BINDBACKUP=FAIL@.Mounts[0].Source", "/srv/data", "true"),
        given(
            "a backup of a directory above",
            "STO-BINDBACKUP=PASS",
            h -> bind(h, "/srv/data", "true").backup(directory("/srv"), "{}")),
        given(
            "a backup of a directory beside",
            "STO-BINDBACKUP=FAIL",
            h -> bind(h, "/srv/data", "true").backup(directory("/srv/dat"), "{}")),
        given(
            "a backup that is too old",
            "STO-BINDBACKUP=FAIL",
            h ->
                bind(h, "/srv/data", "true")
                    .backup(directory("/srv"), "{\"startedAt\":\"2026-11-22T10:00:00Z\"}")),
        given(
            "records cannot be looked up",
            "STO-BINDBACKUP=UNKNOWN@records",
            h -> bind(h, "/srv/data", "true").recordsUnread()),
        given(
            "exempt by a policy",
            "STO-BINDBACKUP=N/A",
            h ->
                bind(h, "/srv/data", "true")
                    .promised(directory("/srv/data"), exemptByPolicy("2026-12-31T00:00:00Z"))),
        given(
            "two days old, where a policy promises a week",
            "STO-BINDBACKUP=PASS",
            h ->
                bind(h, "/srv/data", "true")
                    .backup(directory("/srv"), "{\"startedAt\":\"2026-11-22T10:00:00Z\"}")
                    .promised(
                        directory("/srv/data"), new Promised(Duration.ofDays(7), null, null))),
        given(
            "exempt by label",
            "STO-BINDBACKUP=N/A",
            h -> bind(h, "/srv/data", "true").set(".Config.Labels", exempt("2026-12-31"))));
  }

  private static final BackupRecord.Data DATA = new BackupRecord.Data.Volume("data");

  private static Promised exemptByPolicy(String until) {
    return new Promised(
        null,
        null,
        new BackupEvidence.Exempt("caches", "It is made again daily.", Instant.parse(until)));
  }

  private static String exempt(String until) {
    return "{\"dev.plimsoll.backup-exempt\":\"scratch\",\"dev.plimsoll.backup-exempt-until\":\""
        + until
        + "\"}";
  }

  private static BackupRecord.Data directory(String path) {
    return new BackupRecord.Data.Directory(path);
  }

  private static HostFixture bind(HostFixture host, String path, String writable) {
    return host.set(
        ".Mounts", "[{\"Type\":\"bind\",\"Source\":\"" + path + "\",\"RW\":" + writable + "}]");
  }

  private static CheckCase bound(String title, String expected, String path, String writable) {
    return given(title, expected, h -> bind(h, path, writable));
  }

  private static CheckCase vulnerabilities(String title, String expected, String changes) {
    return given(title, expected, h -> h.scan(Subject.VULNERABILITIES, changes));
  }

  private static CheckCase found(
      String title, String expected, boolean critical, boolean fix, int day, boolean spared) {
    return given(
        title,
        expected,
        h -> h.scan(Subject.VULNERABILITIES, "{}", finding(critical, fix, day, spared)));
  }

  private static Finding finding(boolean critical, boolean fix, int day, boolean spared) {
    return new Finding(
        "CVE-2026-1",
        critical,
        fix,
        Instant.parse("2026-11-%02dT12:00:00Z".formatted(day)),
        spared);
  }

  /** The newest of two backups, the other of which had 1,000 bytes. */
  private static CheckCase sane(String title, String expected, String changes) {
    return given(
        title, expected, h -> h.backup("{\"startedAt\":\"2026-11-23T10:00:00Z\"}").backup(changes));
  }

  private static CheckCase database(
      String title, String expected, UnaryOperator<HostFixture> given) {
    return given(
        title,
        expected,
        h ->
            given.apply(
                h.set(".Mounts", DATABASE)
                    .set(".Config.Image", "\"registry.example.com/library/postgres:17\"")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void judges(CheckCase checkCase) {
    checkCase.verify();
  }

  static Stream<Arguments> turning() {
    return Stream.of(
        Arguments.of("IMG-SCANNED", scanned(), Outcome.FAIL),
        Arguments.of("IMG-VULNCRIT", scanned(), Outcome.UNKNOWN),
        Arguments.of(
            "IMG-VULNCRIT",
            new HostFixture().scan(Subject.VULNERABILITIES, "{}", finding(true, true, 20, false)),
            Outcome.FAIL),
        Arguments.of("IMG-MALWARE", new HostFixture().scan(Subject.MALWARE, "{}"), Outcome.UNKNOWN),
        Arguments.of("VOL-RPO", new HostFixture().backup("{}"), Outcome.FAIL),
        Arguments.of(
            "VOL-RESTORE",
            new HostFixture().drill("2026-06-01T00:00:00Z", true, true),
            Outcome.FAIL),
        Arguments.of(
            "VOL-BACKUP", new HostFixture().volume(".Labels", exempt("2026-12-31")), Outcome.FAIL),
        Arguments.of(
            "VOL-BACKUP",
            new HostFixture().promised(DATA, exemptByPolicy("2026-12-31T00:00:00Z")),
            Outcome.FAIL),
        Arguments.of(
            "STO-BINDBACKUP",
            bind(new HostFixture(), "/srv/data", "true").backup(directory("/srv"), "{}"),
            Outcome.FAIL));
  }

  private static HostFixture scanned() {
    return new HostFixture().scan(Subject.VULNERABILITIES, "{}");
  }

  @ParameterizedTest(name = "{0} to {2}")
  @MethodSource("turning")
  void turnsAtTheFirstInstantAtWhichItIsSo(String rule, HostFixture host, Outcome to) {
    Verdict now = host.judge(rule);
    Turn turn = Objects.requireNonNull(now.turn());
    assertThat(turn.to()).isEqualTo(to);
    assertThat(host.at(turn.at().minusNanos(1000).toString()).judge(rule).outcome())
        .isEqualTo(now.outcome());
    assertThat(host.at(turn.at().toString()).judge(rule).outcome()).isEqualTo(to);
  }

  @Test
  void nothingIsJudgedWhereItsReadingIsOff() {
    HostFixture host =
        new HostFixture().switchedOff(ReadingSwitch.BACKUPS).switchedOff(ReadingSwitch.SCANS);
    assertThat(host.judge("VOL-BACKUP").reason()).contains("backups is switched off");
    assertThat(host.judge("IMG-SCANNED").reason()).contains("scans is switched off");
  }
}
