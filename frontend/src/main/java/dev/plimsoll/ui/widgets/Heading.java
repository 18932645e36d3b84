package dev.plimsoll.ui.widgets;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Header;

/** The top of a view: its title, what belongs right beside it, and what can be done. */
public class Heading extends Header {
  private final H1 title = new H1();
  private final Div beside = new Div();
  private final Div actions = new Div();

  /** A heading with a title. */
  public Heading(String text) {
    addClassName("heading");
    title.setText(text);
    beside.addClassName("beside");
    actions.addClassName("actions");
    Div left = new Div(title, beside);
    left.addClassName("title");
    add(left, actions);
  }

  /** Changes the title. */
  public void setTitleText(String text) {
    title.setText(text);
  }

  /** Replaces what stands beside the title. */
  public Heading beside(Component... components) {
    beside.removeAll();
    beside.add(components);
    return this;
  }

  /** Replaces what can be done. */
  public Heading actions(Component... components) {
    actions.removeAll();
    actions.add(components);
    return this;
  }
}
