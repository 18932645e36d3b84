package dev.plimsoll.ui.shell;

import com.vaadin.flow.component.html.Span;

/** The mark on a ship's hull: a circle, and the line through it. The style sheet draws it. */
class Logo extends Span {
  Logo() {
    addClassName("logo");
    getElement().setAttribute("aria-hidden", "true");
  }
}
