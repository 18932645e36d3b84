package dev.plimsoll.ui.checks;

import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.function.SerializableRunnable;
import dev.plimsoll.compliance.DeclarationKind;
import dev.plimsoll.compliance.Declarations;
import dev.plimsoll.compliance.Declared.Scope;
import dev.plimsoll.fleet.Groups;
import dev.plimsoll.fleet.HostRecord;
import dev.plimsoll.fleet.Hosts;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.ui.widgets.GroupField;
import dev.plimsoll.ui.widgets.Messages;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks what is to be declared, where it holds and why. */
class DeclareDialog extends Dialog {
  private static final String FLEET = "The whole fleet";
  private static final String GROUP = "A group and all below";
  private static final String HOST = "One host";

  private final Declarations declarations;
  private final Hosts hosts;
  private final SerializableRunnable declared;
  private final ComboBox<DeclarationKind> kind = new ComboBox<>("What");
  private final TextField value = new TextField("Value");
  private final RadioButtonGroup<String> scope = new RadioButtonGroup<>("Where it holds");
  private final GroupField group;
  private final TextField host = new TextField("Host");
  private final TextField note = new TextField("Why");

  DeclareDialog(
      Declarations declarations,
      Groups groups,
      Hosts hosts,
      @Nullable DeclarationKind chosen,
      SerializableRunnable declared) {
    this.declarations = declarations;
    this.hosts = hosts;
    this.declared = declared;
    setHeaderTitle("Declare what is meant");
    setWidth("min(34rem, 94vw)");
    group = new GroupField(groups);
    group.setLabel("Group");
    kind.setItems(DeclarationKind.all());
    kind.setItemLabelGenerator(DeclaredView::word);
    kind.setRequiredIndicatorVisible(true);
    kind.addValueChangeListener(event -> explain(event.getValue()));
    value.setRequiredIndicatorVisible(true);
    scope.setItems(FLEET, GROUP, HOST);
    scope.addValueChangeListener(event -> showScope());
    scope.setValue(FLEET);
    host.setHelperText("Its name, exactly");
    note.setHelperText("For whoever reads this in a year");
    for (var field : new com.vaadin.flow.component.HasSize[] {kind, value, group, host, note}) {
      field.setWidthFull();
    }
    Div form = new Div(kind, value, scope, group, host, note);
    form.addClassName("stack");
    add(form);
    Button confirm = new Button("Declare", event -> submit());
    confirm.addThemeVariants(ButtonVariant.PRIMARY);
    getFooter().add(new Button("Cancel", event -> close()), confirm);
    kind.setValue(chosen);
    showScope();
  }

  private void explain(@Nullable DeclarationKind chosen) {
    kind.setHelperText(chosen == null ? "" : DeclaredView.explained(chosen));
    value.setPlaceholder(chosen == null ? "" : chosen.example());
  }

  private void showScope() {
    group.setVisible(GROUP.equals(scope.getValue()));
    host.setVisible(HOST.equals(scope.getValue()));
  }

  private void submit() {
    for (HasValidation field : fields().values()) {
      field.setInvalid(false);
    }
    DeclarationKind chosen = kind.getValue();
    if (chosen == null) {
      refuse("kind", "Choose what is to be declared.");
      return;
    }
    Optional<Scope> where = where();
    if (where.isEmpty()) {
      return;
    }
    try {
      declarations.add(
          new Declarations.Draft(
              chosen.declaration(), value.getValue(), where.get(), note.getValue()));
    } catch (InvalidInput e) {
      e.errors().forEach(error -> refuse(error.field(), error.message()));
      return;
    }
    close();
    Messages.done("Declared. The hosts concerned are judged anew.");
    declared.run();
  }

  private Optional<Scope> where() {
    if (GROUP.equals(scope.getValue())) {
      String path = group.getValue();
      if (path == null) {
        refuse("group", "Choose a group.");
        return Optional.empty();
      }
      return Optional.of(new Scope.Group(path));
    }
    if (HOST.equals(scope.getValue())) {
      Optional<HostRecord> found =
          host.isEmpty() ? Optional.empty() : hosts.find(host.getValue().strip());
      if (found.isEmpty()) {
        refuse("host", "There is no host of that name.");
      }
      return found.map(record -> new Scope.Host(record.id(), record.name()));
    }
    return Optional.of(new Scope.Fleet());
  }

  private Map<String, HasValidation> fields() {
    return Map.of("kind", kind, "value", value, "group", group, "host", host, "note", note);
  }

  private void refuse(String field, String message) {
    HasValidation place = fields().get(field);
    if (place == null) {
      Messages.refused(message);
    } else {
      place.setErrorMessage(message);
      place.setInvalid(true);
    }
  }
}
