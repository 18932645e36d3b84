package dev.plimsoll.api;

import dev.plimsoll.backup.RecordDraft;
import dev.plimsoll.backup.RecordType;
import dev.plimsoll.backup.TargetType;
import dev.plimsoll.backup.coverage.DataRef;
import dev.plimsoll.checklist.BackupRecord.Method;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.JsonFields;
import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is reported of a backup or a restore.
 *
 * @param host ID or name
 * @param container whose writable layer it is
 * @param kind BACKUP or RESTORE_TEST
 * @param startedAt finishedAt if not given
 * @param source who made it, such as the name of the job
 * @param filesCompared of a restore, like hashesEqual
 */
record BackupRecordRequest(
    String host,
    @Nullable String volume,
    @Nullable String path,
    @Nullable String container,
    @Nullable Boolean swarm,
    RecordType kind,
    Outcome outcome,
    @Nullable Instant startedAt,
    Instant finishedAt,
    String source,
    @Nullable String snapshotId,
    @Nullable Long bytes,
    BackupRecordBody.@Nullable TargetBody target,
    @Nullable String checksum,
    @Nullable Integer warnings,
    @Nullable Method method,
    @Nullable Boolean sizeAcknowledged,
    @Nullable Double durationSeconds,
    @Nullable Long filesCompared,
    @Nullable Boolean hashesEqual,
    @Nullable String detail) {
  /** How it ended. */
  enum Outcome {
    SUCCEEDED,
    FAILED
  }

  /**
   * Reads a report.
   *
   * @param hosts finds the ID of the host that is named so
   * @throws InvalidInput naming every field that is missing, unknown or of a wrong type
   */
  static RecordDraft read(JsonNode body, ToLongFunction<String> hosts) {
    JsonFields fields = JsonFields.of(body);
    String host = fields.requiredText("host");
    DataRef data = DataFields.read(fields);
    RecordType type = required(fields, "kind", fields.word("kind", RecordType.class));
    Outcome outcome = required(fields, "outcome", fields.word("outcome", Outcome.class));
    Instant finishedAt = required(fields, "finishedAt", fields.instant("finishedAt"));
    String source = fields.requiredText("source");
    JsonFields target = fields.object("target");
    TargetType targetType =
        target == null ? null : required(target, "type", target.word("type", TargetType.class));
    String location = target == null ? null : target.text("location");
    Instant startedAt = fields.instant("startedAt");
    String snapshotId = fields.text("snapshotId");
    Long bytes = fields.whole("bytes");
    String checksum = fields.text("checksum");
    Integer warnings = fields.has("warnings") ? warnings(fields) : null;
    Method method = fields.word("method", Method.class);
    Boolean acknowledged = fields.flag("sizeAcknowledged");
    Double seconds = fields.number("durationSeconds");
    Long files = fields.whole("filesCompared");
    Boolean equal = fields.flag("hashesEqual");
    String detail = fields.text("detail");
    for (String field :
        List.of("volume", "path", "container", "source", "snapshotId", "checksum", "detail")) {
      String text = fields.text(field);
      if (text != null && text.indexOf('\0') >= 0) {
        fields.reject(field, "holds a NUL character. Leave it out.");
      }
    }
    if (location != null && location.indexOf('\0') >= 0) {
      fields.reject("target.location", "holds a NUL character. Leave it out.");
    }
    fields.check();
    if (data == null || type == null || outcome == null || finishedAt == null) {
      throw new IllegalStateException("What is missing was not told");
    }
    long hostId = hosts.applyAsLong(host);
    return (type == RecordType.BACKUP
            ? RecordDraft.backup(hostId, data)
            : RecordDraft.restoreTest(hostId, data))
        .succeeded(outcome == Outcome.SUCCEEDED)
        .startedAt(startedAt)
        .finishedAt(finishedAt)
        .source(source)
        .snapshotId(snapshotId)
        .bytes(bytes)
        .target(targetType, location)
        .checksum(checksum)
        .warnings(warnings)
        .method(method)
        .sizeAcknowledged(Boolean.TRUE.equals(acknowledged))
        .durationSeconds(seconds)
        .compared(files, equal)
        .detail(detail)
        .build();
  }

  private static @Nullable Integer warnings(JsonFields fields) {
    return fields.isNull("warnings") ? null : (Integer) fields.integer("warnings", 0);
  }

  private static <T> @Nullable T required(JsonFields fields, String name, @Nullable T value) {
    if (value == null && (!fields.has(name) || fields.isNull(name))) {
      fields.reject(name, "is missing. Give it.");
    }
    return value;
  }
}
