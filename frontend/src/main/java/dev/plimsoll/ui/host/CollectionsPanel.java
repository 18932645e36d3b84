package dev.plimsoll.ui.host;

import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import dev.plimsoll.posture.CollectionList;
import dev.plimsoll.posture.CollectionRow;
import dev.plimsoll.posture.HostRow;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.paging.AnchoredPages;
import dev.plimsoll.ui.widgets.Cells;
import dev.plimsoll.ui.widgets.Code;
import dev.plimsoll.ui.widgets.EmptyState;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.FittingColumns;
import dev.plimsoll.ui.widgets.FittingColumns.Room;
import dev.plimsoll.ui.widgets.Marks;
import java.time.Clock;
import java.time.Duration;
import java.util.function.ToIntFunction;

/** How a host's collections went, newest first; a row unfolds to what went wrong. */
class CollectionsPanel extends Div implements HostPanel {
  private final AnchoredPages<CollectionRow> pages;
  private final Grid<CollectionRow> grid = new Grid<>();
  private final EmptyState empty =
      new EmptyState("No collections yet", "The first one starts as soon as the host is added.");

  CollectionsPanel(long hostId, CollectionList collections, Clock clock) {
    addClassName("list-panel");
    pages = new AnchoredPages<>(page -> collections.list(hostId, page), CollectionRow::id);
    grid.addClassName("dense");
    grid.setSelectionMode(Grid.SelectionMode.NONE);
    grid.setDataProvider(pages.provider());
    grid.addColumn(Cells.time(CollectionRow::startedAt, clock)).setHeader("Started");
    grid.addColumn(
            Cells.mark(
                row -> Marks.collectionKey(row.outcome()), row -> Marks.capitalised(row.outcome())))
        .setHeader("Outcome");
    FittingColumns fit = new FittingColumns(grid);
    fit.needs(Room.MEDIUM, grid.addColumn(CollectionsPanel::duration))
        .setHeader("Took")
        .setTextAlign(ColumnTextAlign.END);
    fit.needs(Room.MEDIUM, count("Containers", CollectionRow.Counts::containers));
    fit.needs(Room.WIDE, count("Images", CollectionRow.Counts::images));
    fit.needs(Room.WIDE, count("Volumes", CollectionRow.Counts::volumes));
    fit.needs(Room.WIDE, count("Networks", CollectionRow.Counts::networks));
    fit.needs(Room.MEDIUM, count("New documents", CollectionRow.Counts::documentsNew));
    grid.addColumn(CollectionsPanel::reason).setHeader("Reason").setKey("reason").setFlexGrow(3);
    grid.setItemDetailsRenderer(new ComponentRenderer<>(CollectionsPanel::details));
    add(grid, empty);
  }

  @Override
  public void show(HostRow host, Place.Host place) {
    int size = pages.reload();
    grid.setVisible(size > 0);
    empty.setVisible(size == 0);
  }

  private Grid.Column<CollectionRow> count(
      String header, ToIntFunction<CollectionRow.Counts> figure) {
    return grid.addColumn(
            row -> row.counts() == null ? "–" : Figures.count(figure.applyAsInt(row.counts())))
        .setHeader(header)
        .setTextAlign(ColumnTextAlign.END);
  }

  private static String duration(CollectionRow row) {
    return row.finishedAt() == null
        ? "–"
        : Figures.duration(Duration.between(row.startedAt(), row.finishedAt()));
  }

  private static String reason(CollectionRow row) {
    if (row.errorCategory() != null) {
      String detail = row.errorDetail() == null ? "" : ": " + row.errorDetail();
      return Marks.capitalised(row.errorCategory()) + detail;
    }
    return row.problems().isEmpty()
        ? ""
        : Figures.count(row.problems().size(), "call failed", "calls failed");
  }

  private static Div details(CollectionRow row) {
    Div details = new Div();
    details.addClassName("row-details");
    details.add(
        new Paragraph(
            "Collection "
                + row.id()
                + (row.worker().isEmpty() ? "" : " by portal process " + row.worker())));
    if (row.errorDetail() != null) {
      details.add(new Paragraph(row.errorDetail()));
    }
    if (row.problems().isEmpty()) {
      if (row.errorDetail() == null) {
        details.add(new Paragraph("Every call was answered."));
      }
      return details;
    }
    UnorderedList problems = new UnorderedList();
    for (CollectionRow.Problem problem : row.problems()) {
      String answer = problem.status() == 0 ? "no answer" : Integer.toString(problem.status());
      problems.add(
          new ListItem(
              Code.of(problem.call()), new Span(" → " + answer + ": " + problem.detail())));
    }
    details.add(problems);
    return details;
  }
}
