package dev.plimsoll.ui.host;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.component.tabs.Tabs;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import dev.plimsoll.attest.Attestations;
import dev.plimsoll.attest.HostReports;
import dev.plimsoll.backup.HostData;
import dev.plimsoll.collect.SizeReadings;
import dev.plimsoll.compliance.FixAdvice;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.posture.CollectionList;
import dev.plimsoll.posture.CollectionRow;
import dev.plimsoll.posture.CoverageList;
import dev.plimsoll.posture.CoverageSummary;
import dev.plimsoll.posture.FindingList;
import dev.plimsoll.posture.HostList;
import dev.plimsoll.posture.HostRow;
import dev.plimsoll.posture.PageRequest;
import dev.plimsoll.posture.Scope;
import dev.plimsoll.posture.ScoreList;
import dev.plimsoll.posture.SubjectList;
import dev.plimsoll.posture.VerdictList;
import dev.plimsoll.ui.hosts.HostActions;
import dev.plimsoll.ui.live.LiveUpdates;
import dev.plimsoll.ui.navigation.NothingThere;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.navigation.Place.HostTab;
import dev.plimsoll.ui.shell.Rights;
import dev.plimsoll.ui.widgets.AsOfBanner;
import dev.plimsoll.ui.widgets.Heading;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Marks;
import dev.plimsoll.ui.widgets.Messages;
import dev.plimsoll.ui.widgets.Screen;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One host: where it stands, what runs on it, and how its collections went. */
@Route(Place.Host.ROUTE)
@PermitAll
public class HostView extends Screen
    implements BeforeEnterObserver, AfterNavigationObserver, HasDynamicTitle {
  private static final PageRequest NEWEST = new PageRequest(1, null, false);
  private static final int POLL_MILLIS = 2000;

  private final HostList hosts;
  private final CollectionList collections;
  private final ScoreList scores;
  private final SubjectList subjects;
  private final VerdictList verdicts;
  private final FindingList findings;
  private final CoverageList coverage;
  private final CoverageSummary totals;
  private final HostData maps;
  private final SizeReadings sizes;
  private final HostReports reports;
  private final Attestations attestations;
  private final FixAdvice fixes;
  private final HostActions actions;
  private final Rights rights;
  private final Clock clock;
  private final Heading heading = new Heading("");
  private final AsOfBanner asOf = new AsOfBanner();
  private final RunningCollection running;
  private final HostSummary summary;
  private final Tabs tabs = new Tabs();
  private final Map<HostTab, Tab> tabOf = new EnumMap<>(HostTab.class);
  private final Div content = new Div();
  private @Nullable HostPanel panel;
  private Place.Host place = Place.Host.of(0, null);
  private Place.@Nullable Host shown;
  private @Nullable HostRow host;
  private @Nullable Registration polls;

  HostView(
      HostList hosts,
      CollectionList collections,
      ScoreList scores,
      SubjectList subjects,
      VerdictList verdicts,
      FindingList findings,
      CoverageList coverage,
      CoverageSummary totals,
      HostData maps,
      SizeReadings sizes,
      HostReports reports,
      Attestations attestations,
      FixAdvice fixes,
      HostActions actions,
      Rights rights,
      LiveUpdates live,
      Clock clock) {
    this.hosts = hosts;
    this.collections = collections;
    this.scores = scores;
    this.subjects = subjects;
    this.verdicts = verdicts;
    this.findings = findings;
    this.coverage = coverage;
    this.totals = totals;
    this.maps = maps;
    this.sizes = sizes;
    this.reports = reports;
    this.attestations = attestations;
    this.fixes = fixes;
    this.actions = actions;
    this.rights = rights;
    this.clock = clock;
    running = new RunningCollection(clock);
    summary = new HostSummary(clock);
    addClassName("host");
    for (HostTab tab : HostTab.values()) {
      Tab entry = new Tab();
      tabOf.put(tab, entry);
      tabs.add(entry);
    }
    tabs.setAutoselect(false);
    content.addClassName("tab-content");
    add(heading, asOf, running, summary, tabs, content);
    live.follow(
        this,
        LiveUpdates.SHORTEST,
        hostIds -> {
          if (place.asOf() == null && hostIds.contains(place.hostId())) {
            refresh();
          }
        });
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    String id = event.getRouteParameters().get("hostId").orElse("");
    long number = id.matches("[0-9]{1,18}") ? Long.parseLong(id) : 0;
    Place.Parsed<Place.Host> parsed =
        Place.Host.parse(number, event.getLocation().getQueryParameters());
    Optional<HostRow> found =
        number == 0 ? Optional.empty() : hosts.get(number, parsed.place().asOf());
    if (found.isEmpty()) {
      NothingThere.show(
          event,
          parsed.place().asOf() == null
              ? "There is no host \"" + id + "\"."
              : "Host " + id + " did not exist at " + parsed.place().asOf() + ".");
      return;
    }
    Messages.problems(parsed.problems());
    place = parsed.place();
    host = found.get();
  }

  @Override
  public void afterNavigation(AfterNavigationEvent event) {
    HostRow found = host;
    if (found == null) {
      return;
    }
    asOf.show(place.asOf(), Place.Host.of(place.hostId(), place.tab(), null));
    tabOf.forEach(
        (tab, entry) -> {
          entry.removeAll();
          entry.add(
              Links.to(
                  Place.Host.of(place.hostId(), tab, place.asOf()), Marks.capitalised(tab.name())));
        });
    tabs.setSelectedTab(tabOf.get(place.tab()));
    if (panel == null || shown == null || !samePanel(shown, place)) {
      panel = panel(found);
      content.removeAll();
      content.add((Component) panel);
    }
    shown = place;
    panel.show(found, place);
    showHeader(found);
  }

  @Override
  public String getPageTitle() {
    return (host == null ? "Host" : host.name()) + " · Plimsoll";
  }

  @Override
  protected void onAttach(AttachEvent event) {
    super.onAttach(event);
    polls = event.getUI().addPollListener(poll -> refreshIfEnded());
  }

  @Override
  protected void onDetach(DetachEvent event) {
    super.onDetach(event);
    event.getUI().setPollInterval(-1);
    if (polls != null) {
      polls.remove();
    }
  }

  private static boolean samePanel(Place.Host one, Place.Host other) {
    return one.hostId() == other.hostId() && one.tab() == other.tab();
  }

  private HostPanel panel(HostRow found) {
    return switch (place.tab()) {
      case OVERVIEW -> new OverviewPanel(subjects, verdicts, scores, fixes, clock);
      case CONTAINERS -> new SubjectsPanel("container", subjects, clock);
      case IMAGES -> new SubjectsPanel("image", subjects, clock);
      case VOLUMES -> new SubjectsPanel("volume", subjects, clock);
      case NETWORKS -> new SubjectsPanel("network", subjects, clock);
      case DATA -> new DataPanel(coverage, maps, sizes, rights.may(Permission.COLLECT), clock);
      case HOST_FILES ->
          new HostFilesPanel(
              found.id(),
              verdicts,
              new AttestedSources(reports, attestations),
              rights.may(Permission.ATTEST),
              clock);
      case FINDINGS -> new FindingsPanel(found.id(), findings, clock);
      case COLLECTIONS -> new CollectionsPanel(found.id(), collections, clock);
    };
  }

  private void refresh() {
    hosts
        .get(place.hostId(), place.asOf())
        .ifPresent(
            found -> {
              host = found;
              showHeader(found);
              if (panel != null) {
                panel.show(found, place);
              }
            });
  }

  private void refreshIfEnded() {
    if (running.isVisible() && newestRunning().isEmpty()) {
      refresh();
    }
  }

  private void showHeader(HostRow found) {
    heading.setTitleText(found.name());
    heading.beside(Marks.status(found.status()));
    heading.actions(
        place.asOf() == null
            ? HostActions.buttons(actions.of(found, rights, this::refresh))
            : new Component[0]);
    Scope scope = new Scope.Host(found.id());
    summary.show(
        found, scores.at(scope, place.asOf()), totals.at(scope, place.asOf(), null), place.asOf());
    Optional<CollectionRow> now = place.asOf() == null ? newestRunning() : Optional.empty();
    running.show(now.orElse(null));
    getUI().ifPresent(ui -> ui.setPollInterval(now.isPresent() ? POLL_MILLIS : -1));
  }

  private Optional<CollectionRow> newestRunning() {
    List<CollectionRow> newest = collections.list(place.hostId(), NEWEST).items();
    return newest.stream().filter(collection -> collection.outcome().equals("RUNNING")).findFirst();
  }
}
