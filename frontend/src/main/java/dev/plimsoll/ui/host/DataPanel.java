package dev.plimsoll.ui.host;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.plimsoll.posture.CoverageList;
import dev.plimsoll.posture.CoverageQuery;
import dev.plimsoll.posture.CoverageRow;
import dev.plimsoll.posture.HostRow;
import dev.plimsoll.ui.coverage.CoverageGrid;
import dev.plimsoll.ui.coverage.DataWords;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.paging.AnchoredPages;
import dev.plimsoll.ui.widgets.EmptyState;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.Links;
import java.time.Clock;

/** What data a host keeps, and how it stands. */
class DataPanel extends Div implements HostPanel {
  private final AnchoredPages<CoverageRow> pages;
  private final CoverageGrid grid;
  private final Span count = new Span();
  private final Div head = new Div();
  private final Div empty = new Div();
  private Place.Host place = Place.Host.of(0, null);

  DataPanel(CoverageList coverage, Clock clock) {
    addClassName("list-panel");
    pages = new AnchoredPages<>(page -> coverage.list(query(), page), CoverageRow::dataId);
    grid = new CoverageGrid(clock, false, row -> DataWords.place(row, place.asOf()));
    grid.setDataProvider(pages.provider());
    count.addClassName("secondary");
    head.addClassName("filters");
    add(head, grid, empty);
  }

  @Override
  public void show(HostRow host, Place.Host place) {
    this.place = place;
    int size = pages.reload();
    count.setText(size == 0 ? "" : Figures.count(size, "piece of data", "pieces of data"));
    head.removeAll();
    head.add(count, Links.to(Place.Coverage.ofHost(host.id(), place.asOf()), "Coverage over time"));
    grid.setVisible(size > 0);
    empty.removeAll();
    if (size == 0) {
      empty.add(
          new EmptyState(
              "No data is kept here",
              "No volume, no host directory that a container writes, and nothing of note in a"
                  + " writable layer was found."));
    }
  }

  private CoverageQuery query() {
    return CoverageQuery.ALL.ofHost(place.hostId()).at(place.asOf(), null);
  }
}
