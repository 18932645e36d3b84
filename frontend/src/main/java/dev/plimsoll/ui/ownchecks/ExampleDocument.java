package dev.plimsoll.ui.ownchecks;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.provider.DataProvider;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.function.SerializableConsumer;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.posture.PageRequest;
import dev.plimsoll.posture.StoredDocument;
import dev.plimsoll.posture.SubjectList;
import dev.plimsoll.posture.SubjectQuery;
import dev.plimsoll.posture.SubjectRow;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A document of the fleet, field by field; a click puts a field's path into the expression. */
class ExampleDocument extends Div {
  private static final int SUBJECTS = 50;

  private final SubjectList subjects;
  private final ComboBox<SubjectRow> subject = new ComboBox<>("Example document");
  private final TextField search = new TextField();
  private final Grid<JsonPaths.Field> grid = new Grid<>();
  private final Paragraph none = new Paragraph("Nothing of this kind was read yet.");
  private List<JsonPaths.Field> fields = List.of();
  private @Nullable SubjectKind kind;

  /**
   * A panel.
   *
   * @param chosen told the path of a field that was clicked
   */
  ExampleDocument(SubjectList subjects, SerializableConsumer<String> chosen) {
    this.subjects = subjects;
    addClassNames("stack", "example-document");
    subject.setWidthFull();
    subject.setItemLabelGenerator(row -> row.name() + " on " + row.host().name());
    subject.addValueChangeListener(event -> show(event.getValue()));
    search.setPlaceholder("Find a field or a value");
    search.setAriaLabel("Find a field or a value");
    search.setClearButtonVisible(true);
    search.setValueChangeMode(ValueChangeMode.LAZY);
    search.setWidthFull();
    search.addValueChangeListener(event -> filter());
    grid.addClassName("dense");
    grid.setSelectionMode(Grid.SelectionMode.NONE);
    grid.setHeight("26rem");
    grid.addColumn(
            LitRenderer.<JsonPaths.Field>of(
                    "<button class=\"path-button\" type=\"button\" @click=${insert}>"
                        + "<span class=\"code\">${item.path}</span></button>"
                        + "<div class=\"code secondary wrap\">${item.value}</div>")
                .withProperty("path", JsonPaths.Field::expression)
                .withProperty("value", JsonPaths.Field::value)
                .withFunction("insert", field -> chosen.accept(field.expression())))
        .setHeader("Click a field to put it into the expression");
    none.addClassName("secondary");
    add(new H3("What documents look like"), subject, search, grid, none);
  }

  /** Shows documents of a kind from now on. */
  void kind(SubjectKind of) {
    if (of == kind) {
      return;
    }
    kind = of;
    List<SubjectRow> rows =
        subjects
            .list(
                new SubjectQuery(null, of.word(), null, true, SubjectQuery.Sort.NAME, false, null),
                new PageRequest(SUBJECTS, null, false))
            .items();
    subject.setItems(rows);
    subject.setVisible(!rows.isEmpty());
    search.setVisible(!rows.isEmpty());
    grid.setVisible(!rows.isEmpty());
    none.setVisible(rows.isEmpty());
    if (rows.isEmpty()) {
      show(null);
    } else {
      subject.setValue(rows.getFirst());
    }
  }

  private void show(@Nullable SubjectRow row) {
    if (row == null) {
      fields = List.of();
    } else {
      Optional<StoredDocument> document = subjects.document(row.id(), null);
      Optional<StoredDocument> observation =
          row.observationSha256() == null
              ? Optional.empty()
              : subjects.document(row.observationSha256());
      fields =
          Stream.concat(
                  document.stream().flatMap(one -> JsonPaths.of("doc", one.json()).stream()),
                  observation.stream().flatMap(one -> JsonPaths.of("seen", one.json()).stream()))
              .toList();
    }
    filter();
  }

  private void filter() {
    String part = search.getValue().strip().toLowerCase(Locale.ROOT);
    grid.setItems(
        DataProvider.ofCollection(
            fields.stream()
                .filter(
                    field ->
                        field.expression().toLowerCase(Locale.ROOT).contains(part)
                            || field.value().toLowerCase(Locale.ROOT).contains(part))
                .toList()));
  }
}
