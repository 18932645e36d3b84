package dev.plimsoll.ui.policies;

import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.function.SerializableRunnable;
import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.backup.coverage.Selector;
import dev.plimsoll.fleet.Groups;
import dev.plimsoll.ui.coverage.DataWords;
import dev.plimsoll.ui.widgets.GroupField;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which data a policy is for: all that is filled in has to hold. */
class SelectorForm extends Section {
  /** Which volumes are meant by who named them. */
  private enum Naming {
    ANY("Any"),
    NAMED("Those that somebody named"),
    ANONYMOUS("Anonymous ones");

    private final String words;

    Naming(String words) {
      this.words = words;
    }
  }

  private final CheckboxGroup<DataKind> kinds = new CheckboxGroup<>("Kinds of data");
  private final TextArea names = new TextArea("Names");
  private final TextField project = new TextField("Compose project");
  private final Select<Naming> naming = new Select<>();
  private final TextArea labels = new TextArea("Labels of the volume or a container using it");
  private final GroupField group;
  private final TextField environment = new TextField("Environment of the host");
  private final TextArea hosts = new TextArea("Names of hosts");
  private final TextArea hostLabels = new TextArea("Labels of the host");

  SelectorForm(Groups groups, SerializableRunnable changed) {
    group = new GroupField(groups);
    addClassNames("card", "stack");
    kinds.setItems(DataKind.values());
    kinds.setItemLabelGenerator(DataWords::many);
    names.setHelperText("One a line; * stands for anything");
    hosts.setHelperText("One a line; * stands for anything");
    labels.setHelperText("name=value, one a line; * in a value stands for anything");
    hostLabels.setHelperText("name=value, one a line");
    naming.setLabel("Volumes by who named them");
    naming.setItems(Naming.values());
    naming.setItemLabelGenerator(choice -> choice.words);
    naming.setValue(Naming.ANY);
    group.setLabel("Group of the host, and all below");
    for (TextArea area : List.of(names, labels, hosts, hostLabels)) {
      area.setMinRows(2);
      area.setMaxLength(4000);
      area.setValueChangeMode(ValueChangeMode.LAZY);
      area.addClassName("mono");
    }
    for (TextField field : List.of(project, environment)) {
      field.setValueChangeMode(ValueChangeMode.LAZY);
    }
    for (HasValue<?, ?> field :
        List.<HasValue<?, ?>>of(
            kinds, names, project, naming, labels, group, environment, hosts, hostLabels)) {
      field.addValueChangeListener(
          event -> {
            if (event.isFromClient()) {
              changed.run();
            }
          });
    }
    Paragraph note =
        new Paragraph("What is left empty holds of everything; all that is filled in has to hold.");
    note.addClassName("secondary");
    Div fields = new Div(names, project, labels, naming, group, environment, hosts, hostLabels);
    fields.addClassName("field-grid");
    add(new H2("Which data"), note, kinds, fields);
  }

  void show(Selector selector) {
    kinds.setValue(
        selector.kinds().isEmpty()
            ? EnumSet.of(DataKind.VOLUME)
            : EnumSet.copyOf(selector.kinds()));
    names.setValue(String.join("\n", selector.names()));
    project.setValue(orEmpty(selector.project()));
    Boolean anonymous = selector.anonymous();
    naming.setValue(anonymous == null ? Naming.ANY : anonymous ? Naming.ANONYMOUS : Naming.NAMED);
    labels.setValue(lines(selector.labels()));
    group.setValue(selector.group());
    environment.setValue(orEmpty(selector.environment()));
    hosts.setValue(String.join("\n", selector.hosts()));
    hostLabels.setValue(lines(selector.hostLabels()));
  }

  Selector selector() {
    Set<DataKind> chosen = kinds.getValue();
    Naming by = naming.getValue();
    return new Selector(
        chosen,
        group.getValue(),
        orNull(environment.getValue()),
        lines(hosts.getValue()),
        labels(hostLabels.getValue()),
        labels(labels.getValue()),
        lines(names.getValue()),
        orNull(project.getValue()),
        by == Naming.ANY ? null : (Boolean) (by == Naming.ANONYMOUS));
  }

  private static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (String line : lines(text)) {
      int equals = line.indexOf('=');
      // A name alone asks only whether the label is there.
      labels.put(
          equals < 0 ? line : line.substring(0, equals).strip(),
          equals < 0 ? "*" : line.substring(equals + 1).strip());
    }
    return labels;
  }

  private static String lines(Map<String, String> labels) {
    return labels.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(label -> label.getKey() + "=" + label.getValue())
        .collect(Collectors.joining("\n"));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static @Nullable String orNull(String text) {
    return text.isBlank() ? null : text.strip();
  }
}
