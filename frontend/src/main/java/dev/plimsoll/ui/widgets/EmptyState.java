package dev.plimsoll.ui.widgets;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;

/** What stands where there is nothing to show: why, and what to do. */
public class EmptyState extends Div {
  /** A title, a sentence, and what to do if there is something to do. */
  public EmptyState(String title, String sentence, Component... actions) {
    addClassName("empty-state");
    Paragraph text = new Paragraph(sentence);
    add(new H2(title), text);
    if (actions.length > 0) {
      Div row = new Div(actions);
      row.addClassName("actions");
      add(row);
    }
  }
}
