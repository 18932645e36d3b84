package dev.plimsoll.ui.hosts;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.progressbar.ProgressBar;
import dev.plimsoll.collect.Collections;
import dev.plimsoll.collect.ConnectionTest;
import dev.plimsoll.fleet.Groups;
import dev.plimsoll.fleet.HostDraft;
import dev.plimsoll.fleet.HostRecord;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.NameTaken;
import dev.plimsoll.ui.live.Errands;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.widgets.Facts;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Marks;
import java.util.List;
import java.util.function.Function;

/** The form of a host with what can be done: try the connection, save, leave. */
class HostEditor extends Div {
  private final HostForm form;
  private final Div result = new Div();
  private final Button test = new Button("Test connection", event -> test());
  private final Button save;
  private final Collections collections;
  private final Errands errands;
  private final Function<HostDraft, HostRecord> saving;

  /**
   * An editor.
   *
   * @param saving what saving does; it throws {@link InvalidInput} or {@link NameTaken}
   */
  HostEditor(
      Groups groups,
      Collections collections,
      Errands errands,
      String saveLabel,
      Place cancel,
      Function<HostDraft, HostRecord> saving) {
    this.form = new HostForm(groups);
    this.collections = collections;
    this.errands = errands;
    this.saving = saving;
    addClassName("stack");
    result.addClassName("test-result");
    result.getElement().setAttribute("role", "status");
    save = new Button(saveLabel, event -> save());
    save.addThemeVariants(ButtonVariant.PRIMARY);
    Div buttons = new Div(save, test, Links.button(cancel, "Cancel"));
    buttons.addClassNames("actions", "sticky-actions");
    add(form, result, buttons);
  }

  HostForm form() {
    return form;
  }

  private void test() {
    HostDraft draft = form.draft();
    form.clearErrors();
    test.setEnabled(false);
    ProgressBar progress = new ProgressBar();
    progress.setIndeterminate(true);
    result.removeAll();
    result.add(new Paragraph("Reaching the engine; this takes up to 15 seconds."), progress);
    errands.run(
        this,
        () -> collections.test(draft),
        answer -> {
          test.setEnabled(true);
          show(answer);
        },
        failure -> {
          test.setEnabled(true);
          result.removeAll();
          if (failure instanceof InvalidInput invalid) {
            form.show(invalid.errors());
          } else {
            throw failure;
          }
        });
  }

  private void show(ConnectionTest answer) {
    result.removeAll();
    switch (answer) {
      case ConnectionTest.Reached reached -> {
        result.add(Marks.mark("outcome-pass", "The engine answered"));
        result.add(
            new Facts()
                .with("Engine", reached.engineName())
                .with("Version", reached.engineVersion() + ", API " + reached.apiVersion())
                .with("System", reached.operatingSystem())
                .with("Runs", Figures.count(reached.containers(), "container", "containers"))
                .withCode("Engine ID", reached.engineId()));
        reached
            .warnings()
            .forEach(warning -> result.add(new Paragraph(Marks.mark("warning", warning))));
      }
      case ConnectionTest.NotReached failed ->
          result.add(
              Marks.mark("outcome-fail", "The engine was not reached"),
              new Paragraph(new Span(failed.detail())));
    }
    result.scrollIntoView();
  }

  private void save() {
    form.clearErrors();
    HostRecord saved;
    try {
      saved = saving.apply(form.draft());
    } catch (InvalidInput e) {
      form.show(e.errors());
      return;
    } catch (NameTaken e) {
      form.show(List.of(new InvalidInput.FieldError("name", String.valueOf(e.getMessage()))));
      return;
    }
    getUI().ifPresent(ui -> Links.go(ui, Place.Host.of(saved.id(), null)));
  }
}
