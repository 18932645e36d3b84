package dev.plimsoll.ui.findings;

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
import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.fleet.Groups;
import dev.plimsoll.posture.FindingQuery;
import dev.plimsoll.ui.widgets.GroupField;
import dev.plimsoll.ui.widgets.Marks;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What narrows the queue; every change becomes a query. */
class FindingFilters extends Div {
  private final TextField search = new TextField();
  private final MultiSelectComboBox<String> severity = new MultiSelectComboBox<>();
  private final MultiSelectComboBox<String> status = new MultiSelectComboBox<>();
  private final ComboBox<String> check = new ComboBox<>();
  private final ComboBox<String> kind = new ComboBox<>();
  private final GroupField group;
  private final Checkbox mine = new Checkbox("Assigned to me");
  private final Checkbox advisory = new Checkbox("Advisory too");
  private final Button host = new Button(VaadinIcon.CLOSE_SMALL.create());
  private final String me;
  private FindingQuery query = FindingQuery.OPEN;

  FindingFilters(Groups groups, String me, SerializableConsumer<FindingQuery> changed) {
    this.me = me;
    group = new GroupField(groups);
    addClassName("filters");
    search.setPlaceholder("Check, host or where");
    search.setAriaLabel("Search findings");
    search.setPrefixComponent(VaadinIcon.SEARCH.create());
    search.addClassName("search");
    group.setPlaceholder("Any group");
    group.setAriaLabel("Group");
    search.setClearButtonVisible(true);
    search.setValueChangeMode(ValueChangeMode.LAZY);
    severity.setPlaceholder("Any severity");
    severity.setAriaLabel("Severity");
    severity.setItems(Marks.SEVERITIES);
    status.setPlaceholder("Unresolved");
    status.setAriaLabel("Status");
    status.setItems("OPEN", "ACKNOWLEDGED", "WAIVED", "RESOLVED");
    status.setItemLabelGenerator(Marks::capitalised);
    check.setPlaceholder("Any check");
    check.setAriaLabel("Check");
    check.setItems(Checklist.standard().rules().stream().map(Rule::id).toList());
    check.setClearButtonVisible(true);
    kind.setPlaceholder("Any kind");
    kind.setAriaLabel("Kind");
    kind.setItems("engine", "container", "image", "volume", "network");
    kind.setClearButtonVisible(true);
    host.addThemeVariants(ButtonVariant.SMALL);
    host.setIconAfterText(true);
    host.setVisible(false);
    host.addClickListener(event -> changed.accept(read(null)));
    for (HasValue<?, ?> field :
        List.<HasValue<?, ?>>of(search, severity, status, check, kind, group, mine, advisory)) {
      field.addValueChangeListener(
          event -> {
            if (event.isFromClient()) {
              changed.accept(read(query.hostId()));
            }
          });
    }
    add(host, search, severity, status, check, kind, group, mine, advisory);
  }

  /** Shows a query; {@code hostName} names the host that it is narrowed to. */
  void show(FindingQuery shown, @Nullable String hostName) {
    query = shown;
    search.setValue(orEmpty(shown.text()));
    group.setValue(shown.group());
    severity.setValue(shown.severities());
    status.setValue(shown.statuses());
    check.setValue(known(shown.check()));
    kind.setValue(shown.kind());
    mine.setValue(me.equals(shown.assignee()));
    advisory.setValue(shown.advisory());
    host.setVisible(hostName != null);
    if (hostName != null) {
      host.setText("Host: " + hostName);
      host.setAriaLabel("Host: " + hostName + ". Show all hosts");
    }
  }

  private @Nullable String known(@Nullable String wanted) {
    boolean listed =
        wanted != null
            && Checklist.standard().rules().stream().anyMatch(rule -> rule.id().equals(wanted));
    if (wanted != null && !listed) {
      // An older catalogue's check still has findings.
      Set<String> all =
          new LinkedHashSet<>(Checklist.standard().rules().stream().map(Rule::id).toList());
      all.add(wanted);
      check.setItems(all);
    }
    return wanted;
  }

  private FindingQuery read(@Nullable Long hostId) {
    return new FindingQuery(
        hostId,
        group.getValue(),
        check.getValue(),
        severity.getValue(),
        status.getValue(),
        kind.getValue(),
        mine.getValue() ? me : null,
        advisory.getValue(),
        orNull(search.getValue()),
        query.sort(),
        query.descending());
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static @Nullable String orNull(String text) {
    return text.isBlank() ? null : text.strip();
  }
}
