package dev.plimsoll.ui.widgets;

import com.vaadin.flow.component.html.Main;

/** The content of a view: what the skip link leads to. */
public class Screen extends Main {
  /** An empty screen. */
  public Screen() {
    addClassName("screen");
    setId("content");
    getElement().setAttribute("tabindex", "-1");
  }

  /** Takes the whole height, for what scrolls in itself. */
  public void fillHeight() {
    addClassName("full-height");
  }
}
