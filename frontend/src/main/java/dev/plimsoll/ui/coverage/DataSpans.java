package dev.plimsoll.ui.coverage;

import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.plimsoll.backup.RecordType;
import dev.plimsoll.posture.BackupRecordRow;
import dev.plimsoll.posture.CoverageSpan;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.Marks;
import dev.plimsoll.ui.widgets.Moments;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** How data stood from when to when, with its backups below: as a bar, and as a table. */
class DataSpans extends Div {
  private static final double WHOLE = 100;

  /** Shows spans, oldest first, and records in any order, of [from, to). */
  DataSpans(List<CoverageSpan> spans, List<BackupRecordRow> records, Instant from, Instant to) {
    addClassName("stack");
    Div bar = new Div();
    bar.addClassName("span-bar");
    for (CoverageSpan span : spans) {
      Instant start = span.from().isBefore(from) ? from : span.from();
      Instant end = span.to().isAfter(to) ? to : span.to();
      if (start.isBefore(end)) {
        Span part = new Span();
        part.getElement().setAttribute("data-state", word(span));
        part.getStyle().set("--from", share(start, from, to)).set("--to", share(end, from, to));
        part.setTitle(
            "%s from %s to %s: %s"
                .formatted(
                    Marks.word(span.state()),
                    Moments.exact(span.from()),
                    Moments.exact(end),
                    span.reason().sentence()));
        bar.add(part);
      }
    }
    Div marks = new Div();
    marks.addClassName("span-marks");
    records.stream()
        .filter(record -> record.type() == RecordType.BACKUP && !record.ahead())
        .filter(record -> !record.startedAt().isBefore(from) && record.startedAt().isBefore(to))
        .forEach(record -> marks.add(mark(record, from, to)));
    Div ends = new Div(new Span(Moments.day(from)), new Span(Moments.day(to)));
    ends.addClassName("span-ends");
    Div picture = new Div(bar, marks, ends);
    // The table says the same in words.
    picture.getElement().setAttribute("aria-hidden", "true");
    add(new H3("Last 90 days"), picture, table(spans));
  }

  private static Span mark(BackupRecordRow record, Instant from, Instant to) {
    Span mark = new Span();
    if (!record.succeeded()) {
      mark.addClassName("bad");
    }
    mark.getStyle().set("--at", share(record.startedAt(), from, to));
    mark.setTitle(
        (record.succeeded() ? "Backup of " : "Failed backup of ")
            + Moments.exact(record.startedAt()));
    return mark;
  }

  private static Div table(List<CoverageSpan> spans) {
    if (spans.isEmpty()) {
      return new Div(new Paragraph("Nothing is known of these days."));
    }
    NativeTable rows = new NativeTable();
    rows.addClassName("table");
    NativeTableRow head = rows.getHead().addRow();
    for (String name : List.of("From", "For", "State", "Why")) {
      head.addHeaderCell().setText(name);
    }
    for (CoverageSpan span : spans.reversed()) {
      NativeTableRow row = rows.getBody().addRow();
      row.addDataCell().setText(Moments.exact(span.from()));
      row.addDataCell().setText(Figures.duration(Duration.between(span.from(), span.to())));
      row.addDataCell().add(Marks.coverage(span.state()));
      row.addDataCell().setText(span.reason().sentence());
    }
    Div scroll = new Div(rows);
    scroll.addClassNames("scroll", "scroll-x");
    Details details =
        new Details(Figures.count(spans.size(), "state", "states") + " as a table", scroll);
    details.addClassName("quiet-details");
    return new Div(details);
  }

  private static String word(CoverageSpan span) {
    return span.state().name().toLowerCase(Locale.ROOT);
  }

  private static String share(Instant at, Instant from, Instant to) {
    double part = Duration.between(from, at).toMillis();
    return String.format(Locale.ROOT, "%.3f", WHOLE * part / Duration.between(from, to).toMillis());
  }
}
