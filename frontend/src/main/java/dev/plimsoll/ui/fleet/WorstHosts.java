package dev.plimsoll.ui.fleet;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import dev.plimsoll.posture.FleetOverview.Overview;
import dev.plimsoll.posture.HostRow;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Marks;
import dev.plimsoll.ui.widgets.ScoreBar;
import org.jspecify.annotations.Nullable;

/** The hosts that stand lowest. */
class WorstHosts extends Section {
  WorstHosts(Overview overview, @Nullable String group) {
    addClassName("card");
    H2 title = new H2("Worst hosts");
    title.addClassName("label");
    Div head = new Div(title, Links.to(Place.Hosts.byScore(group, overview.at()), "All hosts"));
    head.addClassName("card-head");
    NativeTable table = new NativeTable();
    table.addClassName("table");
    NativeTableRow names = table.getHead().addRow();
    names.addHeaderCell().setText("Host");
    names.addHeaderCell().setText("Score");
    var criticals = names.addHeaderCell();
    criticals.setText("Criticals");
    criticals.addClassName("figure");
    for (HostRow host : overview.worstHosts()) {
      NativeTableRow row = table.getBody().addRow();
      var name = row.addHeaderCell();
      name.getElement().setAttribute("scope", "row");
      name.add(Links.to(Place.Host.of(host.id(), null), host.name()));
      Span number = new Span(Figures.score(host.score()));
      number.addClassName("score-number");
      number.setTitle("Exactly " + Figures.exactScore(host.score()));
      Div score =
          new Div(Marks.grade(host.grade()), number, new ScoreBar(host.score(), host.scoreHigh()));
      score.addClassName("score-cell");
      row.addDataCell().add(score);
      var count = row.addDataCell();
      count.addClassName("figure");
      count.add(
          Links.to(
              Place.Findings.ofHost(host.id(), "critical"), Figures.count(host.openCriticals())));
    }
    Div scroll = new Div(table);
    scroll.addClassName("scroll-x");
    add(head, scroll);
  }
}
