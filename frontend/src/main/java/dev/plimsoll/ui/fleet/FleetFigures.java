package dev.plimsoll.ui.fleet;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.posture.CoverageTotals;
import dev.plimsoll.posture.FleetOverview.Overview;
import dev.plimsoll.posture.HostStatus;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Marks;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The absolute numbers beside the score, each a link to its rows. */
class FleetFigures extends Div {
  FleetFigures(
      Overview overview, CoverageTotals data, @Nullable String group, @Nullable Instant asOf) {
    addClassName("figures");
    add(
        criticalHosts(overview, group),
        data(data.all(), group, asOf),
        findings(overview, group),
        freshness(overview, group));
  }

  private static Section data(
      CoverageTotals.States all, @Nullable String group, @Nullable Instant asOf) {
    long good = all.of(CoverageState.PROTECTED).count();
    long promised = all.promised().count();
    var number = Links.to(Place.Coverage.ofGroup(group, asOf), Figures.percentOf(good, promised));
    number.addClassName("number");
    Span of = new Span("of " + Figures.count(promised));
    of.addClassName("of");
    Div row = new Div(number, of);
    row.addClassName("number-row");
    long lost = all.of(CoverageState.UNPROTECTED).count() + all.of(CoverageState.FAILED).count();
    return card(
        "Data that is protected",
        row,
        new Paragraph(
            promised == 0
                ? "No volume or other data is kept yet."
                : lost == 0
                    ? "Nothing is without a backup."
                    : Figures.count(lost)
                        + (lost == 1 ? " has" : " have")
                        + " no good backup, or a failing one."));
  }

  private static Section criticalHosts(Overview overview, @Nullable String group) {
    int hosts = overview.score().hosts();
    int critical = overview.score().hostsWithCritical();
    var number = Links.to(Place.Hosts.byCriticals(group, overview.at()), Figures.count(critical));
    number.addClassName("number");
    Span of = new Span("of " + Figures.count(hosts, "host", "hosts"));
    of.addClassName("of");
    Div row = new Div(number, of);
    row.addClassName("number-row");
    return card(
        "Hosts with an open critical",
        row,
        new Paragraph(
            critical == 0
                ? "No critical check fails anywhere."
                : "Each of them has grade F until it is fixed."));
  }

  private static Section findings(Overview overview, @Nullable String group) {
    UnorderedList list = new UnorderedList();
    list.addClassName("count-list");
    for (String severity : Marks.SEVERITIES) {
      long count = overview.openFindings().getOrDefault(severity, 0L);
      list.add(
          entry(
              Marks.severity(severity),
              Links.to(Place.Findings.ofSeverity(severity, group), Figures.count(count))));
    }
    return card("Open findings", list);
  }

  private static Section freshness(Overview overview, @Nullable String group) {
    UnorderedList list = new UnorderedList();
    list.addClassName("count-list");
    for (HostStatus status : HostStatus.values()) {
      Long count = overview.hostsByStatus().get(status);
      if (count != null) {
        Span mark = Marks.status(status);
        mark.setTitle(Marks.explained(status));
        list.add(
            entry(
                mark,
                Links.to(
                    Place.Hosts.in(Set.of(status), group, overview.at()), Figures.count(count))));
      }
    }
    return card(
        "Freshness",
        list,
        new Paragraph(Figures.count(overview.containers(), "container", "containers")));
  }

  private static ListItem entry(Component mark, Component count) {
    return new ListItem(mark, count);
  }

  private static Section card(String title, Component... content) {
    H2 label = new H2(title);
    label.addClassName("label");
    Section card = new Section();
    card.addClassName("card");
    card.add(label);
    card.add(content);
    return card;
  }
}
