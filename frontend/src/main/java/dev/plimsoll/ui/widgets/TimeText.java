package dev.plimsoll.ui.widgets;

import com.vaadin.flow.component.HtmlComponent;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import java.time.Instant;

/** An instant in relative words that stay true while the page is open, the exact one as title. */
@Tag("plimsoll-time")
@JsModule("context://plimsoll-time.js")
public class TimeText extends HtmlComponent {
  /** Shows the instant as seen at {@code now}. */
  public TimeText(Instant at, Instant now) {
    getElement().setAttribute("datetime", at.toString());
    getElement().setText(Moments.relative(at, now));
    setTitle(Moments.exact(at));
  }
}
