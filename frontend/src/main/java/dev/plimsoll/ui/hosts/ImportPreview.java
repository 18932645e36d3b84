package dev.plimsoll.ui.hosts;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import dev.plimsoll.fleet.HostDraft;
import dev.plimsoll.fleet.HostImport;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.ui.widgets.Figures;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a list of hosts would do: its problems first, else its first lines. */
class ImportPreview extends Section {
  private static final int MOST_PROBLEMS = 100;
  private static final int MOST_LINES = 20;

  ImportPreview(HostImport list, List<InvalidInput.FieldError> problems) {
    addClassNames("card", "stack");
    getElement().setAttribute("role", "status");
    if (!problems.isEmpty()) {
      add(
          new H2(
              Figures.count(problems.size(), "problem", "problems")
                  + ": nothing is imported until they are gone"));
      addTable(
          List.of("Where", "What is wrong"),
          problems.stream()
              .limit(MOST_PROBLEMS)
              .map(problem -> List.of(problem.field(), problem.message()))
              .toList());
      addRest(problems.size() - MOST_PROBLEMS);
      return;
    }
    add(new H2(Figures.count(list.lines().size(), "host", "hosts") + ", ready to be added"));
    addTable(
        List.of("Line", "Name", "Endpoint", "Group", "Environment"),
        list.lines().stream().limit(MOST_LINES).map(ImportPreview::cells).toList());
    addRest(list.lines().size() - MOST_LINES);
  }

  private static List<String> cells(HostImport.Line line) {
    HostDraft draft = line.draft();
    return List.of(
        Integer.toString(line.number()),
        draft.name(),
        draft.endpoint(),
        orEmpty(draft.group()),
        orEmpty(draft.environment()));
  }

  private void addRest(int more) {
    if (more > 0) {
      Paragraph rest = new Paragraph("and " + Figures.count(more) + " more");
      rest.addClassName("secondary");
      add(rest);
    }
  }

  private void addTable(List<String> names, List<List<String>> rows) {
    NativeTable table = new NativeTable();
    table.addClassName("table");
    NativeTableRow head = table.getHead().addRow();
    names.forEach(name -> head.addHeaderCell().setText(name));
    for (List<String> cells : rows) {
      NativeTableRow row = table.getBody().addRow();
      cells.forEach(cell -> row.addDataCell().setText(cell));
    }
    Div scroll = new Div(table);
    scroll.addClassName("scroll-x");
    add(scroll);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
