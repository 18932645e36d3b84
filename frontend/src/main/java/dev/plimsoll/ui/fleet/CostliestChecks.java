package dev.plimsoll.ui.fleet;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import dev.plimsoll.posture.FleetOverview.CheckLoad;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Marks;
import java.util.List;

/** The checks that cost the fleet most points: where to start. */
class CostliestChecks extends Section {
  CostliestChecks(List<CheckLoad> checks) {
    addClassName("card");
    H2 title = new H2("Checks that cost most");
    title.addClassName("label");
    Div head = new Div(title, Links.to(Place.Checks.ALL, "All checks"));
    head.addClassName("card-head");
    add(head);
    if (checks.isEmpty()) {
      add(new Paragraph("No check fails."));
      return;
    }
    NativeTable table = new NativeTable();
    table.addClassName("table");
    NativeTableRow names = table.getHead().addRow();
    names.addHeaderCell().setText("Check");
    names.addHeaderCell().setText("Severity");
    var fails = names.addHeaderCell();
    fails.setText("Fails on");
    fails.addClassName("figure");
    for (CheckLoad check : checks) {
      NativeTableRow row = table.getBody().addRow();
      var name = row.addHeaderCell();
      name.getElement().setAttribute("scope", "row");
      Span id = new Span(check.check());
      id.addClassNames("code", "secondary");
      name.add(new Div(Links.to(Place.Checks.of(check.check()), check.title())), id);
      row.addDataCell().add(Marks.severity(check.severity()));
      var count = row.addDataCell();
      count.addClassName("figure");
      count.add(
          Links.to(
              Place.Findings.ofCheck(check.check(), false),
              Figures.count(check.failingHosts(), "host", "hosts")));
      if (check.unknownSubjects() > 0) {
        Div unknown = new Div(Figures.count(check.unknownSubjects()) + " unknown");
        unknown.addClassName("secondary");
        count.add(unknown);
      }
    }
    Div scroll = new Div(table);
    scroll.addClassName("scroll-x");
    add(scroll);
  }
}
