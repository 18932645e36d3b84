package dev.plimsoll.ui.widgets;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import org.jspecify.annotations.Nullable;

/**
 * A score as a load line on a scale of 0 to 100: filled up to the headline, hatched on to what it
 * would be if every unknown passed.
 */
public class ScoreBar extends Div {
  /** Draws the band; a null score draws an empty scale. */
  public ScoreBar(@Nullable Double low, @Nullable Double high) {
    addClassName("score-bar");
    double from = low == null ? 0 : low;
    double to = high == null ? from : high;
    getStyle().set("--low", Double.toString(from)).set("--high", Double.toString(to));
    // What it shows stands beside it in words.
    getElement().setAttribute("aria-hidden", "true");
    for (int threshold : new int[] {50, 75, 90}) {
      Span tick = new Span();
      tick.addClassName("tick");
      tick.getStyle().set("--at", Integer.toString(threshold));
      add(tick);
    }
  }
}
