package dev.plimsoll.ui.coverage;

import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.posture.CoverageTotals;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.navigation.Place.Measure;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Marks;
import dev.plimsoll.ui.widgets.Moments;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How a scope's data stood over the last 90 days: as a picture, and as a table. */
class CoverageTimeLine extends Div {
  /** How far back it goes. */
  static final Duration LENGTH = Duration.ofDays(90);

  private static final int MOST_ROWS = 100;

  private final Div choice = new Div();
  private final CoverageChart chart = new CoverageChart();
  private final Paragraph note = new Paragraph();
  private final Details table = new Details("Time line as a table");

  CoverageTimeLine() {
    addClassName("trend");
    H2 title = new H2("Last 90 days");
    title.addClassName("label");
    choice.addClassNames("inline", "secondary");
    note.addClassName("secondary");
    table.addClassName("quiet-details");
    Div head = new Div(title, choice);
    head.addClassName("card-head");
    add(head, chart, note, table);
  }

  /** Shows the steps, oldest first, up to an instant. */
  void show(List<CoverageTotals> steps, Place.Coverage place, Instant to) {
    Measure measure = place.measure();
    choice.removeAll();
    choice.add(
        choice("By count", place.measuring(Measure.COUNT), measure == Measure.COUNT),
        choice("By bytes", place.measuring(Measure.BYTES), measure == Measure.BYTES));
    CoverageTotals.States now = steps.isEmpty() ? null : steps.getLast().all();
    String share =
        now == null
            ? "nothing is kept"
            : Figures.percentOf(
                    CoverageChart.amount(now.of(CoverageState.PROTECTED), measure),
                    CoverageChart.amount(now.promised(), measure))
                + " protected";
    chart.show(
        steps,
        measure,
        to.minus(LENGTH),
        to,
        "Data by state over the last 90 days, at its end " + share);
    note.setText(
        measure == Measure.BYTES
            ? "What was not measured is not in it. Sizes are as they were measured then."
            : "");
    note.setVisible(!note.getText().isEmpty());
    showTable(steps, measure);
  }

  private static Anchor choice(String text, Place place, boolean current) {
    Anchor link = Links.to(place, text);
    if (current) {
      link.getElement().setAttribute("aria-current", "true");
      link.addClassName("strong");
    }
    return link;
  }

  private void showTable(List<CoverageTotals> steps, Measure measure) {
    NativeTable rows = new NativeTable();
    rows.addClassName("table");
    NativeTableRow head = rows.getHead().addRow();
    head.addHeaderCell().setText("From");
    for (CoverageState state : DataWords.BY_URGENCY.reversed()) {
      head.addHeaderCell().setText(Marks.word(state));
    }
    // Newest first: who reads a table asks about today.
    for (CoverageTotals step : steps.reversed().stream().limit(MOST_ROWS).toList()) {
      NativeTableRow row = rows.getBody().addRow();
      row.addDataCell().setText(Moments.exact(step.at()));
      CoverageTotals.States all = step.all();
      for (CoverageState state : DataWords.BY_URGENCY.reversed()) {
        long amount = CoverageChart.amount(all.of(state), measure);
        row.addDataCell()
            .setText(measure == Measure.BYTES ? Figures.bytes(amount) : Figures.count(amount));
      }
    }
    Div scroll = new Div(rows);
    scroll.addClassNames("scroll", "scroll-x");
    table.removeAll();
    table.add(scroll);
  }
}
