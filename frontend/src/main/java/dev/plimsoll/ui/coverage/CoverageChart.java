package dev.plimsoll.ui.coverage;

import com.vaadin.flow.component.HtmlComponent;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.posture.CoverageTotals;
import dev.plimsoll.ui.navigation.Place.Measure;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How much stood in which state over time, stacked. The same numbers belong beside it as a table,
 * for a picture says nothing to a screen reader.
 */
@Tag("plimsoll-coverage")
@JsModule("context://plimsoll-coverage.js")
class CoverageChart extends HtmlComponent {
  CoverageChart() {
    getElement().setAttribute("role", "img");
  }

  /** Draws steps, oldest first, each of which holds until the next. */
  void show(List<CoverageTotals> steps, Measure measure, Instant from, Instant to, String label) {
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    shown.put("from", from.toString());
    shown.put("to", to.toString());
    shown.put("unit", measure == Measure.BYTES ? "bytes" : "count");
    // What is protected at the bottom, what is most urgent on top.
    List<CoverageState> states = DataWords.BY_URGENCY.reversed();
    ArrayNode words = shown.putArray("states");
    states.forEach(state -> words.add(state.name().toLowerCase(Locale.ROOT)));
    ArrayNode points = shown.putArray("steps");
    for (CoverageTotals step : steps) {
      CoverageTotals.States all = step.all();
      ArrayNode values = points.addObject().put("at", step.at().toString()).putArray("values");
      states.forEach(state -> values.add(amount(all.of(state), measure)));
    }
    getElement().setAttribute("aria-label", label);
    getElement().setPropertyJson("shown", shown);
  }

  static long amount(CoverageTotals.Amount amount, Measure measure) {
    return measure == Measure.BYTES ? amount.bytes() : amount.count();
  }
}
