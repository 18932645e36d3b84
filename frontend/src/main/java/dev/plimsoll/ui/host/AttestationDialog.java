package dev.plimsoll.ui.host;

import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.function.SerializableConsumer;
import com.vaadin.flow.function.SerializableRunnable;
import dev.plimsoll.attest.AttestationDraft;
import dev.plimsoll.attest.Attestations;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.ui.widgets.Messages;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Signs that a check holds on a host, or does not, in the name of whoever is signed in. */
class AttestationDialog extends Dialog {
  private static final int USUAL_DAYS = 180;

  private final long hostId;
  private final LocalDate today;
  private final ComboBox<Rule> check = new ComboBox<>("Check");
  private final RadioButtonGroup<String> outcome = new RadioButtonGroup<>("What you found");
  private final TextArea statement = new TextArea("What you looked at, and how");
  private final DatePicker signedOn = new DatePicker("As of");
  private final DatePicker until = new DatePicker("Counts until");
  private final Map<String, HasValidation> fields =
      Map.of(
          "check", check,
          "outcome", outcome,
          "statement", statement,
          "signedAt", signedOn,
          "expiresAt", until);

  AttestationDialog(
      long hostId,
      @Nullable String chosen,
      Clock clock,
      SerializableConsumer<AttestationDraft> sign,
      SerializableRunnable signed) {
    this.hostId = hostId;
    today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    setHeaderTitle("Sign an attestation");
    setWidth("min(34rem, 94vw)");
    List<Rule> rules = Attestations.attestable();
    check.setItems(rules);
    check.setItemLabelGenerator(rule -> rule.id() + " · " + rule.title());
    check.setWidthFull();
    check.setRequiredIndicatorVisible(true);
    check.addValueChangeListener(event -> proposeEnd());
    outcome.setItems("PASS", "FAIL");
    outcome.setItemLabelGenerator(word -> word.equals("PASS") ? "It holds" : "It does not hold");
    outcome.setRequiredIndicatorVisible(true);
    statement.setWidthFull();
    statement.setMinRows(3);
    statement.setMaxLength(Attestations.LONGEST_STATEMENT);
    statement.setRequiredIndicatorVisible(true);
    statement.setHelperText("An auditor reads this next to your name");
    signedOn.setValue(today);
    signedOn.setMax(today);
    until.setMin(today.plusDays(1));
    Div dates = new Div(signedOn, until);
    dates.addClassName("filters");
    Paragraph what =
        new Paragraph(
            "Your name and the time are kept with it, and so is a withdrawal. What is read over SSH"
                + " or in a newer report goes before it.");
    what.addClassName("secondary");
    Div form = new Div(what, check, outcome, statement, dates);
    form.addClassName("stack");
    add(form);
    rules.stream().filter(rule -> rule.id().equals(chosen)).findFirst().ifPresent(check::setValue);
    proposeEnd();
    Button submit = new Button("Sign", event -> submit(sign, signed));
    submit.addThemeVariants(ButtonVariant.PRIMARY);
    getFooter().add(new Button("Cancel", event -> close()), submit);
  }

  private void proposeEnd() {
    long most =
        check.getValue() == null
            ? USUAL_DAYS
            : Attestations.longest(check.getValue().id()).toDays();
    until.setMax(today.plusDays(most));
    until.setValue(today.plusDays(Math.min(USUAL_DAYS, most)));
  }

  private void submit(SerializableConsumer<AttestationDraft> sign, SerializableRunnable signed) {
    fields.values().forEach(field -> field.setInvalid(false));
    try {
      sign.accept(
          new AttestationDraft(
              hostId,
              check.getValue() == null ? "" : check.getValue().id(),
              outcome.getValue() == null ? "" : outcome.getValue(),
              statement.getValue(),
              today.equals(signedOn.getValue()) ? null : startOf(signedOn.getValue()),
              startOf(until.getValue())));
    } catch (InvalidInput e) {
      for (InvalidInput.FieldError error : e.errors()) {
        HasValidation field = fields.get(error.field());
        if (field == null) {
          Messages.refused(error.field() + " " + error.message());
        } else {
          field.setErrorMessage(error.message());
          field.setInvalid(true);
        }
      }
      return;
    }
    close();
    Messages.done("Signed. The host is judged by it.");
    signed.run();
  }

  private static @Nullable Instant startOf(@Nullable LocalDate day) {
    return day == null ? null : day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
