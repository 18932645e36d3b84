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
    show(asOf, null, now);
  }

  /** Shows the instant, and that what was learned until another is told of it; or hides. */
  public void show(@Nullable Instant asOf, @Nullable Instant knownAt, Place now) {
    removeAll();
    setVisible(asOf != null || knownAt != null);
    if (isVisible()) {
      add(new Span(sentence(asOf, knownAt)), Links.to(now, "Show now"));
    }
  }

  private static String sentence(@Nullable Instant asOf, @Nullable Instant knownAt) {
    if (knownAt == null) {
      return "This is what was known at " + (asOf == null ? "" : Moments.exact(asOf)) + ".";
    }
    return asOf == null
        ? "This is told with what was known at " + Moments.exact(knownAt) + "."
        : "This is how things stood at %s, told with what was known at %s."
            .formatted(Moments.exact(asOf), Moments.exact(knownAt));
  }
}
