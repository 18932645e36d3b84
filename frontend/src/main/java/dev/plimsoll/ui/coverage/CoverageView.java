package dev.plimsoll.ui.coverage;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.fleet.Groups;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.posture.CoverageList;
import dev.plimsoll.posture.CoverageQuery;
import dev.plimsoll.posture.CoverageRow;
import dev.plimsoll.posture.CoverageSummary;
import dev.plimsoll.posture.CoverageTotals;
import dev.plimsoll.posture.HostList;
import dev.plimsoll.posture.HostRow;
import dev.plimsoll.posture.NoSuchScope;
import dev.plimsoll.posture.Scope;
import dev.plimsoll.ui.live.LiveUpdates;
import dev.plimsoll.ui.navigation.NothingThere;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.paging.AnchoredPages;
import dev.plimsoll.ui.widgets.AsOfBanner;
import dev.plimsoll.ui.widgets.EmptyState;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.Heading;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Messages;
import dev.plimsoll.ui.widgets.Screen;
import dev.plimsoll.ui.widgets.TimeText;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether the data that hosts keep would survive: how much, how that went, and which would not. */
@Route(Place.Coverage.ROUTE)
@PageTitle("Coverage · Plimsoll")
@PermitAll
public class CoverageView extends Screen implements BeforeEnterObserver, AfterNavigationObserver {
  private static final Duration GATHER = Duration.ofSeconds(3);

  /** A picture of 90 days is not drawn anew for each of many hosts that have news. */
  private static final Duration DRAWN_FOR = Duration.ofMinutes(1);

  private final CoverageSummary summary;
  private final HostList hosts;
  private final Clock clock;
  private final Heading heading = new Heading("Coverage");
  private final AsOfBanner asOf = new AsOfBanner();
  private final Div top = new Div();
  private final Section card = new Section();
  private final CoverageTimeLine timeLine = new CoverageTimeLine();
  private final Div list = new Div();
  private final Span count = new Span();
  private final CoverageFilters filters;
  private final CoverageGrid grid;
  private final Div empty = new Div();
  private final AnchoredPages<CoverageRow> pages;
  private Place.Coverage place = Place.Coverage.ALL;
  private @Nullable CoverageTotals found;
  private @Nullable String hostName;
  private Instant drawn = Instant.MIN;

  CoverageView(
      CoverageList coverage,
      CoverageSummary summary,
      HostList hosts,
      Groups groups,
      LiveUpdates live,
      Clock clock) {
    this.summary = summary;
    this.hosts = hosts;
    this.clock = clock;
    pages = new AnchoredPages<>(page -> coverage.list(place.query(), page), CoverageRow::dataId);
    filters = new CoverageFilters(groups, query -> go(new Place.Coverage(query, place.measure())));
    grid = new CoverageGrid(clock, true, row -> DataWords.place(row, place.query().asOf()));
    grid.setDataProvider(pages.provider());
    grid.onSort((sort, descending) -> go(place.sorted(sort, descending)));
    top.addClassName("stack");
    card.addClassNames("card", "coverage-panel");
    count.addClassName("secondary");
    H2 title = new H2("Data");
    Div head = new Div(title, count);
    head.addClassName("inline");
    list.addClassName("list-panel");
    list.add(head, filters, grid, empty);
    add(heading, asOf, top, list);
    live.follow(
        this,
        GATHER,
        hostIds -> {
          CoverageQuery query = place.query();
          if (query.asOf() == null) {
            show(summary.at(scope(query), null, query.knownAt()));
          }
        });
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    Place.Parsed<Place.Coverage> parsed =
        Place.Coverage.parse(event.getLocation().getQueryParameters());
    CoverageQuery query = parsed.place().query();
    try {
      found = summary.at(scope(query), query.asOf(), query.knownAt());
    } catch (InvalidInput | NoSuchScope e) {
      NothingThere.show(event, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void afterNavigation(AfterNavigationEvent event) {
    CoverageTotals totals = found;
    if (totals == null) {
      return;
    }
    Place.Parsed<Place.Coverage> parsed =
        Place.Coverage.parse(event.getLocation().getQueryParameters());
    Messages.problems(parsed.problems());
    place = parsed.place();
    CoverageQuery query = place.query();
    hostName = hostName(query.hostId());
    filters.show(query, hostName);
    grid.showSort(query.sort(), query.descending());
    asOf.show(query.asOf(), query.knownAt(), place.now());
    drawn = Instant.MIN;
    show(totals);
  }

  private void show(CoverageTotals totals) {
    CoverageQuery query = place.query();
    long kept = totals.all().total().count();
    Div updated = new Div();
    updated.setText("as of ");
    updated.add(new TimeText(totals.at(), clock.instant()));
    updated.addClassName("secondary");
    heading.beside(updated);
    Anchor policies = Links.button(new Place.Policies(), "Policies");
    Anchor sources = Links.button(Place.Sources.ALL, "Sources");
    Long host = query.hostId();
    heading.actions(
        host == null
            ? new Component[] {policies, sources}
            : new Component[] {
              Links.button(new Place.HostLoss(host, query.asOf()), "If this host were lost"),
              policies,
              sources
            });
    top.removeAll();
    boolean nothing = kept == 0 && isUnfiltered(query);
    list.setVisible(!nothing);
    if (nothing) {
      top.add(noData(query));
      return;
    }
    showTop(totals);
    showRows();
  }

  private void showTop(CoverageTotals totals) {
    CoverageQuery query = place.query();
    Instant to = totals.at();
    if (drawn.isBefore(to.minus(DRAWN_FOR))) {
      drawn = to;
      timeLine.show(
          summary.series(
              scope(query), to.minus(CoverageTimeLine.LENGTH), query.asOf(), query.knownAt()),
          place,
          to);
    }
    card.removeAll();
    card.add(new CoverageHeadline(totals, place, scopeName(query)), timeLine);
    top.add(card);
    if (query.asOf() == null) {
      CoverageTotals.States all = totals.all();
      long unprotected = all.of(CoverageState.UNPROTECTED).count();
      boolean noEvidence =
          all.of(CoverageState.PROTECTED).count()
                  + all.of(CoverageState.LATE).count()
                  + all.of(CoverageState.FAILED).count()
              == 0;
      if (noEvidence && unprotected > 0) {
        top.add(new FirstSteps());
      }
    }
  }

  private void showRows() {
    int size = pages.reload();
    String words = Figures.count(size, "row", "rows");
    count.setText(pages.hasMore() ? "more than " + words : words);
    grid.setVisible(size > 0);
    empty.setVisible(size == 0);
    empty.removeAll();
    if (size == 0) {
      empty.add(
          new EmptyState(
              "Nothing matches",
              "Take away a filter, or show all data.",
              Links.button(Place.Coverage.ALL, "Show all data")));
    }
  }

  private static EmptyState noData(CoverageQuery query) {
    return query.asOf() != null
        ? new EmptyState(
            "No data at that instant",
            "No host kept data that Plimsoll knew of then.",
            Links.button(Place.Coverage.ALL, "Show now"))
        : new EmptyState(
            "No data is kept yet",
            "Volumes, host directories that containers write, and data in writable layers appear"
                + " here as soon as a host is read that has any.",
            Links.button(Place.Hosts.ALL, "See all hosts"));
  }

  private static Scope scope(CoverageQuery query) {
    Long host = query.hostId();
    String group = query.group();
    return host != null
        ? new Scope.Host(host)
        : group != null ? new Scope.Group(group) : new Scope.Fleet();
  }

  private String scopeName(CoverageQuery query) {
    String group = query.group();
    return hostName != null ? hostName : group != null ? group : "the fleet";
  }

  private @Nullable String hostName(@Nullable Long hostId) {
    return hostId == null
        ? null
        : hosts.get(hostId, null).map(HostRow::name).orElse("number " + hostId);
  }

  private static boolean isUnfiltered(CoverageQuery query) {
    return query.states().isEmpty()
        && query.kinds().isEmpty()
        && query.policy() == null
        && query.text() == null
        && query.orphaned() == null
        && query.offHost() == null;
  }

  private void go(Place.Coverage next) {
    if (!Objects.equals(next, place)) {
      getUI().ifPresent(ui -> Links.go(ui, next));
    }
  }
}
