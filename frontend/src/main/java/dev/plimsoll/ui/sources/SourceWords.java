package dev.plimsoll.ui.sources;

import dev.plimsoll.backup.SourceReading;
import dev.plimsoll.backup.SourceRecord;
import dev.plimsoll.backup.SourceType;
import dev.plimsoll.backup.TargetType;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.Marks;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The words in which screens speak of sources. */
final class SourceWords {
  private SourceWords() {}

  static String type(SourceType type) {
    return switch (type) {
      case RESTIC -> "restic repository";
      case BORG -> "borg repository";
      case ARCHIVES -> "archives";
      case HEARTBEAT -> "heartbeat";
    };
  }

  static String target(@Nullable TargetType target) {
    return target == null ? "As the location says" : lies(target);
  }

  /** Where a backup lies. */
  static String lies(@Nullable TargetType target) {
    return target == null
        ? "Not said"
        : switch (target) {
          case LOCAL -> "On the host that is backed up";
          case HOST -> "On another host";
          case OBJECT_STORE -> "In an object store";
        };
  }

  /** The attribute of a reading's outcome. */
  static String key(String outcome) {
    return "reading-" + outcome.toLowerCase(Locale.ROOT);
  }

  /** What came of a reading. */
  static String result(SourceReading reading) {
    Integer snapshots = reading.snapshots();
    if (snapshots == null) {
      return reading.detail() == null ? "" : reading.detail();
    }
    Integer added = reading.recordsNew();
    Integer unmapped = reading.unmapped();
    return Figures.count(snapshots, "snapshot", "snapshots")
        + (added == null ? "" : ", " + Figures.count(added) + " new")
        + (unmapped == null || unmapped == 0 ? "" : ", " + Figures.count(unmapped) + " unmapped");
  }

  /** Why what a source holds is not known, and what to do about it. */
  static String fault(SourceRecord.Blindness blindness) {
    return "%s: %s %s"
        .formatted(
            Marks.capitalised(blindness.category()),
            blindness.detail(),
            remedy(blindness.category()));
  }

  private static String remedy(String category) {
    return switch (category) {
      case "WRONG_PASSWORD" -> "PATCH /api/v1/backup-sources/{id} takes another password.";
      case "GONE" -> "See whether it was moved; if so, add it where it is now.";
      case "LOCKED" -> "If no program works on it, unlock it with its own tool.";
      case "TIMEOUT" -> "See whether its server is slow; it is tried again by itself.";
      case "PROGRAM_MISSING" -> "Install the program on the portal's machine.";
      case "UNREACHABLE" -> "See whether its server runs and lets the portal's machine in.";
      case "UNREADABLE" -> "See whether the location is that of such a source.";
      case "DAMAGED" -> "Repair it with its own tool, and back up anew.";
      default -> "";
    };
  }
}
