package dev.plimsoll.ui.widgets;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.router.Location;
import dev.plimsoll.ui.navigation.Place;

/** Links within the portal. */
public final class Links {
  private Links() {}

  /** A link with a text. */
  public static Anchor to(Place place, String text) {
    return new Anchor(href(place), text);
  }

  /** A link around components. */
  public static Anchor to(Place place, Component... content) {
    return new Anchor(href(place), content);
  }

  /** A link that looks like a button. */
  public static Anchor button(Place place, String text) {
    Anchor anchor = to(place, text);
    anchor.addClassName("button-link");
    return anchor;
  }

  /** Goes to a place. */
  public static void go(UI ui, Place place) {
    Location location = new Location(place.url());
    ui.navigate(location.getPath(), location.getQueryParameters());
  }

  /** The place's URL; the portal's root is a dot, for an empty reference means this very page. */
  public static String href(Place place) {
    String url = place.url();
    return url.isEmpty() || url.startsWith("?") ? "." + url : url;
  }
}
