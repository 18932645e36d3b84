package dev.plimsoll.ui.findings;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridSortOrder;
import com.vaadin.flow.data.provider.SortDirection;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.data.renderer.Renderer;
import com.vaadin.flow.function.SerializableBiConsumer;
import com.vaadin.flow.function.ValueProvider;
import dev.plimsoll.posture.FindingQuery;
import dev.plimsoll.posture.FindingRow;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.widgets.Cells;
import dev.plimsoll.ui.widgets.FittingColumns;
import dev.plimsoll.ui.widgets.FittingColumns.Room;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Marks;
import java.time.Clock;

/** Findings, a row each. */
public class FindingGrid extends Grid<FindingRow> {
  private final FittingColumns fit;

  /**
   * An empty grid.
   *
   * @param withHost whether rows of several hosts are shown
   * @param details where a finding's title leads
   */
  public FindingGrid(Clock clock, boolean withHost, ValueProvider<FindingRow, Place> details) {
    addClassName("dense");
    setSelectionMode(SelectionMode.SINGLE);
    fit = new FittingColumns(this);
    fit.needs(
            Room.MEDIUM,
            addColumn(Cells.mark(row -> "severity-" + row.severity(), FindingRow::severity)))
        .setHeader("Severity")
        .setKey(FindingQuery.Sort.SEVERITY.name())
        .setWidth("7.5rem")
        .setFlexGrow(0);
    addColumn(title(details))
        .setHeader("Finding")
        .setKey(FindingQuery.Sort.CHECK.name())
        .setFlexGrow(4);
    if (withHost) {
      fit.needs(
              Room.MEDIUM,
              addColumn(
                  Cells.<FindingRow>link(
                      row -> Place.Host.of(row.host().id(), null), row -> row.host().name())))
          .setHeader("Host")
          .setKey(FindingQuery.Sort.HOST.name())
          .setFlexGrow(1);
    }
    fit.needs(Room.MEDIUM, addColumn(where())).setHeader("Where").setFlexGrow(2);
    fit.needs(
            Room.WIDE,
            addColumn(
                Cells.mark(
                    row -> Marks.findingKey(row.status()), row -> Marks.capitalised(row.status()))))
        .setHeader("Status")
        .setWidth("9rem")
        .setFlexGrow(0);
    fit.needs(Room.WIDE, addColumn(row -> row.assignee() == null ? "" : row.assignee()))
        .setHeader("Assigned to")
        .setWidth("7.5rem")
        .setFlexGrow(0);
    fit.needs(Room.WIDE, addColumn(Cells.time(FindingRow::failingSince, clock)))
        .setHeader("Failing since")
        .setKey(FindingQuery.Sort.FAILING_SINCE.name())
        .setWidth("8.5rem")
        .setFlexGrow(0);
  }

  /** Says whether a panel is open beside the grid. */
  void crowd(boolean panelOpen) {
    fit.crowd(panelOpen);
  }

  /** Lets people choose an order; the listener hears of it, not {@link #showSort}. */
  void onSort(SerializableBiConsumer<FindingQuery.Sort, Boolean> listener) {
    for (FindingQuery.Sort sort : FindingQuery.Sort.values()) {
      Column<FindingRow> column = getColumnByKey(sort.name());
      if (column != null) {
        column.setSortable(true);
      }
    }
    addSortListener(
        event -> {
          if (!event.isFromClient()) {
            return;
          }
          if (event.getSortOrder().isEmpty()) {
            listener.accept(FindingQuery.Sort.SEVERITY, true);
          } else {
            GridSortOrder<FindingRow> first = event.getSortOrder().getFirst();
            listener.accept(
                FindingQuery.Sort.valueOf(first.getSorted().getKey()),
                first.getDirection() == SortDirection.DESCENDING);
          }
        });
  }

  /** Marks the column that the rows are ordered by. */
  void showSort(FindingQuery.Sort sort, boolean descending) {
    Column<FindingRow> column = getColumnByKey(sort.name());
    if (column != null) {
      sort(descending ? GridSortOrder.desc(column).build() : GridSortOrder.asc(column).build());
    }
  }

  private static Renderer<FindingRow> title(ValueProvider<FindingRow, Place> details) {
    return LitRenderer.<FindingRow>of(
            """
            <a class="cell-link strong" href=${item.href} title=${item.title}>${item.title}</a>
            <div class="narrow-only secondary">
              <span class="mark" data-mark=${item.mark}>${item.severity}</span>
              ${item.host} · ${item.lineage}
            </div>\
            """)
        .withProperty("href", row -> Links.href(details.apply(row)))
        .withProperty("title", FindingRow::title)
        .withProperty("mark", row -> "severity-" + row.severity())
        .withProperty("severity", FindingRow::severity)
        .withProperty("host", row -> row.host().name())
        .withProperty("lineage", FindingRow::lineage);
  }

  private static Renderer<FindingRow> where() {
    return LitRenderer.<FindingRow>of(
            """
            <span title=${item.kind + ' ' + item.lineage}>${item.lineage}</span>
            <span class="secondary">${item.more}</span>\
            """)
        .withProperty("lineage", FindingRow::lineage)
        .withProperty("kind", FindingRow::kind)
        .withProperty("more", row -> row.subjectCount() > 1 ? " × " + row.subjectCount() : "");
  }
}
