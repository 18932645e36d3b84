package dev.plimsoll.backup;

import dev.plimsoll.backup.RecordRows.Told;
import dev.plimsoll.inventory.Document;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Brings what is told of a backup into the form in which it is evidence. */
final class RecordForm {
  /** A clock that is ahead by more than this is not believed. */
  static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

  private RecordForm() {}

  /**
   * What was told as it is kept.
   *
   * @param now when it is learned
   */
  static Told of(RecordDraft draft, Instant now) {
    RecordDraft kept = inMicroseconds(draft);
    Instant begun = kept.startedAt() == null ? kept.finishedAt() : kept.startedAt();
    boolean ahead = begun.isAfter(now.plus(CLOCKS_DIFFER));
    return new Told(kept, Document.of(json(kept)), ahead);
  }

  private static RecordDraft inMicroseconds(RecordDraft draft) {
    Instant started = draft.startedAt();
    return draft.dated(
        started == null ? null : started.truncatedTo(ChronoUnit.MICROS),
        draft.finishedAt().truncatedTo(ChronoUnit.MICROS));
  }

  private static ObjectNode json(RecordDraft draft) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("hostId", String.valueOf(draft.hostId()));
    json.put("kind", draft.data().kind().word());
    json.put("name", draft.data().name());
    json.put("type", draft.type().name());
    json.put("outcome", draft.succeeded() ? "SUCCEEDED" : "FAILED");
    put(json, "startedAt", draft.startedAt());
    json.put("finishedAt", draft.finishedAt().toString());
    json.put("source", draft.source());
    put(json, "snapshotId", draft.snapshotId());
    if (draft.bytes() != null) {
      json.put("bytes", draft.bytes());
    }
    if (draft.target() != null) {
      ObjectNode target = json.putObject("target").put("type", draft.target().name());
      put(target, "location", draft.targetLocation());
    }
    put(json, "checksum", draft.checksum());
    if (draft.warnings() != null) {
      json.put("warnings", draft.warnings());
    }
    put(json, "method", draft.method());
    if (draft.sizeAcknowledged()) {
      json.put("sizeAcknowledged", true);
    }
    if (draft.durationSeconds() != null) {
      json.put("durationSeconds", draft.durationSeconds());
    }
    if (draft.filesCompared() != null) {
      json.put("filesCompared", draft.filesCompared());
    }
    if (draft.hashesEqual() != null) {
      json.put("hashesEqual", draft.hashesEqual());
    }
    put(json, "detail", draft.detail());
    return json;
  }

  private static void put(ObjectNode json, String field, @Nullable Object value) {
    if (value != null) {
      json.put(field, value.toString());
    }
  }
}
