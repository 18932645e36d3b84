package dev.plimsoll.ui.coverage;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import dev.plimsoll.backup.TargetType;
import dev.plimsoll.posture.BackupRecordRow;
import dev.plimsoll.ui.widgets.Code;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.Marks;
import dev.plimsoll.ui.widgets.TimeText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Records of backups and of restores, a row each. */
final class RecordTables {
  private static final double MILLIS = 1000;

  private RecordTables() {}

  /** Backups, and attempts that failed. */
  static Div backups(List<BackupRecordRow> records, Instant now) {
    NativeTable rows =
        table(List.of("Started", "Outcome", "Source, snapshot", "Took", "Size", "Lies", "Notes"));
    for (BackupRecordRow record : records) {
      NativeTableRow row = rows.getBody().addRow();
      row.addDataCell().add(new TimeText(record.startedAt(), now));
      row.addDataCell().add(outcome(record));
      row.addDataCell().add(source(record));
      row.addDataCell()
          .setText(Figures.duration(Duration.between(record.startedAt(), record.finishedAt())));
      row.addDataCell().setText(size(record));
      row.addDataCell().setText(target(record));
      row.addDataCell().setText(notes(record));
    }
    return scroll(rows);
  }

  /** Restores that were tried, with the time they took and what was compared. */
  static Div restores(List<BackupRecordRow> records, Instant now) {
    NativeTable rows =
        table(List.of("When", "Outcome", "Source, snapshot", "Took", "Size", "Compared", "Notes"));
    for (BackupRecordRow record : records) {
      NativeTableRow row = rows.getBody().addRow();
      row.addDataCell().add(new TimeText(record.finishedAt(), now));
      row.addDataCell().add(outcome(record));
      row.addDataCell().add(source(record));
      row.addDataCell().setText(restoreTime(record));
      row.addDataCell().setText(size(record));
      row.addDataCell().setText(compared(record));
      row.addDataCell().setText(notes(record));
    }
    return scroll(rows);
  }

  private static Div outcome(BackupRecordRow record) {
    Div cell = new Div();
    cell.addClassName("inline");
    cell.add(
        record.succeeded()
            ? Marks.mark("reading-succeeded", "Succeeded")
            : Marks.mark("reading-failed", "Failed"));
    if (record.ahead()) {
      cell.add(Marks.mark("warning", "dated in the future: counts for nothing"));
    }
    if (record.goneAt() != null) {
      cell.add(Marks.mark("gone", "no longer there"));
    }
    if (record.succeeded() && Long.valueOf(0).equals(record.bytes())) {
      cell.add(Marks.mark("warning", "saved nothing"));
    }
    return cell;
  }

  private static Span source(BackupRecordRow record) {
    Span source = new Span(new Span(record.source()));
    if (record.snapshotId() != null) {
      source.add(new Span(" "), Code.shortened(record.snapshotId()));
    }
    return source;
  }

  private static String size(BackupRecordRow record) {
    Long bytes = record.bytes();
    return bytes == null ? "not said" : Figures.bytes(bytes);
  }

  /** Where it lies, in words. */
  static String target(@Nullable TargetType target) {
    return target == null
        ? "not said where"
        : switch (target) {
          case LOCAL -> "on the host itself";
          case HOST -> "on another host";
          case OBJECT_STORE -> "in an object store";
        };
  }

  private static String target(BackupRecordRow record) {
    String where = target(record.target());
    return record.targetLocation() == null ? where : where + ": " + record.targetLocation();
  }

  private static String restoreTime(BackupRecordRow record) {
    Double seconds = record.durationSeconds();
    return seconds == null
        ? "not measured"
        : Figures.duration(Duration.ofMillis(Math.round(seconds * MILLIS)));
  }

  private static String compared(BackupRecordRow record) {
    Boolean equal = record.hashesEqual();
    if (equal == null) {
      return "nothing";
    }
    Long files = record.filesCompared();
    return (files == null ? "" : Figures.count(files, "file, ", "files, "))
        + (equal ? "all hashes equal" : "hashes differ");
  }

  private static String notes(BackupRecordRow record) {
    List<String> notes = new ArrayList<>();
    Integer warnings = record.warnings();
    if (warnings != null && warnings > 0) {
      notes.add(Figures.count(warnings, "warning", "warnings"));
    }
    if (record.method() != null) {
      notes.add(Marks.capitalised(record.method().name()).toLowerCase(Locale.ROOT));
    }
    if (record.detail() != null) {
      notes.add(record.detail());
    }
    return String.join("; ", notes);
  }

  private static NativeTable table(List<String> columns) {
    NativeTable table = new NativeTable();
    table.addClassName("table");
    NativeTableRow head = table.getHead().addRow();
    columns.forEach(name -> head.addHeaderCell().setText(name));
    return table;
  }

  private static Div scroll(NativeTable rows) {
    Div scroll = new Div(rows);
    scroll.addClassNames("scroll", "scroll-x");
    return scroll;
  }
}
