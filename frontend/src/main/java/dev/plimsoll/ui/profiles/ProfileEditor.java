package dev.plimsoll.ui.profiles;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.function.SerializableFunction;
import dev.plimsoll.checklist.Mode;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.compliance.ProfilePreview;
import dev.plimsoll.compliance.ProfileRecord;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.NameTaken;
import dev.plimsoll.ui.live.Errands;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Marks;
import dev.plimsoll.ui.widgets.Messages;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The form of a profile: which checks are in scope, with what weight, and what that would do. */
class ProfileEditor extends Div {
  private static final int HEAVIEST = 1000;

  private final List<Rule> rules;
  private final ProfilePreview previews;
  private final Errands errands;
  private final SerializableFunction<ProfileEditor, ProfileRecord> saving;
  private final TextField name = new TextField("Name");
  private final TextArea description = new TextArea("Description");
  private final TextField search = new TextField();
  private final Span count = new Span();
  private final Grid<Rule> grid = new Grid<>();
  private final Div effects = new Div();
  private final Button preview = new Button("Preview the effect", event -> preview());
  private final Map<String, @Nullable Integer> chosen = new LinkedHashMap<>();

  /**
   * An editor.
   *
   * @param begin what the form begins with
   * @param saving what saving does; it throws {@link InvalidInput} or {@link NameTaken}
   */
  ProfileEditor(
      List<Rule> rules,
      ProfileRecord begin,
      ProfilePreview previews,
      Errands errands,
      SerializableFunction<ProfileEditor, ProfileRecord> saving) {
    this.rules = rules;
    this.previews = previews;
    this.errands = errands;
    this.saving = saving;
    chosen.putAll(begin.checks());
    addClassName("stack");
    name.setValue(begin.name());
    name.setRequiredIndicatorVisible(true);
    name.setMaxLength(100);
    description.setValue(begin.description());
    description.setMaxLength(1000);
    description.setWidthFull();
    description.setMinRows(2);
    Section card = new Section(name, description);
    card.addClassNames("card", "stack");
    effects.addClassName("stack");
    Button save = new Button("Save", event -> save());
    save.addThemeVariants(ButtonVariant.PRIMARY);
    Div buttons = new Div(save, preview, Links.button(Place.Profiles.ALL, "Cancel"));
    buttons.addClassNames("actions", "sticky-actions");
    buildGrid();
    add(card, filters(), grid, effects, buttons);
    show();
  }

  String name() {
    return name.getValue();
  }

  String description() {
    return description.getValue();
  }

  /** The checks in scope, with their own weights. */
  Map<String, @Nullable Integer> chosen() {
    return new LinkedHashMap<>(chosen);
  }

  /** The name of a profile that is there is its own for good: scores name it. */
  void keepName() {
    name.setReadOnly(true);
    name.setHelperText("Scores name it, so it stays. Copy the profile to give it another name.");
  }

  private Div filters() {
    search.setPlaceholder("ID, words or benchmark number");
    search.setAriaLabel("Search checks");
    search.setPrefixComponent(VaadinIcon.SEARCH.create());
    search.setClearButtonVisible(true);
    search.setValueChangeMode(ValueChangeMode.LAZY);
    search.addClassName("search");
    search.addValueChangeListener(event -> show());
    Button all = new Button("Take in all shown", event -> choose(true));
    Button none = new Button("Leave out all shown", event -> choose(false));
    count.addClassName("secondary");
    Div filters = new Div(search, all, none, count);
    filters.addClassName("filters");
    return filters;
  }

  private void buildGrid() {
    grid.addClassName("dense");
    grid.setSelectionMode(Grid.SelectionMode.NONE);
    grid.setHeight("28rem");
    grid.addComponentColumn(this::inScope).setHeader("In scope").setWidth("5.5rem").setFlexGrow(0);
    grid.addColumn(Rule::id).setHeader("Check").setWidth("10.5rem").setFlexGrow(0);
    grid.addColumn(Rule::title).setHeader("What passes").setFlexGrow(4);
    grid.addComponentColumn(rule -> Marks.severity(Marks.word(rule.severity())))
        .setHeader("Severity")
        .setWidth("7.5rem")
        .setFlexGrow(0);
    grid.addComponentColumn(this::weight).setHeader("Weight").setWidth("9rem").setFlexGrow(0);
  }

  private Checkbox inScope(Rule rule) {
    Checkbox box = new Checkbox(chosen.containsKey(rule.id()));
    box.setAriaLabel(rule.id() + " in scope");
    box.addValueChangeListener(
        event -> {
          if (event.getValue()) {
            chosen.putIfAbsent(rule.id(), null);
          } else {
            chosen.remove(rule.id());
          }
          grid.getDataProvider().refreshItem(rule);
          showCount();
        });
    return box;
  }

  private Component weight(Rule rule) {
    if (rule.mode() == Mode.ADVISORY) {
      Span none = new Span("costs nothing");
      none.addClassName("secondary");
      return none;
    }
    IntegerField field = new IntegerField();
    field.setAriaLabel("Weight of " + rule.id());
    field.setMin(1);
    field.setMax(HEAVIEST);
    field.setWidth("7.5rem");
    field.setPlaceholder(rule.weight() + " by severity");
    field.setClearButtonVisible(true);
    field.setEnabled(chosen.containsKey(rule.id()));
    field.setValue(chosen.get(rule.id()));
    field.addValueChangeListener(
        event -> {
          if (chosen.containsKey(rule.id())) {
            chosen.put(rule.id(), event.getValue());
          }
        });
    return field;
  }

  private void choose(boolean in) {
    for (Rule rule : shown()) {
      if (in) {
        chosen.putIfAbsent(rule.id(), null);
      } else {
        chosen.remove(rule.id());
      }
    }
    grid.getDataProvider().refreshAll();
    showCount();
  }

  private List<Rule> shown() {
    String text = search.getValue().strip().toLowerCase(Locale.ROOT);
    return rules.stream()
        .filter(
            rule ->
                rule.id().toLowerCase(Locale.ROOT).contains(text)
                    || rule.title().toLowerCase(Locale.ROOT).contains(text)
                    || rule.references().stream().anyMatch(r -> r.number().equals(text)))
        .toList();
  }

  private void show() {
    grid.setItems(shown());
    showCount();
  }

  private void showCount() {
    count.setText(
        Figures.count(chosen.size()) + " of " + Figures.count(rules.size()) + " checks in scope");
  }

  private void preview() {
    preview.setEnabled(false);
    effects.removeAll();
    String profile = name();
    Map<String, @Nullable Integer> weights = chosen();
    errands.run(
        this,
        () -> previews.ofProfile(profile, weights),
        found -> {
          preview.setEnabled(true);
          effects.add(new EffectTable(found));
          effects.scrollIntoView();
        },
        failure -> {
          preview.setEnabled(true);
          throw failure;
        });
  }

  private void save() {
    ProfileRecord saved;
    try {
      saved = saving.apply(this);
    } catch (InvalidInput e) {
      name.setInvalid(e.errors().stream().anyMatch(error -> error.field().equals("name")));
      e.errors().forEach(error -> Messages.refused(error.field() + " " + error.message()));
      return;
    } catch (NameTaken e) {
      name.setInvalid(true);
      name.setErrorMessage(e.getMessage());
      Messages.refused(String.valueOf(e.getMessage()));
      return;
    }
    Messages.done("Saved " + saved.name() + ", version " + saved.version() + ".");
    getUI().ifPresent(ui -> Links.go(ui, Place.Profiles.of(saved.id())));
  }
}
