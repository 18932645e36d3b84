package dev.plimsoll.ui.hosts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.plimsoll.fleet.Groups;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.posture.HostList;
import dev.plimsoll.posture.HostQuery;
import dev.plimsoll.posture.HostRow;
import dev.plimsoll.posture.HostStatus;
import dev.plimsoll.ui.live.LiveUpdates;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.paging.AnchoredPages;
import dev.plimsoll.ui.shell.Rights;
import dev.plimsoll.ui.widgets.AsOfBanner;
import dev.plimsoll.ui.widgets.EmptyState;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.GroupField;
import dev.plimsoll.ui.widgets.Heading;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Marks;
import dev.plimsoll.ui.widgets.Messages;
import dev.plimsoll.ui.widgets.Screen;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All hosts, and where each stands. */
@Route(Place.Hosts.ROUTE)
@PageTitle("Hosts · Plimsoll")
@PermitAll
public class HostsView extends Screen implements AfterNavigationObserver {
  private static final Duration GATHER = Duration.ofSeconds(2);

  private final Rights rights;
  private final Heading heading = new Heading("Hosts");
  private final Span count = new Span();
  private final AsOfBanner asOf = new AsOfBanner();
  private final TextField search = new TextField();
  private final GroupField group;
  private final TextField environment = new TextField();
  private final MultiSelectComboBox<HostStatus> status = new MultiSelectComboBox<>();
  private final Div filters = new Div();
  private final Div empty = new Div();
  private final HostGrid grid;
  private final AnchoredPages<HostRow> pages;
  private Place.Hosts place = Place.Hosts.ALL;

  HostsView(
      HostList hosts,
      Groups groups,
      HostActions actions,
      Rights rights,
      LiveUpdates live,
      Clock clock) {
    this.rights = rights;
    group = new GroupField(groups);
    addClassName("hosts");
    fillHeight();
    pages = new AnchoredPages<>(page -> hosts.list(place.query(), page), HostRow::id);
    grid = new HostGrid(actions, rights, clock, this::refresh);
    grid.setDataProvider(pages.provider());
    grid.onSort(this::sorted);
    count.addClassName("secondary");
    heading.beside(count).actions(actions());
    buildFilters();
    empty.setVisible(false);
    add(heading, asOf, filters, grid, empty);
    live.follow(
        this,
        GATHER,
        hostIds -> {
          if (place.query().asOf() == null) {
            refresh();
          }
        });
  }

  @Override
  public void afterNavigation(AfterNavigationEvent event) {
    Place.Parsed<Place.Hosts> parsed = Place.Hosts.parse(event.getLocation().getQueryParameters());
    Messages.problems(parsed.problems());
    place = parsed.place();
    HostQuery query = place.query();
    search.setValue(orEmpty(query.text()));
    group.setValue(query.group());
    environment.setValue(orEmpty(query.environment()));
    status.setValue(query.statuses());
    grid.showSort(query.sort(), query.descending());
    asOf.show(query.asOf(), place.now());
    refresh();
  }

  private void refresh() {
    int size = pages.reload();
    boolean filtered = !isUnfiltered(place.query());
    boolean nothing = size == 0;
    grid.setVisible(!nothing);
    empty.setVisible(nothing);
    filters.setVisible(!nothing || filtered);
    empty.removeAll();
    if (nothing) {
      empty.add(filtered ? nothingMatches() : noHosts());
      count.setText("");
      return;
    }
    String words = Figures.count(size, "host", "hosts");
    count.setText(pages.hasMore() ? "more than " + words : words);
  }

  private void buildFilters() {
    filters.addClassName("filters");
    search.setPlaceholder("Name, endpoint, owner or label");
    search.setAriaLabel("Search hosts");
    search.setPrefixComponent(VaadinIcon.SEARCH.create());
    search.addClassName("search");
    group.setPlaceholder("Any group");
    group.setAriaLabel("Group");
    group.addValueChangeListener(
        event -> {
          if (event.isFromClient()) {
            filtered();
          }
        });
    environment.setPlaceholder("Environment");
    environment.setAriaLabel("Environment");
    for (TextField field : List.of(search, environment)) {
      field.setClearButtonVisible(true);
      field.setValueChangeMode(ValueChangeMode.LAZY);
      field.addValueChangeListener(
          event -> {
            if (event.isFromClient()) {
              filtered();
            }
          });
    }
    filters.add(search, group, environment, status);
    status.setPlaceholder("Any status");
    status.setAriaLabel("Status");
    status.setItems(HostStatus.values());
    status.setItemLabelGenerator(Marks::word);
    status.addValueChangeListener(
        event -> {
          if (event.isFromClient()) {
            filtered();
          }
        });
  }

  private void filtered() {
    HostQuery old = place.query();
    HostQuery query =
        new HostQuery(
            orNull(search.getValue()),
            group.getValue(),
            orNull(environment.getValue()),
            Set.copyOf(status.getValue()),
            old.sort(),
            old.descending(),
            old.asOf());
    go(query);
  }

  private void sorted(HostGrid.Order order) {
    HostQuery old = place.query();
    go(
        new HostQuery(
            old.text(),
            old.group(),
            old.environment(),
            old.statuses(),
            order.sort(),
            order.descending(),
            old.asOf()));
  }

  private void go(HostQuery query) {
    Place.Hosts next = new Place.Hosts(query);
    if (!next.equals(place)) {
      getUI().ifPresent(ui -> Links.go(ui, next));
    }
  }

  private Component[] actions() {
    if (!rights.may(Permission.MANAGE_HOSTS)) {
      return new Component[0];
    }
    Anchor add = Links.button(new Place.NewHost(), "Add a host");
    add.addClassName("primary");
    return new Component[] {Links.button(new Place.ImportHosts(), "Import"), add};
  }

  private EmptyState noHosts() {
    if (!rights.may(Permission.MANAGE_HOSTS)) {
      return new EmptyState("No hosts yet", "An administrator can add the first one.");
    }
    return new EmptyState(
        "No hosts yet",
        "Add the first one: Plimsoll reads it at once and shows where it stands.",
        Links.button(new Place.NewHost(), "Add a host"));
  }

  private EmptyState nothingMatches() {
    return new EmptyState(
        "No host matches",
        "Take away a filter, or show all hosts.",
        Links.button(Place.Hosts.ALL, "Show all hosts"));
  }

  private static boolean isUnfiltered(HostQuery query) {
    return query.text() == null
        && query.group() == null
        && query.environment() == null
        && query.statuses().isEmpty()
        && query.asOf() == null;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static @Nullable String orNull(String text) {
    return text.isBlank() ? null : text.strip();
  }
}
