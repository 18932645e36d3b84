package dev.plimsoll.ui.hosts;

import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridSortOrder;
import com.vaadin.flow.component.grid.contextmenu.GridContextMenu;
import com.vaadin.flow.data.provider.SortDirection;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.data.renderer.Renderer;
import com.vaadin.flow.function.SerializableConsumer;
import com.vaadin.flow.function.SerializableRunnable;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.posture.HostQuery;
import dev.plimsoll.posture.HostRow;
import dev.plimsoll.posture.HostStatus;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.shell.Rights;
import dev.plimsoll.ui.widgets.Cells;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.FittingColumns;
import dev.plimsoll.ui.widgets.FittingColumns.Room;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Marks;
import java.time.Clock;
import java.util.List;

/** Hosts, a row each, with what can be done to one in its menu. */
class HostGrid extends Grid<HostRow> {
  /** What people sort by. */
  record Order(HostQuery.Sort sort, boolean descending) {}

  private final HostActions actions;
  private final Rights rights;

  HostGrid(HostActions actions, Rights rights, Clock clock, SerializableRunnable changed) {
    this.actions = actions;
    this.rights = rights;
    addClassName("dense");
    setSelectionMode(SelectionMode.NONE);
    FittingColumns fit = new FittingColumns(this);
    addColumn(name()).setHeader("Name").setKey(HostQuery.Sort.NAME.name()).setFlexGrow(3);
    fit.needs(Room.WIDE, addColumn(row -> row.group() == null ? "" : row.group()))
        .setHeader("Group")
        .setFlexGrow(2);
    fit.needs(Room.WIDE, addColumn(row -> row.environment() == null ? "" : row.environment()))
        .setHeader("Environment");
    fit.needs(
            Room.MEDIUM,
            addColumn(Cells.mark(row -> Marks.key(row.status()), row -> Marks.word(row.status()))))
        .setHeader("Status")
        .setWidth("8.5rem")
        .setFlexGrow(0);
    addColumn(score())
        .setHeader("Score")
        .setKey(HostQuery.Sort.SCORE.name())
        .setAutoWidth(true)
        .setFlexGrow(0);
    addColumn(
            Cells.<HostRow>count(
                row -> Place.Findings.ofHost(row.id(), "critical"), HostRow::openCriticals))
        .setHeader("Criticals")
        .setKey(HostQuery.Sort.OPEN_CRITICALS.name())
        .setTextAlign(ColumnTextAlign.END)
        .setWidth("6.5rem")
        .setFlexGrow(0);
    fit.needs(Room.MEDIUM, addColumn(Cells.time(HostRow::lastReadAt, clock)))
        .setHeader("Last read")
        .setKey(HostQuery.Sort.LAST_READ.name())
        .setWidth("8rem")
        .setFlexGrow(0);
    fit.needs(
            Room.MEDIUM,
            addColumn(
                Cells.<HostRow>count(
                    row -> Place.Host.of(row.id(), Place.HostTab.CONTAINERS, null),
                    row -> (long) row.containers())))
        .setHeader("Containers")
        .setTextAlign(ColumnTextAlign.END)
        .setWidth("6.5rem")
        .setFlexGrow(0);
    fit.needs(Room.WIDE, addColumn(row -> row.engineVersion() == null ? "–" : row.engineVersion()))
        .setHeader("Engine")
        .setWidth("7rem")
        .setFlexGrow(0);
    addMenu(changed);
    for (HostQuery.Sort sort : HostQuery.Sort.values()) {
      Column<HostRow> column = getColumnByKey(sort.name());
      column.setSortable(true).setSortProperty(sort.name());
    }
  }

  /** Calls the listener when people, not {@link #showSort}, choose another order. */
  void onSort(SerializableConsumer<Order> listener) {
    addSortListener(
        event -> {
          if (!event.isFromClient()) {
            return;
          }
          List<GridSortOrder<HostRow>> orders = event.getSortOrder();
          if (orders.isEmpty()) {
            listener.accept(new Order(HostQuery.Sort.NAME, false));
          } else {
            GridSortOrder<HostRow> first = orders.getFirst();
            listener.accept(
                new Order(
                    HostQuery.Sort.valueOf(first.getSorted().getKey()),
                    first.getDirection() == SortDirection.DESCENDING));
          }
        });
  }

  /** Marks the column that the rows are ordered by. */
  void showSort(HostQuery.Sort sort, boolean descending) {
    Column<HostRow> column = getColumnByKey(sort.name());
    sort(descending ? GridSortOrder.desc(column).build() : GridSortOrder.asc(column).build());
  }

  private static Renderer<HostRow> name() {
    return LitRenderer.<HostRow>of(
            """
            <a class="cell-link strong" href=${item.href} title=${item.endpoint}>${item.name}</a>
            <div class="narrow-only secondary">
              <span class="mark" data-mark=${item.mark}>${item.word}</span>
            </div>\
            """)
        .withProperty("href", row -> Links.href(Place.Host.of(row.id(), null)))
        .withProperty("name", HostRow::name)
        .withProperty("endpoint", HostRow::endpoint)
        .withProperty("mark", row -> Marks.key(row.status()))
        .withProperty("word", row -> Marks.word(row.status()));
  }

  private static Renderer<HostRow> score() {
    return LitRenderer.<HostRow>of(
            """
            <div class="score-cell">
              <span class="grade" data-grade=${item.grade} title=${item.meaning}>${item.letter}</span>
              <span class="score-number" title=${item.exact}>${item.score}</span>
              <div class="score-bar" aria-hidden="true" style=${item.style}></div>
            </div>\
            """)
        .withProperty("grade", row -> row.grade() == null ? "none" : row.grade())
        .withProperty("letter", row -> row.grade() == null ? "–" : row.grade())
        .withProperty("meaning", row -> Marks.gradeExplained(row.grade()))
        .withProperty("score", row -> Figures.score(row.score()))
        .withProperty("exact", row -> "Exactly " + Figures.exactScore(row.score()))
        .withProperty("style", HostGrid::band);
  }

  private static String band(HostRow row) {
    double low = row.score() == null ? 0 : row.score();
    double high = row.scoreHigh() == null ? low : row.scoreHigh();
    return "--low:" + low + ";--high:" + high;
  }

  private void addMenu(SerializableRunnable changed) {
    if (!rights.may(Permission.COLLECT) && !rights.may(Permission.MANAGE_HOSTS)) {
      return;
    }
    // The button opens the same menu as a right click, for those who have no right click.
    addColumn(
            LitRenderer.<HostRow>of(
                    """
                    <button class="row-menu" aria-label=${item.label} @click=${(e) => {
                      const box = e.currentTarget.getBoundingClientRect();
                      e.currentTarget.dispatchEvent(new MouseEvent('contextmenu', {
                        bubbles: true, composed: true, cancelable: true,
                        clientX: box.left, clientY: box.bottom }));
                    }}>⋯</button>\
                    """)
                .withProperty("label", row -> "What to do with " + row.name()))
        .setWidth("3.5rem")
        .setFlexGrow(0)
        .setFrozenToEnd(true);
    GridContextMenu<HostRow> menu = addContextMenu();
    menu.setDynamicContentHandler(
        row -> {
          menu.removeAll();
          if (row == null || row.status() == HostStatus.DECOMMISSIONED) {
            return false;
          }
          actions.of(row, rights, changed).forEach(action -> action.addTo(menu));
          return true;
        });
  }
}
