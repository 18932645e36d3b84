package dev.plimsoll.ui.ownchecks;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.plimsoll.owncheck.Problem;
import dev.plimsoll.ui.widgets.Code;
import java.util.List;
import java.util.function.Function;

/** An expression as it is typed, with what is wrong in it and where. */
class ExpressionField extends Div {
  private static final int MAX_LENGTH = 4_000;

  private final TextArea text;
  private final Div problems = new Div();
  private final Function<String, List<Problem>> check;
  private final boolean required;
  private int caret = -1;

  /**
   * A field.
   *
   * @param required whether nothing is a problem too
   * @param check what is wrong with an expression
   */
  ExpressionField(
      String label, String helper, boolean required, Function<String, List<Problem>> check) {
    this.check = check;
    this.required = required;
    addClassNames("expression-field");
    text = new TextArea(label);
    text.setHelperText(helper);
    text.addClassName("mono");
    text.setMinRows(2);
    text.setMaxRows(16);
    text.setMaxLength(MAX_LENGTH);
    text.setWidthFull();
    text.setRequiredIndicatorVisible(required);
    text.getElement().setAttribute("spellcheck", "false");
    text.getElement().setAttribute("autocomplete", "off");
    text.setValueChangeMode(ValueChangeMode.LAZY);
    text.addValueChangeListener(event -> judge());
    // Where the cursor was when the field was left: there a path is put in.
    text.getElement()
        .addEventListener(
            "focusout",
            event ->
                caret = event.getEventData().get("element.inputElement.selectionEnd").asInt(-1))
        .addEventData("element.inputElement.selectionEnd");
    problems.addClassName("expression-problems");
    problems.getElement().setAttribute("role", "status");
    add(text, problems);
  }

  String value() {
    return text.getValue();
  }

  void setValue(String value) {
    text.setValue(value);
    judge();
  }

  void setReadOnly(boolean readOnly) {
    text.setReadOnly(readOnly);
  }

  /** Puts a text in where the cursor was last, at the end if nobody knows. */
  void insert(String more) {
    String before = text.getValue();
    int at = caret < 0 || caret > before.length() ? before.length() : caret;
    text.setValue(before.substring(0, at) + more + before.substring(at));
    caret = at + more.length();
    text.focus();
  }

  /** Whether it compiles, as far as is known. */
  boolean holds() {
    return !text.isInvalid();
  }

  private void judge() {
    problems.removeAll();
    String source = text.getValue();
    if (source.isBlank()) {
      text.setInvalid(false);
      return;
    }
    List<Problem> found = check.apply(source);
    text.setInvalid(!found.isEmpty());
    if (found.isEmpty()) {
      return;
    }
    String[] lines = source.split("\n", -1);
    UnorderedList list = new UnorderedList();
    for (Problem problem : found) {
      ListItem item = new ListItem();
      item.add(
          new Span(
              "Line %d, column %d: %s"
                  .formatted(problem.line(), problem.column(), problem.message())));
      if (problem.line() <= lines.length) {
        item.add(pointer(lines[problem.line() - 1], problem.column()));
      }
      list.add(item);
    }
    problems.add(list);
  }

  /** The line with the place marked. */
  private static Div pointer(String line, int column) {
    int at = Math.min(Math.max(0, column - 1), line.length());
    int end = Math.min(at + 1, line.length());
    Span marked = Code.of(at < end ? line.substring(at, end) : " ");
    marked.addClassName("problem-place");
    Div shown = new Div(Code.of(line.substring(0, at)), marked, Code.of(line.substring(end)));
    shown.addClassName("problem-line");
    return shown;
  }

  /** Whether somebody has to write something here. */
  boolean missing() {
    return required && text.getValue().isBlank();
  }

  void showError(String message) {
    text.setInvalid(true);
    problems.removeAll();
    problems.add(new Span(message));
  }
}
