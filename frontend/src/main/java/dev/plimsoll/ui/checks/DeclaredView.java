package dev.plimsoll.ui.checks;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.data.renderer.Renderer;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.plimsoll.checklist.Declaration;
import dev.plimsoll.compliance.DeclarationKind;
import dev.plimsoll.compliance.Declarations;
import dev.plimsoll.compliance.Declared;
import dev.plimsoll.compliance.NoSuchDeclaration;
import dev.plimsoll.fleet.Groups;
import dev.plimsoll.fleet.Hosts;
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
import dev.plimsoll.ui.widgets.Messages;
import dev.plimsoll.ui.widgets.Screen;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.util.List;

/** What the company declared to be meant: which, where, why, and which checks read it. */
@Route(Place.DeclaredList.ROUTE)
@PageTitle("Declared · Plimsoll")
@PermitAll
public class DeclaredView extends Screen implements AfterNavigationObserver {
  private final Declarations declarations;
  private final Groups groups;
  private final Hosts hosts;
  private final Clock clock;
  private final boolean mayChange;
  private final Span count = new Span();
  private final ComboBox<DeclarationKind> kind = new ComboBox<>();
  private final Span meaning = new Span();
  private final Grid<Declared> grid = new Grid<>();
  private final EmptyState empty;
  private Place.DeclaredList place = Place.DeclaredList.ALL;

  DeclaredView(Declarations declarations, Groups groups, Hosts hosts, Rights rights, Clock clock) {
    this.declarations = declarations;
    this.groups = groups;
    this.hosts = hosts;
    this.clock = clock;
    this.mayChange = rights.may(Permission.MANAGE_CHECKS);
    fillHeight();
    count.addClassName("secondary");
    Heading heading = new Heading("Declared").beside(count);
    Button declare = new Button("Declare", event -> declare());
    declare.addThemeVariants(ButtonVariant.PRIMARY);
    if (mayChange) {
      heading.actions(Links.button(Place.Checks.ALL, "Checks"), declare);
    } else {
      heading.actions(Links.button(Place.Checks.ALL, "Checks"));
    }
    empty =
        new EmptyState(
            "Nothing is declared",
            "Some checks cannot know what is meant: which registries are yours, which hosts are"
                + " swarm nodes, which plugins are wanted. Declare it, and they take it for"
                + " right.");
    buildGrid();
    add(heading, filters(), grid, empty);
  }

  @Override
  public void afterNavigation(AfterNavigationEvent event) {
    Place.Parsed<Place.DeclaredList> parsed =
        Place.DeclaredList.parse(event.getLocation().getQueryParameters());
    Messages.problems(parsed.problems());
    place = parsed.place();
    Declaration declaration = place.kind();
    kind.setValue(declaration == null ? null : DeclarationKind.of(declaration));
    show();
  }

  private void show() {
    List<Declared> rows = declarations.list(place.kind(), null);
    grid.setItems(rows);
    grid.setVisible(!rows.isEmpty());
    empty.setVisible(rows.isEmpty());
    count.setText(Figures.count(rows.size(), "declaration", "declarations"));
    Declaration declaration = place.kind();
    meaning.setText(declaration == null ? "" : explained(DeclarationKind.of(declaration)));
  }

  private Div filters() {
    kind.setPlaceholder("Anything declared");
    kind.setAriaLabel("What is declared");
    kind.setItems(DeclarationKind.all());
    kind.setItemLabelGenerator(DeclaredView::word);
    kind.setClearButtonVisible(true);
    kind.addValueChangeListener(
        event -> {
          if (event.isFromClient()) {
            DeclarationKind chosen = event.getValue();
            go(new Place.DeclaredList(chosen == null ? null : chosen.declaration()));
          }
        });
    meaning.addClassName("secondary");
    Div filters = new Div(kind, meaning);
    filters.addClassName("filters");
    return filters;
  }

  private void buildGrid() {
    grid.addClassName("dense");
    grid.setSelectionMode(Grid.SelectionMode.NONE);
    FittingColumns fit = new FittingColumns(grid);
    fit.needs(Room.MEDIUM, grid.addColumn(row -> word(DeclarationKind.of(row.kind()))))
        .setHeader("What")
        .setWidth("11rem")
        .setFlexGrow(0);
    grid.addColumn(value()).setHeader("Value").setFlexGrow(3);
    fit.needs(Room.MEDIUM, grid.addColumn(DeclaredView::scope)).setHeader("Where").setFlexGrow(2);
    fit.needs(Room.WIDE, grid.addColumn(Declared::note)).setHeader("Why").setFlexGrow(3);
    fit.needs(Room.WIDE, grid.addColumn(DeclaredView::checks))
        .setHeader("Read by")
        .setWidth("11rem")
        .setFlexGrow(0);
    fit.needs(Room.WIDE, grid.addColumn(Declared::author))
        .setHeader("By")
        .setWidth("8rem")
        .setFlexGrow(0);
    fit.needs(Room.WIDE, grid.addColumn(Cells.time(Declared::since, clock)))
        .setHeader("Since")
        .setWidth("8rem")
        .setFlexGrow(0);
    if (mayChange) {
      grid.addColumn(new ComponentRenderer<>(this::withdrawal))
          .setHeader("")
          .setWidth("7.5rem")
          .setFlexGrow(0);
    }
  }

  /** The value, and in a narrow window what else there is to know. */
  private static Renderer<Declared> value() {
    return LitRenderer.<Declared>of(
            """
            <span class="code wrap">${item.value}</span>
            <div class="narrow-only secondary">${item.kind}, ${item.scope}</div>\
            """)
        .withProperty("value", Declared::value)
        .withProperty("kind", row -> word(DeclarationKind.of(row.kind())))
        .withProperty("scope", DeclaredView::scope);
  }

  private Button withdrawal(Declared row) {
    Button withdraw = new Button("Take back", event -> withdraw(row));
    withdraw.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
    withdraw.setAriaLabel("Take back " + row.value());
    return withdraw;
  }

  private void withdraw(Declared row) {
    try {
      declarations.withdraw(row.id());
    } catch (NoSuchDeclaration e) {
      Messages.refused("Somebody else took it back already.");
      show();
      return;
    }
    Messages.done("Taken back. The hosts concerned are judged anew; the past stays as it was.");
    show();
  }

  private void declare() {
    Declaration declaration = place.kind();
    new DeclareDialog(
            declarations,
            groups,
            hosts,
            declaration == null ? null : DeclarationKind.of(declaration),
            this::show)
        .open();
  }

  private void go(Place.DeclaredList next) {
    getUI().ifPresent(ui -> Links.go(ui, next));
  }

  static String word(DeclarationKind kind) {
    String words = kind.declaration().word().replace('-', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  static String explained(DeclarationKind kind) {
    return kind.checks().isEmpty()
        ? kind.meaning()
        : kind.meaning() + " Read by " + String.join(", ", kind.checks()) + ".";
  }

  private static String checks(Declared row) {
    return String.join(", ", DeclarationKind.of(row.kind()).checks());
  }

  private static String scope(Declared row) {
    return switch (row.scope()) {
      case Declared.Scope.Fleet() -> "Whole fleet";
      case Declared.Scope.Group(String path) -> path;
      case Declared.Scope.Host(long id, String name) -> "Host " + (name == null ? id : name);
    };
  }
}
