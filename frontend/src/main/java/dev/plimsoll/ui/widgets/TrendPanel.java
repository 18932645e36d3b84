package dev.plimsoll.ui.widgets;

import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import dev.plimsoll.posture.ScoreRow;
import dev.plimsoll.posture.ScoreTrend;
import dev.plimsoll.ui.navigation.Place;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How a score went: as it was published, with its breaks marked, or as it would have been under
 * what counts now. As a chart, and as a table.
 */
public class TrendPanel extends Div {
  private final H2 title = new H2("Last 90 days");
  private final Div choice = new Div();
  private final TrendChart chart = new TrendChart();
  private final Paragraph note = new Paragraph();
  private final Details table = new Details("Trend as a table");

  /** An empty panel. */
  public TrendPanel() {
    addClassName("trend");
    title.addClassName("label");
    choice.addClassNames("inline", "secondary");
    note.addClassName("secondary");
    table.addClassName("quiet-details");
    Div head = new Div(title, choice);
    head.addClassName("card-head");
    add(head, chart, note, table);
  }

  /**
   * Shows a trend.
   *
   * @param wantsRetold whether it is wanted as it would have been under what counts now
   * @param published where it is shown as published
   * @param retold where it is shown under what counts now
   */
  public void show(ScoreTrend trend, boolean wantsRetold, Place published, Place retold) {
    boolean told = !trend.retold().isEmpty();
    boolean shown = wantsRetold && told;
    choice.removeAll();
    if (told) {
      choice.add(
          choice("As published", published, !shown),
          choice("Under what counts now", retold, shown));
    }
    List<ScoreRow> steps = shown ? trend.retold() : trend.published();
    ScoreRow now = steps.getLast();
    chart.show(
        steps,
        shown ? List.of() : trend.breaks(),
        "Score over the last 90 days, now " + Figures.score(now.score()) + " of 100");
    note.setText(note(trend, shown, wantsRetold, now));
    note.setVisible(!note.getText().isEmpty());
    showTable(steps);
  }

  private static Anchor choice(String text, Place place, boolean current) {
    Anchor link = Links.to(place, text);
    if (current) {
      link.getElement().setAttribute("aria-current", "true");
      link.addClassName("strong");
    }
    return link;
  }

  private static String note(ScoreTrend trend, boolean shown, boolean wanted, ScoreRow now) {
    if (shown) {
      return "The past judged again by today's catalogue and profile (%s). What was published stays."
          .formatted(profile(now));
    }
    if (wanted) {
      return "The past has not been judged again under what counts now: this is what was published.";
    }
    if (trend.breaks().isEmpty()) {
      return "";
    }
    return "Catalogue, profile or readings changed on %s: the line breaks there."
        .formatted(
            trend.breaks().stream().map(Moments::day).distinct().collect(Collectors.joining(", ")));
  }

  private static String profile(ScoreRow now) {
    return now.profileVersion() == 0
        ? "hosts have different ones"
        : now.profile() + ", version " + now.profileVersion();
  }

  private void showTable(List<ScoreRow> steps) {
    NativeTable rows = new NativeTable();
    rows.addClassName("table");
    NativeTableRow head = rows.getHead().addRow();
    for (String name : List.of("Day", "Score", "If unknowns passed", "Grade", "Profile")) {
      head.addHeaderCell().setText(name);
    }
    // Newest first: who reads a table asks about today.
    for (ScoreRow step : steps.reversed()) {
      NativeTableRow row = rows.getBody().addRow();
      row.addDataCell().setText(Moments.day(step.at()));
      row.addDataCell().setText(Figures.score(step.score()));
      row.addDataCell().setText(Figures.score(step.scoreHigh()));
      row.addDataCell().setText(step.grade() == null ? "–" : step.grade());
      row.addDataCell()
          .setText(
              step.score() == null
                  ? "–"
                  : step.profileVersion() == 0
                      ? step.profile()
                      : step.profile() + " " + step.profileVersion());
    }
    Div scroll = new Div(rows);
    scroll.addClassName("scroll");
    table.removeAll();
    table.add(scroll);
  }
}
