package dev.plimsoll.ui.widgets;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.plimsoll.ui.navigation.Place;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Says that a page shows the past, and leads back to now. */
public class AsOfBanner extends Div {
  /** Hidden until there is an instant to show. */
  public AsOfBanner() {
    addClassName("as-of");
    getElement().setAttribute("role", "status");
    setVisible(false);
  }

  /** Shows the instant, or hides if it is null. */
  public void show(@Nullable Instant asOf, Place now) {
    removeAll();
    setVisible(asOf != null);
    if (asOf != null) {
      add(
          new Span("This is what was known at " + Moments.exact(asOf) + "."),
          Links.to(now, "Show now"));
    }
  }
}
