package dev.plimsoll.ui.policies;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.function.SerializableConsumer;
import com.vaadin.flow.function.SerializableFunction;
import dev.plimsoll.backup.PolicyDraft;
import dev.plimsoll.backup.PolicyPreview;
import dev.plimsoll.backup.coverage.Policy;
import dev.plimsoll.backup.coverage.Selector;
import dev.plimsoll.fleet.Groups;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.NameTaken;
import dev.plimsoll.ui.live.Errands;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Messages;
import dev.plimsoll.ui.widgets.SpanField;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The form of a backup policy, beside it what it matches as it is typed. */
class PolicyEditor extends Div {
  private static final String PROMISE = "must be backed up";
  private static final String EXEMPTION = "needs no backup";
  private static final Duration USUAL_RPO = Duration.ofHours(24);

  private final SerializableFunction<Selector, PolicyPreview> previews;
  private final Errands errands;
  private final SerializableConsumer<PolicyDraft> saving;
  private final TextField name = new TextField("Name");
  private final RadioButtonGroup<String> sort = new RadioButtonGroup<>("What it matches");
  private final SpanField rpo = new SpanField("May lose (RPO)");
  private final SpanField restore = new SpanField("A restore must be proven every");
  private final Checkbox offHost = new Checkbox("Only a backup off the host counts");
  private final TextArea reason = new TextArea("Why it needs no backup");
  private final DatePicker until = new DatePicker("Until");
  private final Paragraph approval =
      new Paragraph(
          "It exempts nothing until somebody other than you has approved it; a change needs a new"
              + " approval.");
  private final Div promise = new Div(rpo, restore, offHost);
  private final Div exemption = new Div(approval, reason, until);
  private final SelectorForm selector;
  private final PreviewPanel preview = new PreviewPanel();
  private int asked;

  /**
   * An editor.
   *
   * @param previews what a selector matches now
   * @param saving what saving does; it throws {@link InvalidInput} or {@link NameTaken}
   */
  PolicyEditor(
      Groups groups,
      SerializableFunction<Selector, PolicyPreview> previews,
      Errands errands,
      Clock clock,
      SerializableConsumer<PolicyDraft> saving) {
    this.previews = previews;
    this.errands = errands;
    this.saving = saving;
    addClassName("expression-sides");
    name.setWidthFull();
    name.setMaxLength(200);
    name.setRequiredIndicatorVisible(true);
    sort.setItems(PROMISE, EXEMPTION);
    sort.setValue(PROMISE);
    sort.addValueChangeListener(event -> showSort());
    rpo.setValue(USUAL_RPO);
    restore.setHelperText("Empty: it need not be proven");
    reason.setWidthFull();
    reason.setMinRows(2);
    reason.setMaxLength(2000);
    reason.setRequiredIndicatorVisible(true);
    until.setMin(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(1));
    until.setHelperText("Empty: for good");
    until.setClearButtonVisible(true);
    approval.addClassName("secondary");
    promise.addClassName("stack");
    exemption.addClassName("stack");
    selector = new SelectorForm(groups, this::preview);
    Section what = new Section(new H2("Policy"), name, sort, promise, exemption);
    what.addClassNames("card", "stack");
    Button save = new Button("Save", event -> save());
    save.addThemeVariants(ButtonVariant.PRIMARY);
    Div buttons = new Div(save, Links.button(new Place.Policies(), "Cancel"));
    buttons.addClassNames("actions", "sticky-actions");
    Div form = new Div(what, selector, buttons);
    form.addClassName("stack");
    add(form, preview);
    showSort();
    addAttachListener(event -> preview());
  }

  /** Fills the form with a policy that is there. */
  void show(Policy policy) {
    name.setValue(policy.name());
    Policy.Exemption exempt = policy.exemption();
    sort.setValue(exempt == null ? PROMISE : EXEMPTION);
    rpo.setValue(exempt == null ? policy.rpo() : USUAL_RPO);
    restore.setValue(policy.restoreTestEvery());
    offHost.setValue(policy.offHost());
    if (exempt != null) {
      reason.setValue(exempt.reason());
      Instant end = exempt.until();
      until.setValue(end == null ? null : LocalDate.ofInstant(end, ZoneOffset.UTC));
    }
    selector.show(policy.selector());
  }

  /** Fills the form of a new policy. */
  void show(Selector begin, boolean exempt) {
    selector.show(begin);
    sort.setValue(exempt ? EXEMPTION : PROMISE);
  }

  private void showSort() {
    boolean exempts = EXEMPTION.equals(sort.getValue());
    promise.setVisible(!exempts);
    exemption.setVisible(exempts);
  }

  private void preview() {
    if (!isAttached()) {
      return;
    }
    Selector wanted = selector.selector();
    int mine = ++asked;
    errands.run(
        this,
        () -> previews.apply(wanted),
        found -> {
          // What was typed since has asked again.
          if (mine == asked) {
            preview.show(found);
          }
        },
        failure -> {
          throw failure;
        });
  }

  private void save() {
    fields().values().forEach(field -> field.setInvalid(false));
    try {
      saving.accept(draft());
    } catch (InvalidInput e) {
      e.errors().forEach(error -> refuse(error.field(), error.message()));
    } catch (NameTaken e) {
      refuse("name", String.valueOf(e.getMessage()));
    }
  }

  private PolicyDraft draft() {
    boolean exempts = EXEMPTION.equals(sort.getValue());
    LocalDate end = until.getValue();
    return new PolicyDraft(
        name.getValue(),
        selector.selector(),
        exempts ? null : rpo.getValue(),
        exempts ? null : restore.getValue(),
        !exempts && offHost.getValue(),
        exempts ? reason.getValue() : null,
        exempts && end != null ? end.atStartOfDay(ZoneOffset.UTC).toInstant() : null);
  }

  private Map<String, HasValidation> fields() {
    return Map.of(
        "name", name,
        "rpoSeconds", rpo,
        "restoreTestEverySeconds", restore,
        "exempt.reason", reason,
        "exempt.expiresAt", until);
  }

  private void refuse(String field, @Nullable String message) {
    HasValidation place = fields().get(field);
    String words = message == null ? field + " cannot be accepted." : message;
    if (place instanceof Component component && component.isVisible()) {
      place.setErrorMessage(words);
      place.setInvalid(true);
    } else {
      Messages.refused(field + ": " + words);
    }
  }
}
