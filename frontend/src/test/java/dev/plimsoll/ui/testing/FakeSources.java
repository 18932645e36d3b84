package dev.plimsoll.ui.testing;

import dev.plimsoll.backup.DrillDraft;
import dev.plimsoll.backup.DrillRecord;
import dev.plimsoll.backup.Heartbeat;
import dev.plimsoll.backup.HeartbeatStatus;
import dev.plimsoll.backup.SourceDraft;
import dev.plimsoll.backup.SourceReading;
import dev.plimsoll.backup.SourceRecord;
import dev.plimsoll.backup.SourceType;
import dev.plimsoll.backup.TargetType;
import dev.plimsoll.backup.UnmappedSnapshot;
import dev.plimsoll.backup.coverage.DataRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sources of evidence: one that is read, one that cannot be opened, one that is being read. */
public final class FakeSources {
  private static final JsonNode MAPPING =
      new JsonMapper()
          .readTree("{\"rules\":[{\"tag\":\"volume={volume}\"},{\"path\":\"/srv/{*}\"}]}");

  private final Instant now;
  private final List<SourceRecord> records = new ArrayList<>();
  private final List<DrillRecord> drills = new ArrayList<>();

  FakeSources(Instant now) {
    this.now = now;
    drills.add(
        drill(
            99, 1, 1, DataRef.volume("shop_db"), "SUCCEEDED", 318.0, "12,408 files are as saved."));
    records.add(
        source(
            1,
            "restic nightly",
            SourceType.RESTIC,
            "s3:s3.example.net/nightly",
            TargetType.OBJECT_STORE,
            reading(11, 1, "SUCCEEDED", null, null),
            null));
    records.add(
        source(
            2,
            "old borg " + FakeFleet.HOSTILE_NAME,
            SourceType.BORG,
            "ssh://backup.example.net/./old",
            TargetType.HOST,
            reading(12, 2, "FAILED", "WRONG_PASSWORD", "The passphrase does not open it."),
            new SourceRecord.Blindness(
                now.minus(Duration.ofHours(9)),
                "WRONG_PASSWORD",
                "The passphrase does not open it.")));
    records.add(
        source(
            3,
            "archives of shop",
            SourceType.ARCHIVES,
            "/srv/backups/shop",
            null,
            reading(13, 3, "RUNNING", null, null),
            null));
  }

  List<SourceRecord> records() {
    return List.copyOf(records);
  }

  long add(SourceDraft draft) {
    long id = records.size() + 1L;
    records.add(source(id, draft.name(), draft.type(), draft.location(), null, null, null));
    return id;
  }

  List<DrillRecord> drills(long source) {
    return drills.stream().filter(drill -> drill.sourceId() == source).toList();
  }

  long start(long source, DrillDraft draft) {
    long id = 100L + drills.size();
    drills.add(drill(id, source, draft.hostId(), draft.data(), "RUNNING", null, null));
    return id;
  }

  private DrillRecord drill(
      long id,
      long source,
      long host,
      DataRef data,
      String outcome,
      @Nullable Double seconds,
      @Nullable String detail) {
    return new DrillRecord(
        id,
        source,
        host,
        "pay-01",
        data,
        "9f2c1a7e0b44",
        outcome,
        "analyst",
        now.minus(Duration.ofMinutes(9)),
        now.minus(Duration.ofMinutes(9)),
        seconds == null ? null : now.minus(Duration.ofMinutes(4)),
        null,
        null,
        seconds,
        null,
        null,
        detail);
  }

  List<Heartbeat> heartbeats() {
    return List.of(
        heartbeat(7, "shop dump", HeartbeatStatus.State.UP, "The last run succeeded."),
        heartbeat(8, FakeFleet.HOSTILE_NAME, HeartbeatStatus.State.DOWN, "The last run failed."));
  }

  private Heartbeat heartbeat(long id, String name, HeartbeatStatus.State state, String reason) {
    return new Heartbeat(
        id,
        name,
        1,
        "pay-01",
        DataRef.volume("shop_db"),
        TargetType.OBJECT_STORE,
        Duration.ofHours(24),
        Duration.ofHours(1),
        "administrator",
        now.minus(Duration.ofDays(20)),
        new HeartbeatStatus(state, reason),
        state == HeartbeatStatus.State.UP ? now.minus(Duration.ofHours(7)) : null,
        now.minus(Duration.ofHours(7)));
  }

  List<SourceReading> readings(long id) {
    return records.stream()
        .filter(source -> source.id() == id)
        .map(SourceRecord::lastReading)
        .filter(Objects::nonNull)
        .toList();
  }

  List<UnmappedSnapshot> unmapped(long id) {
    return id != 1
        ? List.of()
        : List.of(
            new UnmappedSnapshot(
                "4d1e9a02c7b3",
                now.minus(Duration.ofDays(3)),
                "lost-host",
                List.of("volume=" + FakeFleet.HOSTILE_NAME),
                List.of("/srv/lost"),
                "No host is called lost-host.",
                now.minus(Duration.ofDays(2))));
  }

  private SourceRecord source(
      long id,
      String name,
      SourceType type,
      String location,
      @Nullable TargetType target,
      @Nullable SourceReading last,
      SourceRecord.@Nullable Blindness blindness) {
    return new SourceRecord(
        id,
        name,
        type,
        location,
        MAPPING,
        target,
        3600,
        type == SourceType.RESTIC ? (Long) 604_800L : null,
        type == SourceType.RESTIC ? now.minus(Duration.ofDays(2)) : null,
        "administrator",
        now.minus(Duration.ofDays(40)),
        now.plus(Duration.ofMinutes(20)),
        last,
        blindness);
  }

  private SourceReading reading(
      long id, long source, String outcome, @Nullable String category, @Nullable String detail) {
    boolean succeeded = outcome.equals("SUCCEEDED");
    return new SourceReading(
        id,
        source,
        outcome,
        now.minus(Duration.ofMinutes(40)),
        outcome.equals("RUNNING") ? null : now.minus(Duration.ofMinutes(39)),
        succeeded ? (Integer) 412 : null,
        succeeded ? (Integer) 3 : null,
        succeeded ? (Integer) 1 : null,
        category,
        detail);
  }
}
