package dev.plimsoll.ui.ownchecks;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.data.renderer.Renderer;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.plimsoll.owncheck.OwnCheckRecord;
import dev.plimsoll.owncheck.OwnCheckStatus;
import dev.plimsoll.owncheck.WrittenChecks;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.shell.Rights;
import dev.plimsoll.ui.widgets.Cells;
import dev.plimsoll.ui.widgets.EmptyState;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.FittingColumns;
import dev.plimsoll.ui.widgets.FittingColumns.Room;
import dev.plimsoll.ui.widgets.Heading;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Marks;
import dev.plimsoll.ui.widgets.Screen;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The checks that the company writes itself: drafts, active and retired ones. */
@Route(Place.OwnChecks.ROUTE)
@PageTitle("Own checks · Plimsoll")
@PermitAll
public class OwnChecksView extends Screen implements AfterNavigationObserver {
  private final WrittenChecks checks;
  private final Clock clock;
  private final Span count = new Span();
  private final Grid<OwnCheckRecord> grid = new Grid<>();
  private final EmptyState empty;

  OwnChecksView(WrittenChecks checks, Rights rights, Clock clock) {
    this.checks = checks;
    this.clock = clock;
    fillHeight();
    count.addClassName("secondary");
    boolean mayChange = rights.may(Permission.MANAGE_CHECKS);
    Heading heading = new Heading("Own checks").beside(count);
    if (mayChange) {
      heading.actions(
          Links.button(Place.Checks.ALL, "Catalogue"),
          Links.button(new Place.NewOwnCheck(null), "Write a check"));
    } else {
      heading.actions(Links.button(Place.Checks.ALL, "Catalogue"));
    }
    empty =
        new EmptyState(
            "The company has written no check yet",
            mayChange
                ? "What the catalogue cannot know, such as which registry is yours, you can check"
                    + " with an expression over the engine's own documents. Start from one of these:"
                : "An administrator can write checks over the engine's own documents.",
            mayChange ? examples() : new Component[0]);
    buildGrid();
    add(heading, grid, empty);
  }

  private static Component[] examples() {
    return Arrays.stream(Example.values())
        .map(example -> Links.button(new Place.NewOwnCheck(example.word()), example.label()))
        .toArray(Component[]::new);
  }

  @Override
  public void afterNavigation(AfterNavigationEvent event) {
    List<OwnCheckRecord> rows = checks.list(null);
    grid.setItems(rows);
    grid.setVisible(!rows.isEmpty());
    empty.setVisible(rows.isEmpty());
    long active = rows.stream().filter(row -> row.status() == OwnCheckStatus.ACTIVE).count();
    count.setText(
        rows.isEmpty()
            ? ""
            : Figures.count(active) + " of " + Figures.count(rows.size()) + " judge");
  }

  private void buildGrid() {
    grid.addClassName("dense");
    grid.setSelectionMode(Grid.SelectionMode.NONE);
    FittingColumns fit = new FittingColumns(grid);
    fit.needs(Room.WIDE, grid.addColumn(Cells.code(row -> row.draft().id())))
        .setHeader("Check")
        .setWidth("13rem")
        .setFlexGrow(0);
    grid.addColumn(title()).setHeader("What passes").setFlexGrow(4);
    grid.addColumn(
            Cells.mark(
                row -> "check-" + row.status().name().toLowerCase(Locale.ROOT),
                row -> Marks.capitalised(row.status().name())))
        .setHeader("Status")
        .setWidth("7rem")
        .setFlexGrow(0);
    fit.needs(
            Room.MEDIUM,
            grid.addColumn(
                Cells.mark(
                    row -> "severity-" + Marks.word(row.draft().severity()),
                    row -> Marks.word(row.draft().severity()))))
        .setHeader("Severity")
        .setWidth("7.5rem")
        .setFlexGrow(0);
    fit.needs(Room.WIDE, grid.addColumn(row -> row.draft().subject().word()))
        .setHeader("Subject")
        .setWidth("7rem")
        .setFlexGrow(0);
    fit.needs(Room.WIDE, grid.addColumn(row -> Marks.capitalised(row.draft().mode().name())))
        .setHeader("Counts")
        .setWidth("7rem")
        .setFlexGrow(0);
    fit.needs(Room.WIDE, grid.addColumn(OwnCheckRecord::changedBy))
        .setHeader("By")
        .setWidth("9rem")
        .setFlexGrow(0);
    fit.needs(Room.MEDIUM, grid.addColumn(Cells.time(OwnCheckRecord::since, clock)))
        .setHeader("Since")
        .setWidth("8rem")
        .setFlexGrow(0);
  }

  private static Renderer<OwnCheckRecord> title() {
    return LitRenderer.<OwnCheckRecord>of(
            """
            <a class="cell-link strong wrap" href=${item.href}>${item.title}</a>
            <div class="narrow-only secondary">
              <span class="mark" data-mark=${item.mark}>${item.severity}</span>
              <span class="code">${item.id}</span>
            </div>\
            """)
        .withProperty("href", row -> Links.href(new Place.OwnCheck(row.draft().id())))
        .withProperty("title", row -> row.draft().title())
        .withProperty("id", row -> row.draft().id())
        .withProperty("mark", row -> "severity-" + Marks.word(row.draft().severity()))
        .withProperty("severity", row -> Marks.word(row.draft().severity()));
  }
}
