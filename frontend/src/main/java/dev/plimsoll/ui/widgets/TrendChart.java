package dev.plimsoll.ui.widgets;

import com.vaadin.flow.component.HtmlComponent;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JavaScript;
import com.vaadin.flow.component.dependency.JsModule;
import dev.plimsoll.posture.ScoreRow;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A score over time with its band. The same numbers belong beside it as a table, for a chart says
 * nothing to a screen reader.
 */
@Tag("plimsoll-chart")
@JavaScript("context://webjars/echarts/5.5.0/echarts.common.min.js")
@JsModule("context://plimsoll-chart.js")
public class TrendChart extends HtmlComponent {
  /** An empty chart. */
  public TrendChart() {
    getElement().setAttribute("role", "img");
  }

  /**
   * Draws the steps, oldest first.
   *
   * @param breaks from when on they speak of something else
   */
  public void show(List<ScoreRow> steps, List<Instant> breaks, String label) {
    ArrayNode points = JsonNodeFactory.instance.arrayNode();
    for (ScoreRow step : steps) {
      ObjectNode point = points.addObject().put("at", step.at().toString());
      point.put("low", step.score());
      point.put("high", step.scoreHigh());
      point.put("grade", step.grade());
    }
    getElement().setAttribute("aria-label", label);
    ArrayNode marks = JsonNodeFactory.instance.arrayNode();
    for (Instant at : breaks) {
      // The first step that is told after the break.
      steps.stream()
          .map(ScoreRow::at)
          .filter(step -> !step.isBefore(at))
          .findFirst()
          .ifPresent(step -> marks.add(step.toString()));
    }
    getElement().setPropertyJson("breaks", marks);
    getElement().setPropertyJson("points", points);
  }
}
