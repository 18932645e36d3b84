package dev.plimsoll.backup;

import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.backup.coverage.DataRef;
import dev.plimsoll.fleet.HostRecord;
import dev.plimsoll.fleet.Hosts;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.InvalidInput.FieldError;
import dev.plimsoll.fleet.Shown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a report of a backup has to be like. */
@Component
class RecordRules {
  static final int LONGEST_NAME = 4_096;
  private static final int LONGEST_TEXT = 500;
  private static final int LONGEST_DETAIL = 2_000;
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

  private final Hosts hosts;

  RecordRules(Hosts hosts) {
    this.hosts = hosts;
  }

  /**
   * The report, with names as the engine gives them.
   *
   * @throws InvalidInput naming every bad field
   */
  RecordDraft checked(RecordDraft draft) {
    List<FieldError> errors = new ArrayList<>();
    host(draft.hostId(), errors);
    data(draft.data(), errors);
    times(draft, errors);
    text("source", draft.source(), LONGEST_TEXT, errors);
    if (draft.source().isBlank()) {
      errors.add(new FieldError("source", "Say what made it, such as the name of the job."));
    }
    text("snapshotId", draft.snapshotId(), LONGEST_TEXT, errors);
    text("target.location", draft.targetLocation(), LONGEST_TEXT, errors);
    text("checksum", draft.checksum(), LONGEST_TEXT, errors);
    text("detail", draft.detail(), LONGEST_DETAIL, errors);
    notNegative("bytes", draft.bytes(), errors);
    notNegative("warnings", draft.warnings(), errors);
    notNegative("durationSeconds", draft.durationSeconds(), errors);
    notNegative("filesCompared", draft.filesCompared(), errors);
    if (draft.type() == RecordType.BACKUP
        && (draft.hashesEqual() != null || draft.filesCompared() != null)) {
      errors.add(
          new FieldError(
              "hashesEqual", "Only a RESTORE_TEST compares files. Leave it out of a BACKUP."));
    }
    if (draft.succeeded() && Boolean.FALSE.equals(draft.hashesEqual())) {
      errors.add(
          new FieldError(
              "outcome", "A restore whose hashes differ did not succeed. Report it as FAILED."));
    }
    if (!errors.isEmpty()) {
      throw new InvalidInput(errors);
    }
    return draft.of(clean(draft.data()));
  }

  private static DataRef clean(DataRef data) {
    return switch (data.kind()) {
      case DIRECTORY -> {
        String path = data.name().replaceAll("/+", "/");
        yield DataRef.directory(
            path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
      }
      case LAYER -> DataRef.layer(data.name().replaceFirst("^/", ""));
      case VOLUME, SWARM -> data;
    };
  }

  private void host(long hostId, List<FieldError> errors) {
    HostRecord host = hosts.forCollection(hostId).orElse(null);
    if (host == null) {
      errors.add(new FieldError("host", "There is no host " + hostId + "."));
    } else if (host.decommissionedAt() != null) {
      errors.add(new FieldError("host", "\"" + host.name() + "\" was decommissioned."));
    }
  }

  private static void data(DataRef data, List<FieldError> errors) {
    String field =
        switch (data.kind()) {
          case VOLUME -> "volume";
          case DIRECTORY -> "path";
          case LAYER -> "container";
          case SWARM -> "swarm";
        };
    if (data.name().isBlank() || data.name().length() > LONGEST_NAME) {
      errors.add(new FieldError(field, "Give a name of 1 to " + LONGEST_NAME + " characters."));
    } else if (data.kind() == DataKind.DIRECTORY && !data.name().startsWith("/")) {
      errors.add(
          new FieldError(
              field, "\"" + Shown.of(data.name()) + "\" is no absolute path. Begin it with /."));
    }
  }

  private static void times(RecordDraft draft, List<FieldError> errors) {
    Instant started = draft.startedAt();
    if (draft.finishedAt().isBefore(EARLIEST)) {
      errors.add(
          new FieldError(
              "finishedAt", draft.finishedAt() + " is before " + EARLIEST + ". Check the clock."));
    }
    if (started != null && started.isBefore(EARLIEST)) {
      errors.add(
          new FieldError("startedAt", started + " is before " + EARLIEST + ". Check the clock."));
    } else if (started != null && started.isAfter(draft.finishedAt())) {
      errors.add(
          new FieldError(
              "startedAt",
              started + " is after finishedAt, " + draft.finishedAt() + ". Give them in order."));
    }
  }

  private static void text(
      String field, @Nullable String text, int longest, List<FieldError> errors) {
    if (text != null && text.length() > longest) {
      errors.add(
          new FieldError(
              field, text.length() + " characters are too many. Give at most " + longest + "."));
    }
  }

  private static void notNegative(String field, @Nullable Number number, List<FieldError> errors) {
    if (number != null && (number.doubleValue() < 0 || Double.isNaN(number.doubleValue()))) {
      errors.add(new FieldError(field, number + " is negative. Give 0 or more."));
    }
  }
}
