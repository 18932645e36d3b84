package dev.plimsoll.ui.host;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridSortOrder;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.provider.SortDirection;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.data.renderer.Renderer;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.plimsoll.posture.HostRow;
import dev.plimsoll.posture.SubjectList;
import dev.plimsoll.posture.SubjectQuery;
import dev.plimsoll.posture.SubjectRow;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.paging.AnchoredPages;
import dev.plimsoll.ui.widgets.Cells;
import dev.plimsoll.ui.widgets.EmptyState;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.FittingColumns;
import dev.plimsoll.ui.widgets.FittingColumns.Room;
import dev.plimsoll.ui.widgets.Links;
import java.time.Clock;
import java.util.List;

/** The subjects of one kind on a host. */
class SubjectsPanel extends Div implements HostPanel {
  private final String kind;
  private final Grid<SubjectRow> grid = new Grid<>();
  private final TextField search = new TextField();
  private final Checkbox gone = new Checkbox("Show those that are gone");
  private final Span count = new Span();
  private final Div empty = new Div();
  private final AnchoredPages<SubjectRow> pages;
  private Place.Host place = Place.Host.of(0, null);

  SubjectsPanel(String kind, SubjectList subjects, Clock clock) {
    this.kind = kind;
    addClassName("list-panel");
    pages = new AnchoredPages<>(page -> subjects.list(query(), page), SubjectRow::id);
    buildGrid(clock);
    search.setPlaceholder("Name or Docker ID");
    search.setAriaLabel("Search " + kind + "s");
    search.setPrefixComponent(VaadinIcon.SEARCH.create());
    search.setClearButtonVisible(true);
    search.setValueChangeMode(ValueChangeMode.LAZY);
    search.addValueChangeListener(event -> changed(event.isFromClient()));
    gone.addValueChangeListener(event -> changed(event.isFromClient()));
    count.addClassName("secondary");
    Div filters = new Div(search, gone, count);
    filters.addClassName("filters");
    add(filters, grid, empty);
  }

  @Override
  public void show(HostRow host, Place.Host place) {
    this.place = place;
    search.setValue(place.text() == null ? "" : place.text());
    gone.setValue(place.gone());
    Grid.Column<SubjectRow> sorted = grid.getColumnByKey(place.sort().name());
    grid.sort(
        place.descending()
            ? GridSortOrder.desc(sorted).build()
            : GridSortOrder.asc(sorted).build());
    int size = pages.reload();
    String words = Figures.count(size, kind, kind + "s");
    count.setText(pages.hasMore() ? "more than " + words : words);
    grid.setVisible(size > 0);
    empty.removeAll();
    if (size == 0) {
      empty.add(
          place.text() == null
              ? new EmptyState(
                  "No " + kind + "s",
                  "The last collection found none"
                      + (place.gone() ? "." : ", or it has not run yet."))
              : new EmptyState(
                  "No " + kind + " matches",
                  "Take the search away to see all.",
                  Links.button(
                      Place.Host.of(place.hostId(), place.tab(), place.asOf()), "Show all")));
    }
  }

  private SubjectQuery query() {
    return new SubjectQuery(
        place.hostId(),
        kind,
        place.text(),
        !place.gone(),
        place.sort(),
        place.descending(),
        place.asOf());
  }

  private void buildGrid(Clock clock) {
    grid.addClassName("dense");
    grid.setSelectionMode(Grid.SelectionMode.NONE);
    grid.setDataProvider(pages.provider());
    grid.addColumn(name())
        .setHeader("Name")
        .setKey(SubjectQuery.Sort.NAME.name())
        .setFlexGrow(3)
        .setSortable(true);
    FittingColumns fit = new FittingColumns(grid);
    if (kind.equals("container")) {
      fit.needs(
              Room.MEDIUM,
              grid.addColumn(Cells.mark(SubjectsPanel::presenceKey, SubjectsPanel::presence)))
          .setHeader("State")
          .setWidth("8rem")
          .setFlexGrow(0);
      fit.needs(Room.WIDE, grid.addColumn(row -> row.image() == null ? "" : row.image()))
          .setHeader("Image")
          .setFlexGrow(2);
    }
    grid.addColumn(verdicts())
        .setHeader("Verdicts")
        .setKey(SubjectQuery.Sort.WORST.name())
        .setWidth("15rem")
        .setFlexGrow(0)
        .setSortable(true);
    fit.needs(Room.MEDIUM, grid.addColumn(Cells.code(SubjectRow::dockerId)))
        .setHeader(kind.equals("volume") ? "Volume" : "Docker ID")
        .setWidth("9rem")
        .setFlexGrow(0);
    fit.needs(Room.MEDIUM, grid.addColumn(Cells.time(SubjectRow::firstSeen, clock)))
        .setHeader("First seen")
        .setKey(SubjectQuery.Sort.FIRST_SEEN.name())
        .setWidth("8rem")
        .setFlexGrow(0)
        .setSortable(true);
    grid.addSortListener(
        event -> {
          if (event.isFromClient()) {
            sorted(event.getSortOrder());
          }
        });
  }

  private Renderer<SubjectRow> name() {
    return LitRenderer.<SubjectRow>of(
            """
            <a class="cell-link strong" href=${item.href} title=${item.name}>${item.name}</a>
            ${item.gone ? html`<span class="mark" data-mark="gone">gone</span>` : ''}\
            """)
        .withProperty("href", row -> Links.href(Place.Subject.of(row.id(), place.asOf())))
        .withProperty("name", SubjectRow::name)
        .withProperty("gone", row -> row.state().equals("GONE"));
  }

  private static Renderer<SubjectRow> verdicts() {
    return LitRenderer.<SubjectRow>of(
            """
            <span class="inline one-line">
              ${item.worst ? html`<span class="mark" data-mark=${item.key}>${item.worst}</span>` : ''}
              ${item.failed ? html`<span>${item.failed} fail</span>` : ''}
              ${item.unknown ? html`<span class="secondary">${item.unknown} unknown</span>` : ''}
              ${item.clean ? html`<span class="mark" data-mark="outcome-pass">nothing open</span>` : ''}
            </span>\
            """)
        .withProperty("worst", SubjectRow::worst)
        .withProperty("key", row -> "severity-" + row.worst())
        .withProperty("failed", SubjectRow::failed)
        .withProperty("unknown", SubjectRow::unknown)
        .withProperty("clean", row -> row.failed() == 0 && row.unknown() == 0);
  }

  private static String presence(SubjectRow row) {
    return switch (row.state()) {
      case "GONE" -> "gone";
      case "UNKNOWN" -> "unknown";
      default -> row.engineState() == null ? "present" : row.engineState();
    };
  }

  private static String presenceKey(SubjectRow row) {
    return switch (row.state()) {
      case "GONE" -> "gone";
      case "UNKNOWN" -> "outcome-unknown";
      default -> row.engineState() == null ? "present" : "engine-" + row.engineState();
    };
  }

  private void sorted(List<GridSortOrder<SubjectRow>> orders) {
    SubjectQuery.Sort sort = SubjectQuery.Sort.WORST;
    boolean descending = true;
    if (!orders.isEmpty()) {
      sort = SubjectQuery.Sort.valueOf(orders.getFirst().getSorted().getKey());
      descending = orders.getFirst().getDirection() == SortDirection.DESCENDING;
    }
    go(
        new Place.Host(
            place.hostId(),
            place.tab(),
            place.text(),
            sort,
            descending,
            place.gone(),
            place.asOf()));
  }

  private void changed(boolean byPeople) {
    if (byPeople) {
      go(
          new Place.Host(
              place.hostId(),
              place.tab(),
              search.getValue().isBlank() ? null : search.getValue().strip(),
              place.sort(),
              place.descending(),
              gone.getValue(),
              place.asOf()));
    }
  }

  private void go(Place.Host next) {
    if (!next.equals(place)) {
      getUI().ifPresent(ui -> Links.go(ui, next));
    }
  }
}
