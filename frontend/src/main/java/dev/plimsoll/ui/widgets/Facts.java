package dev.plimsoll.ui.widgets;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import org.jspecify.annotations.Nullable;

/** Names and values, side by side. */
public class Facts extends DescriptionList {
  /** An empty list. */
  public Facts() {
    addClassName("facts");
  }

  /** Adds a value as text; nothing if there is none. */
  public Facts with(String name, @Nullable String value) {
    return value == null || value.isEmpty() ? this : with(name, new Span(value));
  }

  /** Adds a hash, an ID or a path; nothing if there is none. */
  public Facts withCode(String name, @Nullable String value) {
    return value == null || value.isEmpty() ? this : with(name, Code.of(value));
  }

  /** Adds a value. */
  public Facts with(String name, Component value) {
    // HTML lets a div hold a name with its values, so that the pair stays together.
    add(new Div(new Term(name), new Description(value)));
    return this;
  }
}
