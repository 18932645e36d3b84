package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.Severity.CRITICAL;
import static dev.plimsoll.checklist.Severity.HIGH;
import static dev.plimsoll.checklist.Severity.MEDIUM;

import dev.plimsoll.checklist.BackupRecord.Data;
import dev.plimsoll.checklist.BackupRecord.Target;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Whether a host's data would survive the loss of the host. */
final class BackupChecks {
  private static final Field NAME = Field.of(".Name");
  private static final Field LABELS = Field.of(".Labels");
  private static final Field CONTAINER_LABELS = Field.of(".Config.Labels");
  private static final Field CONTAINER_IMAGE = Field.of(".Config.Image");

  /** Label with the reason why data needs no backup; only together with the next one. */
  private static final String EXEMPT = "dev.plimsoll.backup-exempt";

  /** Label with the day, such as {@code 2027-03-31}, through which the exemption holds. */
  private static final String EXEMPT_UNTIL = "dev.plimsoll.backup-exempt-until";

  /** A restore that was tried longer ago proves nothing of today's backups. */
  static final Duration DRILL_HOLDS = Duration.ofDays(180);

  /** A copy elsewhere may lag so far behind the newest backup. */
  private static final Duration ELSEWHERE_LAG = Duration.ofDays(7);

  private static final int COMPARED_WITH = 5;
  private static final Pattern DATABASE =
      Pattern.compile(
          "(?:postgres|postgresql|postgis|timescaledb|mysql|mariadb|percona|mongo|mongodb|redis|valkey"
              + "|mssql|mssql-server|oracle|elasticsearch|opensearch|cassandra|scylla|couchdb"
              + "|couchbase|influxdb|neo4j|clickhouse|clickhouse-server|cockroach|etcd|db2"
              + "|firebird)(?:-.*)?");

  private BackupChecks() {}

  static final Check BACKED_UP =
      volume("VOL-BACKUP", CRITICAL, "CP-9")
          .title("Volume has at least one good backup")
          .rationale("What was never backed up is lost with its host.")
          .remediation("Back it up, and report the backup.")
          .judgedBy(ofVolume(BackupChecks::backedUp));

  static final Check FRESH =
      volume("VOL-RPO", HIGH, "CP-9")
          .title("Last good backup is younger than the promised age")
          .rationale("Everything since the last good backup is lost.")
          .remediation(
              "Back up more often; or say what may be lost with a policy, or the label "
                  + RpoLabel.NAME
                  + "=7d.")
          .judgedBy(ofVolume(BackupChecks::fresh));

  static final Check WHOLE =
      volume("VOL-BACKUPSANE", MEDIUM, "CP-9")
          .title("Backups look complete")
          .rationale("An empty archive is written without an error.")
          .remediation("Look into the job: its log, and why the backup is smaller than before.")
          .judgedBy(ofVolume(BackupChecks::whole));

  static final Check RESTORED =
      volume("VOL-RESTORE", HIGH, "CP-4")
          .title("A restore was tried")
          .rationale("Only a restore proves that there is a backup.")
          .remediation("Restore into a scratch volume, compare hashes, and report the drill.")
          .judgedBy(ofVolume(BackupChecks::restored));

  static final Check ELSEWHERE =
      volume("VOL-OFFHOST", HIGH, "CP-6")
          .title("Backups are not kept on the host they protect")
          .rationale("The same fire takes both.")
          .remediation("Copy backups to another host or to an object storage.")
          .judgedBy(ofVolume(BackupChecks::elsewhere));

  static final Check CONSISTENT =
      volume("VOL-CONSISTENT", MEDIUM, "CP-9")
          .title("Backups of databases are consistent")
          .rationale("Files that a database writes meanwhile may not open again.")
          .remediation("Dump the database, or stop or snapshot it while it is copied.")
          .judgedBy(ofVolume(BackupChecks::consistent));

  static final Check DIRECTORIES_BACKED_UP =
      RuleBuilder.container("STO-BINDBACKUP", HIGH)
          .evidence()
          .nist53("CP-9")
          .needs(ReadingSwitch.BACKUPS)
          .title("Writable host directories used as data are backed up")
          .rationale("Bound directories are volumes that no list of volumes shows.")
          .remediation("Back up the directory, or move the data to a named volume.")
          .judgedBy(BackupChecks::directoriesBackedUp);

  private static RuleBuilder volume(String id, Severity severity, String control) {
    return RuleBuilder.volume(id, severity).evidence().nist53(control).needs(ReadingSwitch.BACKUPS);
  }

  /** Whether a volume has a good backup. */
  static boolean isBackedUp(HostFacts host, String volume) {
    return records(host, new Data.Volume(volume)).stream().anyMatch(BackupChecks::isGood);
  }

  /** Judges one volume's successful backups, the newest first. */
  private interface Judgement {
    Verdict of(Examination x, List<BackupRecord> good);
  }

  private static RuleCheck.Judgement ofVolume(Judgement judgement) {
    return x -> {
      String name = x.document().text(NAME);
      if (x.host().declared(Declaration.CACHE_VOLUME).contains(name)) {
        return x.notApplicable("declared to hold nothing that cannot be made again");
      }
      BackupEvidence.Exempt approved = exemption(x.host(), new Data.Volume(name));
      if (approved != null) {
        x.document().look(NAME);
        Verdict verdict =
            x.notApplicable("exempt by policy " + approved.by() + ": " + approved.reason());
        return approved.until() == null
            ? verdict
            : verdict.until(new Turn(approved.until(), judged(x, name, judgement).outcome()));
      }
      Instant exempt = exemptUntil(x.document(), LABELS);
      if (exempt != null && x.host().at().isBefore(exempt)) {
        x.document().look(LABELS);
        Outcome then = judged(x, name, judgement).outcome();
        return x.notApplicable("exempt by label, until it expires").until(new Turn(exempt, then));
      }
      return judged(x, name, judgement);
    };
  }

  private static Verdict judged(Examination x, String name, Judgement judgement) {
    Reading.Unread unread = x.host().backups().unread();
    if (unread != null) {
      return Examination.unread(unread);
    }
    return judgement.of(
        x,
        records(x.host(), new Data.Volume(name)).stream()
            .filter(BackupRecord::succeeded)
            .sorted(Comparator.comparing(BackupRecord::startedAt).reversed())
            .toList());
  }

  private static List<BackupRecord> records(HostFacts host, Data data) {
    return host.backups().records().stream().filter(r -> r.data().equals(data)).toList();
  }

  private static boolean isGood(BackupRecord record) {
    return record.succeeded() && record.bytes() != null && record.bytes() > 0;
  }

  private static Verdict backedUp(Examination x, List<BackupRecord> good) {
    for (BackupRecord record : good) {
      if (isGood(record)) {
        x.keep(evidence(record, ".bytes", record.bytes()));
        return x.pass();
      }
    }
    if (good.isEmpty()) {
      return x.fail("there is no record of a successful backup");
    }
    boolean silent = good.stream().anyMatch(record -> record.bytes() == null);
    good.forEach(record -> x.keep(evidence(record, ".bytes", record.bytes())));
    return silent
        ? x.unknown("no record says how much was saved")
        : x.fail("nothing was saved, though the job succeeded");
  }

  private static Verdict fresh(Examination x, List<BackupRecord> good) {
    if (good.isEmpty()) {
      return x.notApplicable("there is no backup at all: VOL-BACKUP speaks of it");
    }
    Duration rpo = rpo(x, new Data.Volume(x.document().text(NAME)), LABELS);
    if (rpo == null) {
      return x.unknown(RpoLabel.UNREADABLE);
    }
    BackupRecord newest = good.getFirst();
    x.keep(evidence(newest, ".startedAt", newest.startedAt()));
    if (x.host().engine() instanceof Reading.Read
        && x.onEngine(EngineOperationChecks.CLOCK).outcome() == Outcome.FAIL) {
      return x.unknown("the host's clock is wrong: ENG-CLOCK speaks of it");
    }
    return within(x, newest.startedAt().plus(rpo), "the newest is older than " + text(rpo));
  }

  /** PASS until an instant, FAIL after it. */
  private static Verdict within(Examination x, Instant limit, String late) {
    return x.host().at().isAfter(limit)
        ? x.fail(late)
        : x.pass().until(new Turn(Instants.firstAfter(limit), Outcome.FAIL));
  }

  private static Verdict whole(Examination x, List<BackupRecord> good) {
    if (good.size() < 2) {
      return x.notApplicable("there are fewer than two backups to compare");
    }
    BackupRecord newest = good.getFirst();
    x.keep(evidence(newest, ".bytes", newest.bytes()));
    x.keep(evidence(newest, ".checksum", newest.checksum()));
    x.keep(evidence(newest, ".warnings", newest.warnings()));
    if (newest.warnings() != null && newest.warnings() > 0) {
      return x.fail("the job gave warnings");
    }
    List<Long> sizes =
        good.stream()
            .skip(1)
            .limit(COMPARED_WITH)
            .map(BackupRecord::bytes)
            .filter(Objects::nonNull)
            .sorted()
            .toList();
    if (newest.bytes() == null
        || newest.checksum() == null
        || newest.warnings() == null
        || sizes.isEmpty()) {
      return x.unknown("size, checksum or warnings were not reported");
    }
    boolean shrunk = newest.bytes() < median(sizes) / 2;
    return shrunk && !newest.sizeAcknowledged()
        ? x.fail("less than half of what backups before it held")
        : x.pass();
  }

  private static double median(List<Long> sorted) {
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + (double) sorted.get(middle)) / 2;
  }

  private static Verdict restored(Examination x, List<BackupRecord> good) {
    Data data = new Data.Volume(x.document().text(NAME));
    RestoreDrill newest =
        x.host().backups().drills().stream()
            .filter(drill -> drill.data().equals(data) && (drill.compared() || !drill.succeeded()))
            .max(Comparator.comparing(RestoreDrill::at))
            .orElse(null);
    if (newest == null) {
      return x.fail("there is no record of a restore whose files were compared");
    }
    x.keep(new Evidence(".at", CompactJson.text(newest.at().toString()), newest.documentSha256()));
    if (!newest.succeeded()) {
      return x.fail("the last restore that was tried failed");
    }
    Duration promised = restoreTestEvery(x.host(), data);
    Duration holds =
        promised != null && promised.compareTo(DRILL_HOLDS) < 0 ? promised : DRILL_HOLDS;
    return within(
        x, newest.at().plus(holds), "the last one is more than " + holds.toDays() + " days ago");
  }

  private static @Nullable Duration restoreTestEvery(HostFacts host, Data data) {
    BackupEvidence.Promised promised = host.backups().promises().get(data);
    return promised == null ? null : promised.restoreTestEvery();
  }

  /**
   * What may be lost: what was promised, else what a label says, else a day; null if unreadable.
   */
  private static @Nullable Duration rpo(Examination x, Data data, Field labels) {
    BackupEvidence.Promised promised = x.host().backups().promises().get(data);
    if (promised != null && promised.rpo() != null) {
      return promised.rpo();
    }
    JsonNode label = x.document().peek(labels).path(RpoLabel.NAME);
    return label.isMissingNode() ? RpoLabel.DEFAULT : RpoLabel.parse(label.asString(""));
  }

  /** An approved exemption of data that holds at the instant; null if there is none. */
  private static BackupEvidence.@Nullable Exempt exemption(HostFacts host, Data data) {
    BackupEvidence.Promised promised = host.backups().promises().get(data);
    BackupEvidence.Exempt exempt = promised == null ? null : promised.exempt();
    return exempt == null || (exempt.until() != null && !host.at().isBefore(exempt.until()))
        ? null
        : exempt;
  }

  private static Verdict elsewhere(Examination x, List<BackupRecord> good) {
    if (good.isEmpty()) {
      return x.fail("there is no backup at all");
    }
    Instant from = good.getFirst().startedAt().minus(ELSEWHERE_LAG);
    List<BackupRecord> recent = good.stream().filter(r -> !r.startedAt().isBefore(from)).toList();
    recent.forEach(record -> x.keep(evidence(record, ".target", record.target())));
    Set<Target> away = Set.of(Target.OTHER_HOST, Target.OBJECT_STORAGE);
    if (recent.stream().anyMatch(r -> r.target() != null && away.contains(r.target()))) {
      return x.pass();
    }
    return recent.stream().anyMatch(record -> record.target() == null)
        ? x.unknown("where backups are put was not reported")
        : x.fail(null);
  }

  private static Verdict consistent(Examination x, List<BackupRecord> good) {
    String name = x.document().text(NAME);
    boolean database = false;
    for (Reading reading : x.host().containers().values()) {
      if (reading instanceof Reading.Read read && mountsVolume(read, name)) {
        JsonNode image = CONTAINER_IMAGE.in(read.document());
        String repository = ImageReference.parse(image.asString("")).name();
        if (DATABASE.matcher(repository.substring(repository.lastIndexOf('/') + 1)).matches()) {
          x.keep(new Evidence(CONTAINER_IMAGE.path(), CompactJson.of(image), read.sha256()));
          database = true;
        }
      }
    }
    if (!database) {
      Reading.Unread unread = Containers.unread(x.host());
      return unread == null ? x.notApplicable("no database uses it") : Examination.unread(unread);
    }
    if (good.isEmpty()) {
      return x.unknown("there is no backup whose method could be known");
    }
    BackupRecord newest = good.getFirst();
    x.keep(evidence(newest, ".method", newest.method()));
    return switch (newest.method()) {
      case null -> x.unknown("how the database was treated was not reported");
      case DUMP, STOPPED, PAUSED, SNAPSHOT -> x.pass();
      case LIVE -> x.fail("files were copied while the database wrote them");
    };
  }

  private static boolean mountsVolume(Reading.Read container, String volume) {
    for (JsonNode mount : Containers.MOUNTS.in(container.document())) {
      if (mount.path("Type").asString("").equals("volume")
          && mount.path("Name").asString("").equals(volume)) {
        return true;
      }
    }
    return false;
  }

  private static Verdict directoriesBackedUp(Examination x) {
    Source container = x.document();
    JsonNode mounts = container.array(Containers.MOUNTS);
    List<Evidence> bound = new ArrayList<>();
    List<String> paths = new ArrayList<>();
    BackupEvidence.Exempt spared = null;
    for (BoundDirectories.Bound directory :
        BoundDirectories.written(mounts, x.host().endpointPath())) {
      String field = Containers.MOUNTS.entry(directory.mount()) + ".Source";
      Data data = new Data.Directory(directory.path());
      JsonNode source = mounts.path(directory.mount()).path("Source");
      BackupEvidence.Exempt approved = exemption(x.host(), data);
      if (approved != null) {
        spared = approved;
        x.keep(container.evidence(field, source));
        continue;
      }
      bound.add(container.evidence(field, source));
      paths.add(directory.path());
    }
    Instant exempt = exemptUntil(container, CONTAINER_LABELS);
    if (bound.isEmpty() || (exempt != null && x.host().at().isBefore(exempt))) {
      if (spared != null && bound.isEmpty()) {
        Verdict verdict =
            x.notApplicable("exempt by policy " + spared.by() + ": " + spared.reason());
        return spared.until() == null
            ? verdict
            : verdict.until(new Turn(spared.until(), Outcome.UNKNOWN));
      }
      return bound.isEmpty()
          ? x.notApplicable("it writes no data into directories of the host")
          : x.notApplicable("exempt by label, until it expires")
              .until(new Turn(Objects.requireNonNull(exempt), Outcome.UNKNOWN));
    }
    Reading.Unread unread = x.host().backups().unread();
    if (unread != null) {
      return Examination.unread(unread);
    }
    List<Evidence> missing = new ArrayList<>();
    @Nullable Instant first = null;
    for (int i = 0; i < paths.size(); i++) {
      Duration rpo = rpo(x, new Data.Directory(paths.get(i)), CONTAINER_LABELS);
      if (rpo == null) {
        return x.unknown(RpoLabel.UNREADABLE);
      }
      BackupRecord newest = newestOf(x.host(), paths.get(i));
      if (newest == null || x.host().at().isAfter(newest.startedAt().plus(rpo))) {
        missing.add(bound.get(i));
        continue;
      }
      x.keep(evidence(newest, ".startedAt", newest.startedAt()));
      Instant limit = newest.startedAt().plus(rpo);
      first = first == null || limit.isBefore(first) ? limit : first;
    }
    if (!missing.isEmpty() || first == null) {
      return x.fail(missing, "no good backup within what may be lost");
    }
    return x.pass().until(new Turn(Instants.firstAfter(first), Outcome.FAIL));
  }

  private static @Nullable BackupRecord newestOf(HostFacts host, String path) {
    Predicate<BackupRecord> holds =
        record ->
            record.succeeded()
                && record.data() instanceof Data.Directory(String saved)
                && HostPath.holds(HostPath.clean(saved), path);
    return host.backups().records().stream()
        .filter(holds)
        .max(Comparator.comparing(BackupRecord::startedAt))
        .orElse(null);
  }

  /** When an exemption that has a reason ends: with the end of its day; null if there is none. */
  private static @Nullable Instant exemptUntil(Source source, Field labels) {
    JsonNode all = source.peek(labels);
    if (all.path(EXEMPT).asString("").isBlank()) {
      return null;
    }
    try {
      return LocalDate.parse(all.path(EXEMPT_UNTIL).asString(""))
          .plusDays(1)
          .atStartOfDay(ZoneOffset.UTC)
          .toInstant();
    } catch (DateTimeException e) {
      return null; // without an end that can be read, nothing is exempt
    }
  }

  private static String text(Duration rpo) {
    return rpo.toMinutes() % 60 == 0 ? rpo.toHours() + " h" : rpo.toMinutes() + " min";
  }

  private static Evidence evidence(BackupRecord record, String path, @Nullable Object value) {
    return new Evidence(
        path,
        switch (value) {
          case null -> null;
          case Number number -> number.toString();
          default -> CompactJson.text(value.toString());
        },
        record.documentSha256());
  }
}
