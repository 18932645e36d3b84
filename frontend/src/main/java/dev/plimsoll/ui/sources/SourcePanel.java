package dev.plimsoll.ui.sources;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import dev.plimsoll.backup.DrillRecord;
import dev.plimsoll.backup.SourceReading;
import dev.plimsoll.backup.SourceRecord;
import dev.plimsoll.backup.UnmappedSnapshot;
import dev.plimsoll.ui.coverage.DataWords;
import dev.plimsoll.ui.widgets.Code;
import dev.plimsoll.ui.widgets.Facts;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.Marks;
import dev.plimsoll.ui.widgets.TimeText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One source: its mapping, what it shows that belongs to nothing, and how it was read. */
class SourcePanel extends Section {
  /** How much of what is unmapped is listed. */
  static final int MOST_UNMAPPED = 100;

  private static final int MOST_READINGS = 20;
  private static final double MILLIS = 1000;

  SourcePanel(
      SourceRecord source,
      List<SourceReading> readings,
      List<UnmappedSnapshot> unmapped,
      List<DrillRecord> drills,
      Instant now) {
    addClassNames("card", "stack");
    setId("source-" + source.id());
    add(new H2(source.name()), facts(source, now));
    SourceRecord.Blindness blindness = source.blindness();
    if (blindness != null) {
      Div since = new Div(new Span("since "), new TimeText(blindness.since(), now));
      since.addClassName("secondary");
      Div fault = new Div(new Paragraph(SourceWords.fault(blindness)), since);
      fault.addClassName("caution");
      add(fault);
    }
    Pre rules = new Pre(source.mapping().toPrettyString());
    rules.addClassNames("example", "code");
    add(new H3("Which data a snapshot holds"), rules);
    add(new H3("Shown, and given to no data"), unmapped(unmapped, now));
    add(new H3("Readings"), readings(readings, now));
    add(new H3("Restore drills"), drills(drills, now));
  }

  private static Facts facts(SourceRecord source, Instant now) {
    Facts facts = new Facts();
    facts.with("Type", SourceWords.type(source.type()));
    facts.withCode("Location", source.location());
    facts.with("Lies", SourceWords.target(source.target()));
    facts.with("Read every", DataWords.span(source.intervalSeconds()));
    Instant next = source.nextReadAt();
    if (next != null) {
      facts.with("Next reading", new TimeText(next.isBefore(now) ? now : next, now));
    }
    Long every = source.checkSeconds();
    Instant checked = source.checkedAt();
    facts.with("Checked every", every == null ? "never" : DataWords.span(every));
    if (checked != null) {
      facts.with("Last checked", new TimeText(checked, now));
    }
    facts.with("Added by", source.author());
    return facts;
  }

  private static Div unmapped(List<UnmappedSnapshot> unmapped, Instant now) {
    if (unmapped.isEmpty()) {
      return new Div(new Paragraph("Nothing: all that it shows belongs to some data."));
    }
    NativeTable rows = table(List.of("Snapshot", "Taken", "Host name", "Tags, paths", "Why"));
    for (UnmappedSnapshot snapshot : unmapped) {
      NativeTableRow row = rows.getBody().addRow();
      row.addDataCell().add(Code.shortened(snapshot.snapshotId()));
      row.addDataCell().add(new TimeText(snapshot.takenAt(), now));
      row.addDataCell().setText(snapshot.hostname() == null ? "none" : snapshot.hostname());
      row.addDataCell()
          .setText(
              String.join(", ", snapshot.tags())
                  + (snapshot.tags().isEmpty() || snapshot.paths().isEmpty() ? "" : "; ")
                  + String.join(", ", snapshot.paths()));
      row.addDataCell().setText(snapshot.reason());
    }
    Div scroll = scroll(rows);
    if (unmapped.size() == MOST_UNMAPPED) {
      return new Div(
          scroll, new Paragraph("The first " + MOST_UNMAPPED + "; the API lists them all."));
    }
    return scroll;
  }

  private static Div readings(List<SourceReading> readings, Instant now) {
    if (readings.isEmpty()) {
      return new Div(new Paragraph("It was not read yet."));
    }
    NativeTable rows = table(List.of("Started", "Outcome", "Took", "What came of it"));
    for (SourceReading reading : readings.stream().limit(MOST_READINGS).toList()) {
      NativeTableRow row = rows.getBody().addRow();
      row.addDataCell().add(new TimeText(reading.startedAt(), now));
      row.addDataCell()
          .add(
              Marks.mark(SourceWords.key(reading.outcome()), Marks.capitalised(reading.outcome())));
      Instant finished = reading.finishedAt();
      row.addDataCell()
          .setText(
              finished == null
                  ? "–"
                  : Figures.duration(Duration.between(reading.startedAt(), finished)));
      row.addDataCell()
          .setText(
              reading.category() == null
                  ? SourceWords.result(reading)
                  : Marks.capitalised(reading.category()) + ": " + SourceWords.result(reading));
    }
    return scroll(rows);
  }

  private static Div drills(List<DrillRecord> drills, Instant now) {
    if (drills.isEmpty()) {
      return new Div(
          new Paragraph("None. Start one on the page of a volume whose backup lies here."));
    }
    NativeTable rows =
        table(List.of("Asked for", "Data", "Snapshot", "Outcome", "Took", "What came of it"));
    for (DrillRecord drill : drills) {
      NativeTableRow row = rows.getBody().addRow();
      row.addDataCell().add(new TimeText(drill.askedAt(), now), new Span(" by " + drill.author()));
      row.addDataCell()
          .setText(
              DataWords.one(drill.data().kind())
                  + " "
                  + drill.data().name()
                  + " of "
                  + drill.hostName());
      row.addDataCell().add(Code.shortened(drill.snapshotId()));
      row.addDataCell()
          .add(Marks.mark(SourceWords.key(drill.outcome()), Marks.capitalised(drill.outcome())));
      Double seconds = drill.durationSeconds();
      row.addDataCell()
          .setText(
              seconds == null
                  ? "–"
                  : Figures.duration(Duration.ofMillis(Math.round(seconds * MILLIS))));
      row.addDataCell().setText(drill.detail() == null ? "" : drill.detail());
    }
    return scroll(rows);
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
