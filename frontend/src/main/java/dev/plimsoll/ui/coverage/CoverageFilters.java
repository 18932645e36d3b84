package dev.plimsoll.ui.coverage;

import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.function.SerializableConsumer;
import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.fleet.Groups;
import dev.plimsoll.posture.CoverageQuery;
import dev.plimsoll.ui.widgets.GroupField;
import dev.plimsoll.ui.widgets.Marks;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What narrows the list of data; every change becomes a query. */
class CoverageFilters extends Div {
  private final TextField search = new TextField();
  private final MultiSelectComboBox<CoverageState> state = new MultiSelectComboBox<>();
  private final MultiSelectComboBox<DataKind> kind = new MultiSelectComboBox<>();
  private final GroupField group;
  private final TextField policy = new TextField();
  private final ComboBox<CoverageQuery.OffHost> offHost = new ComboBox<>();
  private final Checkbox orphaned = new Checkbox("Used by nothing");
  private final Button host = new Button(VaadinIcon.CLOSE_SMALL.create());
  private CoverageQuery query = CoverageQuery.ALL;

  CoverageFilters(Groups groups, SerializableConsumer<CoverageQuery> changed) {
    group = new GroupField(groups);
    addClassName("filters");
    search.setPlaceholder("Name, host or policy");
    search.setAriaLabel("Search data");
    search.setPrefixComponent(VaadinIcon.SEARCH.create());
    search.addClassName("search");
    policy.setPlaceholder("Any policy");
    policy.setAriaLabel("Policy");
    for (TextField field : List.of(search, policy)) {
      field.setClearButtonVisible(true);
      field.setValueChangeMode(ValueChangeMode.LAZY);
    }
    state.setPlaceholder("Any state");
    state.setAriaLabel("State");
    state.setItems(DataWords.BY_URGENCY);
    state.setItemLabelGenerator(Marks::word);
    kind.setPlaceholder("Any kind");
    kind.setAriaLabel("Kind");
    kind.setItems(DataKind.values());
    kind.setItemLabelGenerator(DataWords::many);
    group.setPlaceholder("Any group");
    group.setAriaLabel("Group");
    offHost.setPlaceholder("Lying anywhere");
    offHost.setAriaLabel("Where the newest good backup lies");
    offHost.setItems(CoverageQuery.OffHost.values());
    offHost.setItemLabelGenerator(CoverageFilters::word);
    offHost.setClearButtonVisible(true);
    host.addThemeVariants(ButtonVariant.SMALL);
    host.setIconAfterText(true);
    host.setVisible(false);
    host.addClickListener(event -> changed.accept(read(null)));
    for (HasValue<?, ?> field :
        List.<HasValue<?, ?>>of(search, state, kind, group, policy, offHost, orphaned)) {
      field.addValueChangeListener(
          event -> {
            if (event.isFromClient()) {
              changed.accept(read(query.hostId()));
            }
          });
    }
    add(host, search, state, kind, group, policy, offHost, orphaned);
  }

  /** Shows a query; {@code hostName} names the host that it is narrowed to. */
  void show(CoverageQuery shown, @Nullable String hostName) {
    query = shown;
    search.setValue(orEmpty(shown.text()));
    state.setValue(shown.states());
    kind.setValue(shown.kinds());
    group.setValue(shown.group());
    policy.setValue(orEmpty(shown.policy()));
    offHost.setValue(shown.offHost());
    orphaned.setValue(Boolean.TRUE.equals(shown.orphaned()));
    host.setVisible(hostName != null);
    if (hostName != null) {
      host.setText("Host: " + hostName);
      host.setAriaLabel("Host: " + hostName + ". Show all hosts");
    }
  }

  private CoverageQuery read(@Nullable Long hostId) {
    return new CoverageQuery(
        hostId,
        group.getValue(),
        state.getValue(),
        kind.getValue(),
        orNull(policy.getValue()),
        orNull(search.getValue()),
        orphaned.getValue() ? Boolean.TRUE : null,
        offHost.getValue(),
        query.sort(),
        query.descending(),
        query.asOf(),
        query.knownAt());
  }

  private static String word(CoverageQuery.OffHost where) {
    return switch (where) {
      case TRUE -> "Off the host";
      case FALSE -> "On the host";
      case UNKNOWN -> "Not said where";
    };
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static @Nullable String orNull(String text) {
    return text.isBlank() ? null : text.strip();
  }
}
