package dev.plimsoll.ui.host;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.plimsoll.posture.FindingList;
import dev.plimsoll.posture.FindingRow;
import dev.plimsoll.posture.HostRow;
import dev.plimsoll.ui.findings.FindingGrid;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.paging.AnchoredPages;
import dev.plimsoll.ui.widgets.EmptyState;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.Links;
import java.time.Clock;

/** What is open on a host; working on it happens in the queue. */
class FindingsPanel extends Div implements HostPanel {
  private final Place.Findings queue;
  private final AnchoredPages<FindingRow> pages;
  private final FindingGrid grid;
  private final Span count = new Span();
  private final Div empty = new Div();

  FindingsPanel(long hostId, FindingList findings, Clock clock) {
    addClassName("list-panel");
    queue = Place.Findings.ofHost(hostId, null);
    pages = new AnchoredPages<>(page -> findings.list(queue.query(), page), FindingRow::id);
    grid = new FindingGrid(clock, false, row -> queue.selecting(row.id()));
    grid.setDataProvider(pages.provider());
    count.addClassName("secondary");
    Div head = new Div(count, Links.to(queue, "Work on them in Findings"));
    head.addClassName("filters");
    empty.add(new EmptyState("Nothing open", "No check that counts fails on this host right now."));
    add(head, grid, empty);
  }

  @Override
  public void show(HostRow host, Place.Host place) {
    int size = pages.reload();
    count.setText(Figures.count(size, "open finding", "open findings"));
    grid.setVisible(size > 0);
    empty.setVisible(size == 0);
  }
}
