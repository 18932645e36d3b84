package dev.plimsoll.ui.ownchecks;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.formlayout.FormLayout;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.plimsoll.checklist.Mode;
import dev.plimsoll.checklist.Severity;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.InvalidInput.FieldError;
import dev.plimsoll.fleet.NameTaken;
import dev.plimsoll.owncheck.NotInThisStatus;
import dev.plimsoll.owncheck.OwnCheckDraft;
import dev.plimsoll.owncheck.OwnCheckRecord;
import dev.plimsoll.owncheck.OwnCheckStatus;
import dev.plimsoll.owncheck.TooManyTryOuts;
import dev.plimsoll.owncheck.TryOut;
import dev.plimsoll.owncheck.WrittenChecks;
import dev.plimsoll.posture.SubjectList;
import dev.plimsoll.ui.live.Errands;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Marks;
import dev.plimsoll.ui.widgets.Messages;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The form of an own check with what can be done: try it, save it, let it judge, end it. */
class OwnCheckEditor extends Div {
  private static final Duration A_QUARTER = Duration.ofDays(90);
  private static final int SHOWN = 100;

  private final WrittenChecks checks;
  private final TryOut tryOut;
  private final Errands errands;
  private final Clock clock;
  private final @Nullable OwnCheckRecord stored;
  private final TextField id = new TextField("ID");
  private final TextField title = new TextField("What passes");
  private final Select<SubjectKind> subject = new Select<>();
  private final Select<Severity> severity = new Select<>();
  private final Select<Mode> mode = new Select<>();
  private final ExpressionField expression;
  private final ExpressionField applies;
  private final TextArea rationale = new TextArea("Why it matters");
  private final TextArea remediation = new TextArea("How to pass it");
  private final Paragraph errors = new Paragraph();
  private final TryOutPanel result = new TryOutPanel();
  private final Button attempt = new Button("Try it", event -> attempt());

  /**
   * An editor.
   *
   * @param stored the check as it is kept; null if it is new
   * @param start what the fields say at first
   * @param mayChange whether whoever looks may change it
   */
  OwnCheckEditor(
      WrittenChecks checks,
      TryOut tryOut,
      SubjectList subjects,
      Errands errands,
      Clock clock,
      @Nullable OwnCheckRecord stored,
      @Nullable OwnCheckDraft start,
      boolean mayChange) {
    this.checks = checks;
    this.tryOut = tryOut;
    this.errands = errands;
    this.clock = clock;
    this.stored = stored;
    addClassNames("stack", "own-check");
    expression =
        new ExpressionField("Expression", "True passes, false fails", true, checks::problems);
    applies =
        new ExpressionField(
            "Applies where",
            "False: the subject is not meant. Empty: all are",
            false,
            checks::problems);
    buildFields();
    ExampleDocument example = new ExampleDocument(subjects, expression::insert);
    subject.addValueChangeListener(event -> example.kind(event.getValue()));
    if (start != null) {
      show(start);
    }
    example.kind(subject.getValue());
    boolean retired = stored != null && stored.status() == OwnCheckStatus.RETIRED;
    readOnly(!mayChange || retired);
    Div left = new Div(expression, applies, new LanguageReference());
    left.addClassName("stack");
    Div sides = new Div(left, example);
    sides.addClassName("expression-sides");
    add(
        errors,
        section("Check", columns(id, title), columns(subject, severity, mode)),
        section("Rule", sides),
        section("For whoever has to fix it", rationale, remediation));
    if (mayChange) {
      add(buttons(retired), result);
    }
  }

  private void buildFields() {
    errors.addClassName("form-errors");
    errors.getElement().setAttribute("role", "alert");
    errors.setVisible(false);
    id.setHelperText("OWN- and capital letters, digits and hyphens");
    id.setValue("OWN-");
    id.setReadOnly(stored != null);
    title.setHelperText("The state that passes, in one line");
    subject.setLabel("Judges");
    subject.setItems(SubjectKind.values());
    subject.setItemLabelGenerator(SubjectKind::word);
    subject.setValue(SubjectKind.CONTAINER);
    severity.setLabel("Severity");
    severity.setItems(Severity.values());
    severity.setItemLabelGenerator(Marks::word);
    severity.setValue(Severity.MEDIUM);
    mode.setLabel("Counts");
    mode.setItems(Mode.SCORED, Mode.ADVISORY);
    mode.setItemLabelGenerator(
        one -> one == Mode.SCORED ? "Scored: it costs points" : "Advisory: shown, costs nothing");
    mode.setValue(Mode.SCORED);
    rationale.setWidthFull();
    remediation.setWidthFull();
  }

  private Div buttons(boolean retired) {
    Div buttons = new Div();
    buttons.addClassNames("actions", "sticky-actions");
    if (!retired) {
      Button save = new Button(stored == null ? "Save as draft" : "Save", event -> save());
      save.addThemeVariants(ButtonVariant.PRIMARY);
      buttons.add(save);
    }
    buttons.add(attempt);
    if (stored != null && stored.status() != OwnCheckStatus.ACTIVE) {
      buttons.add(new Button("Activate", event -> activate(stored.draft())));
    }
    if (stored != null && stored.status() == OwnCheckStatus.ACTIVE) {
      Button retire = new Button("Retire", event -> retire(stored.draft().id()));
      retire.addThemeVariants(ButtonVariant.ERROR);
      buttons.add(retire);
    }
    buttons.add(Links.button(new Place.OwnChecks(), "Back to the list"));
    return buttons;
  }

  private void show(OwnCheckDraft draft) {
    id.setValue(draft.id());
    title.setValue(draft.title());
    subject.setValue(draft.subject());
    severity.setValue(draft.severity());
    mode.setValue(draft.mode());
    expression.setValue(draft.expression());
    applies.setValue(draft.applies() == null ? "" : draft.applies());
    rationale.setValue(draft.rationale());
    remediation.setValue(draft.remediation());
  }

  private void readOnly(boolean readOnly) {
    id.setReadOnly(readOnly || stored != null);
    title.setReadOnly(readOnly);
    subject.setReadOnly(readOnly || (stored != null && stored.status() == OwnCheckStatus.ACTIVE));
    severity.setReadOnly(readOnly);
    mode.setReadOnly(readOnly);
    expression.setReadOnly(readOnly);
    applies.setReadOnly(readOnly);
    rationale.setReadOnly(readOnly);
    remediation.setReadOnly(readOnly);
  }

  private OwnCheckDraft typed() {
    return new OwnCheckDraft(
        id.getValue().strip(),
        title.getValue(),
        subject.getValue(),
        severity.getValue(),
        mode.getValue(),
        expression.value(),
        applies.value().isBlank() ? null : applies.value(),
        rationale.getValue(),
        remediation.getValue());
  }

  private void save() {
    OwnCheckDraft typed = typed();
    changed(
        () -> stored == null ? checks.draft(typed) : checks.change(typed.id(), before -> typed),
        stored != null && stored.status() == OwnCheckStatus.ACTIVE
            ? "Saved. Every host is judged anew by it."
            : "Saved. It judges nothing until you activate it.");
  }

  private void activate(OwnCheckDraft kept) {
    if (!kept.equals(typed())) {
      Messages.refused("There are changes that are not saved. Save them first.");
      return;
    }
    changed(() -> checks.activate(kept.id()), "It judges now; every host is judged anew.");
  }

  private void retire(String which) {
    changed(() -> checks.retire(which), "Retired. Its verdicts and findings close.");
  }

  private void changed(Supplier<OwnCheckRecord> change, String done) {
    clearErrors();
    OwnCheckRecord after;
    try {
      after = change.get();
    } catch (InvalidInput e) {
      show(e.errors());
      return;
    } catch (NameTaken e) {
      show(List.of(new FieldError("id", String.valueOf(e.getMessage()))));
      return;
    } catch (NotInThisStatus e) {
      Messages.refused(String.valueOf(e.getMessage()));
      return;
    }
    Messages.done(done);
    getUI()
        .ifPresent(
            ui -> {
              // Also where the address stays the same: the page shows what the check is now.
              Links.go(ui, new Place.OwnChecks());
              Links.go(ui, new Place.OwnCheck(after.draft().id()));
            });
  }

  private void attempt() {
    clearErrors();
    OwnCheckDraft typed = typed();
    attempt.setEnabled(false);
    result.busy();
    Instant now = clock.instant();
    TryOut.Request request =
        TryOut.Request.first(
            typed.subject(),
            typed.expression(),
            typed.applies(),
            List.of(now, now.minus(A_QUARTER)),
            SHOWN);
    errands.run(
        this,
        () -> tryOut.run(request),
        answer -> {
          attempt.setEnabled(true);
          result.show(answer, List.of("Today", "90 days ago"));
          result.scrollIntoView();
        },
        failure -> {
          attempt.setEnabled(true);
          result.forget();
          switch (failure) {
            case InvalidInput invalid -> show(invalid.errors());
            case TooManyTryOuts busy -> Messages.refused(String.valueOf(busy.getMessage()));
            default -> throw failure;
          }
        });
  }

  private void clearErrors() {
    errors.setVisible(false);
    for (TextField field : List.of(id, title)) {
      field.setInvalid(false);
    }
    for (TextArea field : List.of(rationale, remediation)) {
      field.setInvalid(false);
    }
  }

  private void show(List<FieldError> found) {
    StringBuilder others = new StringBuilder();
    for (FieldError error : found) {
      switch (error.field()) {
        case "id" -> invalid(id, error.message());
        case "title" -> invalid(title, error.message());
        case "rationale" -> invalid(rationale, error.message());
        case "remediation" -> invalid(remediation, error.message());
        case "expression" -> expression.showError(error.message());
        case "applies" -> applies.showError(error.message());
        default -> others.append(error.field()).append(": ").append(error.message()).append(' ');
      }
    }
    errors.setText(others.toString().strip());
    errors.setVisible(!others.isEmpty());
  }

  private static void invalid(TextField field, String message) {
    field.setInvalid(true);
    field.setErrorMessage(Character.toUpperCase(message.charAt(0)) + message.substring(1));
  }

  private static void invalid(TextArea field, String message) {
    field.setInvalid(true);
    field.setErrorMessage(Character.toUpperCase(message.charAt(0)) + message.substring(1));
  }

  private static FormLayout columns(Component... fields) {
    FormLayout layout = new FormLayout();
    layout.setAutoResponsive(true);
    layout.setAutoRows(true);
    layout.setColumnWidth("14rem");
    layout.setExpandFields(true);
    layout.setExpandColumns(true);
    layout.add(fields);
    return layout;
  }

  private static Section section(String heading, Component... content) {
    Section section = new Section();
    section.addClassNames("card", "stack");
    section.add(new H2(heading));
    section.add(content);
    return section;
  }
}
