package dev.plimsoll.ui.fleet;

import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import dev.plimsoll.posture.FleetOverview.Overview;
import dev.plimsoll.posture.ScoreRow;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.Marks;
import dev.plimsoll.ui.widgets.Moments;
import dev.plimsoll.ui.widgets.ScoreBar;
import dev.plimsoll.ui.widgets.TrendChart;
import java.util.ArrayList;
import java.util.List;

/** The one number, the band it lies in, and how it came here. */
class ScorePanel extends Section {
  private final Div headline = new Div();
  private final TrendChart chart = new TrendChart();
  private final Details table = new Details("Trend as a table");

  ScorePanel() {
    addClassNames("card", "score-panel");
    headline.addClassName("headline");
    table.addClassName("quiet-details");
    H2 title = new H2("Last 90 days");
    title.addClassName("label");
    Div trend = new Div(title, chart, table);
    trend.addClassName("trend");
    add(headline, trend);
  }

  void show(Overview overview, String scope) {
    ScoreRow score = overview.score();
    headline.removeAll();
    Span number = new Span(Figures.score(score.score()));
    number.addClassName("number");
    number.setTitle("Exactly " + Figures.exactScore(score.score()));
    Span of = new Span("of 100");
    of.addClassName("of");
    H2 label = new H2("Score of " + scope);
    label.addClassName("label");
    Div row = new Div(number, of, Marks.grade(score.grade()));
    row.addClassName("number-row");
    headline.add(label, row, new ScoreBar(score.score(), score.scoreHigh()));
    for (String sentence : sentences(score)) {
      headline.add(new Paragraph(sentence));
    }
    chart.show(
        overview.trend(),
        "Score over the last 90 days, now " + Figures.score(score.score()) + " of 100");
    showTable(overview.trend());
  }

  private static List<String> sentences(ScoreRow score) {
    List<String> sentences = new ArrayList<>();
    if (score.score() == null) {
      sentences.add("No score yet: it appears once the first collection has finished.");
      return sentences;
    }
    String would = Figures.score(score.scoreHigh());
    sentences.add(
        would.equals(Figures.score(score.score()))
            ? "Nothing that is unknown would change it."
            : "Would be " + would + " if every unknown passed.");
    sentences.add(
        Figures.percent(score.confidence()) + " of the weight has a known answer (confidence).");
    String points =
        Figures.points(score.pointsFailed())
            + " points lost to failures, "
            + Figures.points(score.pointsUnknown())
            + " to unknowns";
    sentences.add(
        score.pointsAccepted() > 0
            ? points + ", " + Figures.points(score.pointsAccepted()) + " accepted."
            : points + ".");
    return sentences;
  }

  private void showTable(List<ScoreRow> trend) {
    NativeTable rows = new NativeTable();
    rows.addClassName("table");
    NativeTableRow head = rows.getHead().addRow();
    for (String name : List.of("Day", "Score", "If unknowns passed", "Grade")) {
      head.addHeaderCell().setText(name);
    }
    // Newest first: who reads a table asks about today.
    for (ScoreRow step : trend.reversed()) {
      NativeTableRow row = rows.getBody().addRow();
      row.addDataCell().setText(Moments.day(step.at()));
      row.addDataCell().setText(Figures.score(step.score()));
      row.addDataCell().setText(Figures.score(step.scoreHigh()));
      row.addDataCell().setText(step.grade() == null ? "–" : step.grade());
    }
    Div scroll = new Div(rows);
    scroll.addClassName("scroll");
    table.removeAll();
    table.add(scroll);
  }
}
