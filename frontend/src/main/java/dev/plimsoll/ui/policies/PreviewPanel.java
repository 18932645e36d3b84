package dev.plimsoll.ui.policies;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import dev.plimsoll.backup.PolicyPreview;
import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.ui.coverage.DataWords;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.Links;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What a policy matches now. */
class PreviewPanel extends Section {
  private final Paragraph sentence = new Paragraph("Looking …");
  private final Div rows = new Div();

  PreviewPanel() {
    addClassNames("card", "stack", "beside-form");
    getElement().setAttribute("role", "status");
    rows.addClassNames("preview-list", "scroll-x");
    add(new H2("What it matches now"), sentence, rows);
  }

  void show(PolicyPreview found) {
    rows.removeAll();
    sentence.setText(sentence(found));
    if (found.first().isEmpty()) {
      return;
    }
    NativeTable table = new NativeTable();
    table.addClassName("table");
    NativeTableRow head = table.getHead().addRow();
    for (String name : List.of("Data", "Host", "Promised by")) {
      head.addHeaderCell().setText(name);
    }
    for (PolicyPreview.Match match : found.first()) {
      NativeTableRow row = table.getBody().addRow();
      Span shape = new Span(" " + DataWords.shape(match.shape()));
      shape.addClassName("secondary");
      row.addDataCell()
          .add(
              Links.to(
                  new Place.KeptData(match.dataId(), null),
                  DataWords.name(match.ref().kind(), match.ref().name())),
              shape);
      row.addDataCell().setText(match.host());
      row.addDataCell().setText(match.policy() == null ? "nothing" : match.policy());
    }
    rows.add(table);
  }

  private static String sentence(PolicyPreview found) {
    if (found.matched() == 0) {
      return "Nothing matches. New data that does is promised for as soon as it is seen.";
    }
    String kinds =
        Arrays.stream(DataKind.values())
            .filter(found.byKind()::containsKey)
            .map(
                kind ->
                    Figures.count(
                        found.byKind().getOrDefault(kind, 0L),
                        DataWords.one(kind),
                        DataWords.many(kind)))
            .collect(Collectors.joining(", "));
    String shown =
        found.matched() > found.first().size()
            ? " The first " + Figures.count(found.first().size()) + ":"
            : "";
    return kinds + " on " + Figures.count(found.hosts(), "host", "hosts") + "." + shown;
  }
}
