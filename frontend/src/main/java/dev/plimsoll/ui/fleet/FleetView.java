package dev.plimsoll.ui.fleet;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.posture.CoverageSummary;
import dev.plimsoll.posture.CoverageTotals;
import dev.plimsoll.posture.FleetOverview;
import dev.plimsoll.posture.FleetOverview.Overview;
import dev.plimsoll.posture.Scope;
import dev.plimsoll.ui.live.LiveUpdates;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.shell.Rights;
import dev.plimsoll.ui.widgets.AsOfBanner;
import dev.plimsoll.ui.widgets.EmptyState;
import dev.plimsoll.ui.widgets.Heading;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Messages;
import dev.plimsoll.ui.widgets.Screen;
import dev.plimsoll.ui.widgets.TimeText;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Duration;

/** The first page: the score of the fleet or of one group, and what it is made of. */
@Route(Place.Fleet.ROUTE)
@PermitAll
public class FleetView extends Screen implements AfterNavigationObserver, HasDynamicTitle {
  private static final Duration CALM = Duration.ofSeconds(3);

  private final FleetOverview overviews;
  private final CoverageSummary coverage;
  private final Rights rights;
  private final Clock clock;
  private final Heading heading = new Heading("Fleet");
  private final AsOfBanner asOf = new AsOfBanner();
  private final Div body = new Div();
  private final ScorePanel score = new ScorePanel();
  private Place.Fleet place = Place.Fleet.NOW;

  FleetView(
      FleetOverview overviews,
      CoverageSummary coverage,
      Rights rights,
      LiveUpdates live,
      Clock clock) {
    this.overviews = overviews;
    this.coverage = coverage;
    this.rights = rights;
    this.clock = clock;
    addClassName("fleet");
    body.addClassName("stack");
    add(heading, asOf, body);
    live.follow(
        this,
        CALM,
        hostIds -> {
          if (place.asOf() == null) {
            refresh();
          }
        });
  }

  @Override
  public void afterNavigation(AfterNavigationEvent event) {
    Place.Parsed<Place.Fleet> parsed = Place.Fleet.parse(event.getLocation().getQueryParameters());
    Messages.problems(parsed.problems());
    place = parsed.place();
    refresh();
  }

  @Override
  public String getPageTitle() {
    return (place.group() == null ? "Fleet" : place.group()) + " · Plimsoll";
  }

  private void refresh() {
    asOf.show(place.asOf(), new Place.Fleet(place.group(), null));
    heading.setTitleText(place.group() == null ? "Fleet" : place.group());
    Overview overview = overviews.read(place.group(), place.asOf());
    body.removeAll();
    if (overview.hostsByStatus().isEmpty()) {
      heading.beside();
      body.add(empty());
      return;
    }
    Div updated = new Div();
    updated.setText("as of ");
    updated.add(new TimeText(overview.at(), clock.instant()));
    updated.addClassName("secondary");
    heading.beside(updated);
    score.show(overview, place);
    if (place.asOf() == null) {
      heading.actions(Links.button(Place.Plan.ofGroup(place.group()), "Plan fixes"));
    } else {
      heading.actions();
    }
    Div tables =
        new Div(new WorstHosts(overview, place.group()), new CostliestChecks(overview.topChecks()));
    tables.addClassName("two-columns");
    body.add(score, new FleetFigures(overview, data(), place.group(), place.asOf()), tables);
  }

  private CoverageTotals data() {
    String group = place.group();
    return coverage.at(
        group == null ? new Scope.Fleet() : new Scope.Group(group), place.asOf(), null);
  }

  private EmptyState empty() {
    if (place.group() != null) {
      return new EmptyState(
          "No hosts in " + place.group(),
          "No host belongs to this group or to one below it.",
          Links.button(Place.Fleet.NOW, "Show the whole fleet"));
    }
    if (place.asOf() != null) {
      return new EmptyState(
          "No hosts at that instant",
          "Plimsoll watched no host then.",
          Links.button(Place.Fleet.NOW, "Show now"));
    }
    if (!rights.may(Permission.MANAGE_HOSTS)) {
      return new EmptyState("No hosts yet", "An administrator can add the first one.");
    }
    return new EmptyState(
        "No hosts yet",
        "Add the first one: Plimsoll reads it at once and shows where it stands.",
        Links.button(new Place.NewHost(), "Add a host"),
        Links.to(new Place.ImportHosts(), "Import many"));
  }
}
