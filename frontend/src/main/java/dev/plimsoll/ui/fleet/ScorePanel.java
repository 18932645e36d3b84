package dev.plimsoll.ui.fleet;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import dev.plimsoll.posture.FleetOverview.Overview;
import dev.plimsoll.posture.ScoreRow;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.Marks;
import dev.plimsoll.ui.widgets.ScoreBar;
import dev.plimsoll.ui.widgets.TrendPanel;
import java.util.ArrayList;
import java.util.List;

/** The one number, the band it lies in, and how it came here. */
class ScorePanel extends Section {
  private final Div headline = new Div();
  private final TrendPanel trend = new TrendPanel();

  ScorePanel() {
    addClassNames("card", "score-panel");
    headline.addClassName("headline");
    add(headline, trend);
  }

  void show(Overview overview, Place.Fleet place) {
    String scope = place.group() == null ? "fleet" : place.group();
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
    trend.show(overview.trend(), place.retold(), place.retold(false), place.retold(true));
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
    sentences.add(basis(score));
    return sentences;
  }

  private static String basis(ScoreRow score) {
    return score.profileVersion() == 0
        ? Figures.count(score.checksInScope(), "check", "checks")
            + " in scope; hosts have different profiles."
        : Figures.count(score.checksInScope(), "check", "checks")
            + " in scope of profile "
            + score.profile()
            + ", version "
            + score.profileVersion()
            + ".";
  }
}
