package dev.plimsoll.ui.checks;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridSortOrder;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.masterdetaillayout.MasterDetailLayout;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.provider.SortDirection;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.data.renderer.Renderer;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.plimsoll.checklist.Benchmark;
import dev.plimsoll.checklist.Mode;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.compliance.NoSuchProfile;
import dev.plimsoll.compliance.ProfileRecord;
import dev.plimsoll.compliance.Profiles;
import dev.plimsoll.compliance.Rejudgings;
import dev.plimsoll.compliance.SecondSeries;
import dev.plimsoll.compliance.SupportTables;
import dev.plimsoll.posture.BenchmarkShare;
import dev.plimsoll.posture.Checks;
import dev.plimsoll.posture.FleetOverview;
import dev.plimsoll.posture.FleetOverview.CheckLoad;
import dev.plimsoll.ui.live.LiveUpdates;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.navigation.Place.CheckSort;
import dev.plimsoll.ui.widgets.Cells;
import dev.plimsoll.ui.widgets.EmptyState;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.FittingColumns;
import dev.plimsoll.ui.widgets.FittingColumns.Room;
import dev.plimsoll.ui.widgets.Heading;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Marks;
import dev.plimsoll.ui.widgets.Messages;
import dev.plimsoll.ui.widgets.Screen;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The catalogue: what is checked, why, and how often it fails. */
@Route(Place.Checks.ROUTE)
@PageTitle("Checks · Plimsoll")
@PermitAll
public class ChecksView extends MasterDetailLayout implements AfterNavigationObserver {
  private static final Duration CALM = Duration.ofSeconds(5);

  private final FleetOverview overviews;
  private final Checks checks;
  private final Profiles profiles;
  private final Rejudgings rejudgings;
  private final Span count = new Span();
  private final TextField search = new TextField();
  private final ComboBox<String> kind = new ComboBox<>();
  private final MultiSelectComboBox<String> severity = new MultiSelectComboBox<>();
  private final Checkbox failing = new Checkbox("Failing only");
  private final ComboBox<ProfileRecord> profile = new ComboBox<>();
  private final Div shares = new Div();
  private final Div progress = new Div();
  private final Grid<CheckRow> grid = new Grid<>();
  private final FittingColumns fit = new FittingColumns(grid);
  private final EmptyState empty =
      new EmptyState(
          "No check matches",
          "Take away a filter, or show the whole catalogue.",
          Links.button(Place.Checks.ALL, "Show all checks"));
  private Place.Checks place = Place.Checks.ALL;
  private List<CheckRow> catalogue = List.of();

  ChecksView(
      FleetOverview overviews,
      Checks checks,
      Profiles profiles,
      Rejudgings rejudgings,
      SupportTables tables,
      LiveUpdates live) {
    this.overviews = overviews;
    this.checks = checks;
    this.profiles = profiles;
    this.rejudgings = rejudgings;
    addClassName("checks-view");
    setSizeFull();
    setMasterSize("24rem", true);
    setDetailSize("28rem");
    setOverlaySize("100%");
    buildGrid();
    Screen screen = new Screen();
    screen.fillHeight();
    count.addClassName("secondary");
    shares.addClassName("secondary");
    progress.addClassName("secondary");
    progress.getElement().setAttribute("role", "status");
    Heading heading = new Heading("Checks").beside(count);
    heading.actions(
        Links.button(Place.Profiles.ALL, "Profiles"),
        Links.button(new Place.OwnChecks(), "Own checks"),
        Links.button(Place.DeclaredList.ALL, "Declared"));
    screen.add(heading, new SupportTableNote(tables), shares, progress, filters(), grid, empty);
    setMaster(screen);
    addBackdropClickListener(event -> go(place.selecting(null)));
    addDetailEscapePressListener(event -> go(place.selecting(null)));
    live.follow(
        this,
        CALM,
        hostIds -> {
          read();
          show();
        });
  }

  @Override
  public void afterNavigation(AfterNavigationEvent event) {
    Place.Parsed<Place.Checks> parsed =
        Place.Checks.parse(event.getLocation().getQueryParameters());
    Messages.problems(parsed.problems());
    place = parsed.place();
    search.setValue(place.text() == null ? "" : place.text());
    kind.setValue(place.kind());
    severity.setValue(place.severities());
    failing.setValue(place.failing());
    profile.setItems(profiles.list(null));
    profile.setValue(chosenProfile());
    showSort();
    if (catalogue.isEmpty()) {
      read();
    }
    show();
    showSelected();
  }

  private void read() {
    Map<String, CheckLoad> loads =
        overviews.checks().stream()
            .collect(Collectors.toMap(CheckLoad::check, Function.identity()));
    List<Rule> rules = checks.rules();
    catalogue = rules.stream().map(rule -> new CheckRow(rule, loads.get(rule.id()))).toList();
    showShares(rules, loads.values());
    showProgress();
  }

  private void showShares(List<Rule> rules, Collection<CheckLoad> loads) {
    Set<String> answered =
        loads.stream()
            .filter(load -> load.answeredSubjects() > 0)
            .map(CheckLoad::check)
            .collect(Collectors.toSet());
    shares.removeAll();
    for (BenchmarkShare share : BenchmarkShare.of(rules, answered)) {
      shares.add(
          new Div(
              "%s: %d of %d recommendations have a check here; %d are answered on this fleet."
                  .formatted(
                      share.benchmark().source(),
                      share.checked(),
                      share.benchmark().recommendations(),
                      share.answered())));
    }
  }

  private void showProgress() {
    Rejudgings.Status status = rejudgings.status();
    progress.setVisible(status.running());
    progress.removeAll();
    if (status.hosts().done() < status.hosts().total()) {
      progress.add(
          new Div(
              "Judging under another catalogue: %s of %s."
                  .formatted(
                      Figures.count(status.hosts().done()),
                      Figures.count(status.hosts().total(), "host", "hosts"))));
    }
    SecondSeries.Progress past = status.past();
    if (past != null) {
      progress.add(
          new Div(
              "The past is judged again under what counts now: %s of %s%s."
                  .formatted(
                      Figures.count(past.done()),
                      Figures.count(past.total(), "host", "hosts"),
                      past.host() == null ? ", then groups and fleet" : ", now " + past.host())));
    }
  }

  private @Nullable ProfileRecord chosenProfile() {
    String wanted = place.profile();
    if (wanted == null) {
      return null;
    }
    try {
      return profiles.get(wanted, null);
    } catch (NoSuchProfile e) {
      Messages.refused(String.valueOf(e.getMessage()));
      return null;
    }
  }

  private void show() {
    ProfileRecord chosen = profile.getValue();
    Set<String> scope = chosen == null ? null : chosen.checks().keySet();
    List<CheckRow> rows =
        catalogue.stream()
            .filter(row -> row.matches(place, scope))
            .sorted(CheckRow.order(place.sort(), place.descending()))
            .toList();
    grid.setItems(rows);
    grid.setVisible(!rows.isEmpty());
    empty.setVisible(rows.isEmpty());
    count.setText(
        rows.size() == catalogue.size()
            ? Figures.count(rows.size(), "check", "checks")
            : Figures.count(rows.size()) + " of " + Figures.count(catalogue.size()) + " checks");
  }

  private void showSelected() {
    String selected = place.selected();
    if (selected == null) {
      grid.deselectAll();
      closeDetail();
      return;
    }
    Optional<CheckRow> found =
        catalogue.stream().filter(row -> row.rule().id().equals(selected)).findFirst();
    if (found.isEmpty()) {
      closeDetail();
      Messages.refused("There is no check \"" + selected + "\" in this catalogue.");
      return;
    }
    grid.select(found.get());
    fit.crowd(true);
    setDetail(new CheckPanel(found.get(), () -> go(place.selecting(null))));
  }

  private void closeDetail() {
    fit.crowd(false);
    setDetail(null);
  }

  private void buildGrid() {
    grid.addClassName("dense");
    grid.setSelectionMode(Grid.SelectionMode.SINGLE);
    fit.needs(Room.WIDE, grid.addColumn(id()))
        .setHeader("Check")
        .setWidth("10.5rem")
        .setFlexGrow(0);
    grid.addColumn(title())
        .setHeader("What passes")
        .setKey(CheckSort.TITLE.name())
        .setSortable(true)
        .setFlexGrow(4);
    fit.needs(
            Room.MEDIUM,
            grid.addColumn(Cells.mark(row -> "severity-" + row.severity(), CheckRow::severity)))
        .setHeader("Severity")
        .setKey(CheckSort.SEVERITY.name())
        .setSortable(true)
        .setWidth("7.5rem")
        .setFlexGrow(0);
    fit.needs(Room.WIDE, grid.addColumn(row -> row.rule().subject().word()))
        .setHeader("Subject")
        .setWidth("6.25rem")
        .setFlexGrow(0);
    fit.needs(Room.WIDE, grid.addColumn(CheckRow::mode))
        .setHeader("Counts")
        .setWidth("6rem")
        .setFlexGrow(0);
    fit.needs(Room.WIDE, grid.addColumn(row -> row.numbers(Benchmark.CIS_DOCKER_1_6.source())))
        .setHeader("CIS 1.6/1.7")
        .setWidth("8.5rem")
        .setFlexGrow(0);
    fit.needs(Room.WIDE, grid.addColumn(row -> row.numbers(Benchmark.CIS_DOCKER_1_8.source())))
        .setHeader("CIS 1.8")
        .setWidth("7rem")
        .setFlexGrow(0);
    fit.needs(Room.WIDE, grid.addColumn(row -> row.numbers("800-190")))
        .setHeader("NIST 800-190")
        .setWidth("7rem")
        .setFlexGrow(0);
    grid.addColumn(
            Cells.<CheckRow>count(
                row -> Place.Findings.ofCheck(row.rule().id(), row.rule().mode() == Mode.ADVISORY),
                CheckRow::failingSubjects))
        .setHeader("Failing")
        .setKey(CheckSort.FAILING.name())
        .setSortable(true)
        .setTextAlign(ColumnTextAlign.END)
        .setWidth("6rem")
        .setFlexGrow(0);
    grid.addSortListener(
        event -> {
          if (event.isFromClient()) {
            sorted(event.getSortOrder());
          }
        });
    grid.addSelectionListener(
        event -> {
          if (event.isFromClient()) {
            go(
                place.selecting(
                    event.getFirstSelectedItem().map(row -> row.rule().id()).orElse(null)));
          }
        });
  }

  private static Renderer<CheckRow> id() {
    return LitRenderer.<CheckRow>of("<span class=\"code\">${item.id}</span>")
        .withProperty("id", row -> row.rule().id());
  }

  private Renderer<CheckRow> title() {
    return LitRenderer.<CheckRow>of(
            """
            <a class="cell-link strong wrap" href=${item.href}>${item.title}</a>
            <div class="narrow-only secondary">
              <span class="mark" data-mark=${item.mark}>${item.severity}</span>
              <span class="code">${item.id}</span>
            </div>\
            """)
        .withProperty("id", row -> row.rule().id())
        .withProperty("href", row -> Links.href(place.selecting(row.rule().id())))
        .withProperty("title", row -> row.rule().title())
        .withProperty("mark", row -> "severity-" + row.severity())
        .withProperty("severity", CheckRow::severity);
  }

  private void sorted(List<GridSortOrder<CheckRow>> orders) {
    if (orders.isEmpty()) {
      go(place.sorting(CheckSort.CATALOGUE, false));
    } else {
      GridSortOrder<CheckRow> first = orders.getFirst();
      go(
          place.sorting(
              CheckSort.valueOf(first.getSorted().getKey()),
              first.getDirection() == SortDirection.DESCENDING));
    }
  }

  private void showSort() {
    Grid.Column<CheckRow> column = grid.getColumnByKey(place.sort().name());
    if (column == null) {
      grid.sort(List.of());
    } else {
      grid.sort(
          place.descending()
              ? GridSortOrder.desc(column).build()
              : GridSortOrder.asc(column).build());
    }
  }

  private Div filters() {
    search.setPlaceholder("ID, words or benchmark number");
    search.setAriaLabel("Search checks");
    search.setPrefixComponent(VaadinIcon.SEARCH.create());
    search.setClearButtonVisible(true);
    search.setValueChangeMode(ValueChangeMode.LAZY);
    search.addClassName("search");
    search.addValueChangeListener(event -> filtered(event.isFromClient()));
    kind.setPlaceholder("Any subject");
    kind.setAriaLabel("Subject");
    kind.setItems(checks.rules().stream().map(rule -> rule.subject().word()).distinct().toList());
    kind.setClearButtonVisible(true);
    kind.addValueChangeListener(event -> filtered(event.isFromClient()));
    severity.setPlaceholder("Any severity");
    severity.setAriaLabel("Severity");
    severity.setItems(Marks.SEVERITIES);
    severity.addValueChangeListener(event -> filtered(event.isFromClient()));
    failing.addValueChangeListener(event -> filtered(event.isFromClient()));
    profile.setPlaceholder("Any profile");
    profile.setAriaLabel("Profile");
    profile.setItemLabelGenerator(ProfileRecord::name);
    profile.setClearButtonVisible(true);
    profile.addValueChangeListener(event -> filtered(event.isFromClient()));
    Div filters = new Div(search, kind, severity, profile, failing);
    filters.addClassName("filters");
    return filters;
  }

  private void filtered(boolean byPeople) {
    if (byPeople) {
      go(
          new Place.Checks(
              text(),
              kind.getValue(),
              severity.getValue(),
              failing.getValue(),
              profile.getValue() == null ? null : profile.getValue().id(),
              place.sort(),
              place.descending(),
              null));
    }
  }

  private @Nullable String text() {
    return search.getValue().isBlank() ? null : search.getValue().strip();
  }

  private void go(Place.Checks next) {
    if (!next.equals(place)) {
      getUI().ifPresent(ui -> Links.go(ui, next));
    }
  }
}
