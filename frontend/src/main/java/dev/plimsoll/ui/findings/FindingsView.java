package dev.plimsoll.ui.findings;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.masterdetaillayout.MasterDetailLayout;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.plimsoll.compliance.Findings;
import dev.plimsoll.compliance.FixAdvice;
import dev.plimsoll.fleet.Groups;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.posture.FindingList;
import dev.plimsoll.posture.FindingQuery;
import dev.plimsoll.posture.FindingRow;
import dev.plimsoll.posture.HostList;
import dev.plimsoll.posture.HostRow;
import dev.plimsoll.ui.live.LiveUpdates;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.paging.AnchoredPages;
import dev.plimsoll.ui.shell.Rights;
import dev.plimsoll.ui.widgets.EmptyState;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.Heading;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Messages;
import dev.plimsoll.ui.widgets.Screen;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The queue: what fails across the fleet, worst first, with the details of one beside it. */
@Route(Place.Findings.ROUTE)
@PageTitle("Findings · Plimsoll")
@PermitAll
public class FindingsView extends MasterDetailLayout implements AfterNavigationObserver {
  private static final Duration GATHER = Duration.ofSeconds(2);

  private final FindingList list;
  private final Findings findings;
  private final FixAdvice fixes;
  private final HostList hosts;
  private final Rights rights;
  private final Clock clock;
  private final Span count = new Span();
  private final FindingFilters filters;
  private final FindingGrid grid;
  private final Div empty = new Div();
  private final AnchoredPages<FindingRow> pages;
  private Place.Findings place = Place.Findings.OPEN;
  private @Nullable FindingQuery shown;

  FindingsView(
      FindingList list,
      Findings findings,
      FixAdvice fixes,
      HostList hosts,
      Groups groups,
      Rights rights,
      LiveUpdates live,
      Clock clock) {
    this.list = list;
    this.findings = findings;
    this.fixes = fixes;
    this.hosts = hosts;
    this.rights = rights;
    this.clock = clock;
    addClassName("findings-view");
    setSizeFull();
    setMasterSize("24rem", true);
    setDetailSize("28rem");
    setOverlaySize("100%");
    pages = new AnchoredPages<>(page -> list.list(place.query(), page), FindingRow::id);
    filters =
        new FindingFilters(groups, rights.name(), query -> go(new Place.Findings(query, null)));
    grid = new FindingGrid(clock, true, row -> place.selecting(row.id()));
    grid.setDataProvider(pages.provider());
    grid.onSort((sort, descending) -> go(sorted(sort, descending)));
    grid.addSelectionListener(
        event -> {
          if (event.isFromClient()) {
            go(place.selecting(event.getFirstSelectedItem().map(FindingRow::id).orElse(null)));
          }
        });
    count.addClassName("secondary");
    Screen screen = new Screen();
    screen.fillHeight();
    screen.add(new Heading("Findings").beside(count), filters, grid, empty);
    setMaster(screen);
    addBackdropClickListener(event -> go(place.selecting(null)));
    addDetailEscapePressListener(event -> go(place.selecting(null)));
    live.follow(this, GATHER, hostIds -> reload());
  }

  @Override
  public void afterNavigation(AfterNavigationEvent event) {
    Place.Parsed<Place.Findings> parsed =
        Place.Findings.parse(event.getLocation().getQueryParameters());
    Messages.problems(parsed.problems());
    place = parsed.place();
    // Opening another finding leaves the list where it is.
    if (!Objects.equals(shown, place.query())) {
      shown = place.query();
      filters.show(place.query(), hostName(place.query().hostId()));
      grid.showSort(place.query().sort(), place.query().descending());
      reload();
    }
    showSelected();
  }

  private @Nullable String hostName(@Nullable Long hostId) {
    return hostId == null
        ? null
        : hosts.get(hostId, null).map(HostRow::name).orElse("number " + hostId);
  }

  private void reload() {
    int size = pages.reload();
    String words = Figures.count(size, "finding", "findings");
    count.setText(pages.hasMore() ? "more than " + words : words);
    grid.setVisible(size > 0);
    empty.setVisible(size == 0);
    empty.removeAll();
    if (size == 0) {
      empty.add(
          place.query().equals(FindingQuery.OPEN)
              ? new EmptyState(
                  "Nothing is open",
                  "No check that counts fails anywhere. If you expected findings, see whether the "
                      + "hosts are collected.",
                  Links.button(Place.Hosts.ALL, "See all hosts"))
              : new EmptyState(
                  "No finding matches",
                  "Take away a filter, or show everything that is open.",
                  Links.button(Place.Findings.OPEN, "Show all open findings")));
    }
  }

  private void showSelected() {
    Long selected = place.selected();
    if (selected == null) {
      grid.deselectAll();
      closeDetail();
      return;
    }
    Optional<FindingRow> found = list.get(selected);
    if (found.isEmpty()) {
      closeDetail();
      Messages.refused("There is no finding " + selected + ".");
      return;
    }
    FindingRow finding = found.get();
    grid.select(finding);
    grid.crowd(true);
    setDetail(
        new FindingPanel(
            finding,
            list.events(selected),
            advice(finding),
            rights.name(),
            clock.instant(),
            rights.may(Permission.TRIAGE) ? change -> change(selected, change) : null,
            () -> go(place.selecting(null))));
  }

  private FixAdvice.@Nullable Advice advice(FindingRow finding) {
    return finding.status().equals("RESOLVED") || finding.subjects().isEmpty()
        ? null
        : fixes.find(finding.subjects().getFirst().id(), finding.check()).orElse(null);
  }

  private void closeDetail() {
    grid.crowd(false);
    setDetail(null);
  }

  private void change(long findingId, Findings.Change change) {
    findings.change(findingId, change);
    Messages.done("Saved.");
    reload();
    showSelected();
  }

  private Place.Findings sorted(FindingQuery.Sort sort, boolean descending) {
    FindingQuery old = place.query();
    FindingQuery query =
        new FindingQuery(
            old.hostId(),
            old.group(),
            old.check(),
            old.severities(),
            old.statuses(),
            old.kind(),
            old.assignee(),
            old.advisory(),
            old.text(),
            sort,
            descending);
    return new Place.Findings(query, place.selected());
  }

  private void go(Place.Findings next) {
    if (!next.equals(place)) {
      getUI().ifPresent(ui -> Links.go(ui, next));
    }
  }
}
