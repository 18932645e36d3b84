package dev.plimsoll.ui.host;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.progressbar.ProgressBar;
import dev.plimsoll.posture.CollectionRow;
import dev.plimsoll.ui.widgets.TimeText;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Says that a collection runs right now. */
class RunningCollection extends Div {
  private final Clock clock;
  private final Span words = new Span();

  RunningCollection(Clock clock) {
    this.clock = clock;
    addClassName("running");
    getElement().setAttribute("role", "status");
    ProgressBar progress = new ProgressBar();
    progress.setIndeterminate(true);
    add(words, progress);
    setVisible(false);
  }

  void show(@Nullable CollectionRow running) {
    setVisible(running != null);
    if (running != null) {
      words.removeAll();
      words.add(
          new Span("Collecting: reading the engine and judging what it shows. Started "),
          new TimeText(running.startedAt(), clock.instant()));
    }
  }
}
