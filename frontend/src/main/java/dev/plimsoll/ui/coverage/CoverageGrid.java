package dev.plimsoll.ui.coverage;

import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridSortOrder;
import com.vaadin.flow.data.provider.SortDirection;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.data.renderer.Renderer;
import com.vaadin.flow.function.SerializableBiConsumer;
import com.vaadin.flow.function.ValueProvider;
import dev.plimsoll.posture.CoverageQuery;
import dev.plimsoll.posture.CoverageRow;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.widgets.Cells;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.FittingColumns;
import dev.plimsoll.ui.widgets.FittingColumns.Room;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Marks;
import dev.plimsoll.ui.widgets.Moments;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Data with how it stands, a row each. */
public class CoverageGrid extends Grid<CoverageRow> {
  private final Clock clock;

  /**
   * An empty grid.
   *
   * @param withHost whether rows of several hosts are shown
   * @param page where the name of data leads
   */
  public CoverageGrid(Clock clock, boolean withHost, ValueProvider<CoverageRow, Place> page) {
    this.clock = clock;
    addClassName("dense");
    setSelectionMode(SelectionMode.NONE);
    FittingColumns fit = new FittingColumns(this);
    fit.needs(Room.MEDIUM, addColumn(state()))
        .setHeader("State")
        .setKey(CoverageQuery.Sort.STATE.name())
        .setWidth("8rem")
        .setFlexGrow(0);
    addColumn(name(page)).setHeader("Data").setKey(CoverageQuery.Sort.NAME.name()).setFlexGrow(5);
    if (withHost) {
      fit.needs(
              Room.MEDIUM,
              addColumn(
                  Cells.<CoverageRow>link(
                      row -> Place.Host.of(row.host().id(), Place.HostTab.DATA, null),
                      row -> row.host().name())))
          .setHeader("Host")
          .setKey(CoverageQuery.Sort.HOST.name())
          .setFlexGrow(2);
    }
    fit.needs(Room.WIDE, addColumn(row -> DataWords.users(row.usedBy())))
        .setHeader("Used by")
        .setFlexGrow(2);
    fit.needs(Room.MEDIUM, addColumn(policy())).setHeader("Policy, RPO").setFlexGrow(2);
    addColumn(lastGood())
        .setHeader("Last good backup")
        .setKey(CoverageQuery.Sort.LAST_SUCCESS.name())
        .setWidth("10.5rem")
        .setFlexGrow(0);
    fit.needs(Room.MEDIUM, addColumn(turn())).setHeader("Next").setWidth("7rem").setFlexGrow(0);
    fit.needs(Room.WIDE, addColumn(Cells.time(row -> row.backups().lastRestoreTest(), clock)))
        .setHeader("Restored")
        .setWidth("6.5rem")
        .setFlexGrow(0);
    fit.needs(Room.WIDE, addColumn(CoverageGrid::size))
        .setHeader("Size")
        .setKey(CoverageQuery.Sort.BYTES.name())
        .setTextAlign(ColumnTextAlign.END)
        .setWidth("6rem")
        .setFlexGrow(0);
  }

  /** Lets people choose an order; the listener hears of it, not {@link #showSort}. */
  void onSort(SerializableBiConsumer<CoverageQuery.Sort, Boolean> listener) {
    for (CoverageQuery.Sort sort : CoverageQuery.Sort.values()) {
      Column<CoverageRow> column = getColumnByKey(sort.name());
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
            listener.accept(CoverageQuery.Sort.STATE, false);
          } else {
            GridSortOrder<CoverageRow> first = event.getSortOrder().getFirst();
            listener.accept(
                CoverageQuery.Sort.valueOf(first.getSorted().getKey()),
                first.getDirection() == SortDirection.DESCENDING);
          }
        });
  }

  /** Marks the column that the rows are ordered by. */
  void showSort(CoverageQuery.Sort sort, boolean descending) {
    Column<CoverageRow> column = getColumnByKey(sort.name());
    if (column != null) {
      sort(descending ? GridSortOrder.desc(column).build() : GridSortOrder.asc(column).build());
    }
  }

  private static Renderer<CoverageRow> state() {
    return LitRenderer.<CoverageRow>of(
            "<span class=\"mark\" data-mark=${item.mark} title=${item.why}>${item.word}</span>")
        .withProperty("mark", row -> Marks.key(row.state()))
        .withProperty("word", row -> Marks.word(row.state()))
        .withProperty("why", CoverageRow::sentence);
  }

  private static Renderer<CoverageRow> name(ValueProvider<CoverageRow, Place> page) {
    return LitRenderer.<CoverageRow>of(
            """
            <a class="cell-link strong" href=${item.href} title=${item.title}>${item.name}</a>
            <span class="secondary">${item.shape}</span>
            <div class="narrow-only secondary">
              <span class="mark" data-mark=${item.mark}>${item.word}</span>
              ${item.host} · ${item.policy}
            </div>\
            """)
        .withProperty("href", row -> Links.href(page.apply(row)))
        .withProperty("name", DataWords::name)
        .withProperty("title", row -> row.name() + ": " + row.sentence())
        .withProperty("shape", row -> " " + DataWords.shape(row))
        .withProperty("mark", row -> Marks.key(row.state()))
        .withProperty("word", row -> Marks.word(row.state()))
        .withProperty("host", row -> row.host().name())
        .withProperty(
            "policy", row -> row.promise() == null ? "no policy" : DataWords.promise(row));
  }

  private static Renderer<CoverageRow> policy() {
    return LitRenderer.<CoverageRow>of(
            "${item.words ? html`<span title=${item.words}>${item.words}</span>`"
                + " : html`<span class=\"none\">none</span>`}")
        .withProperty("words", DataWords::promise);
  }

  private Renderer<CoverageRow> turn() {
    return LitRenderer.<CoverageRow>of(
            """
            ${item.at ? html`${item.to} <plimsoll-time datetime=${item.at} title=${item.exact}>\
            ${item.words}</plimsoll-time>` : html`<span class="none">–</span>`}\
            """)
        .withProperty("to", row -> DataWords.turn(row.turnsTo()))
        .withProperty("at", row -> text(row.turnsAt()))
        .withProperty("exact", row -> exact(row.turnsAt()))
        .withProperty("words", row -> words(row.turnsAt()));
  }

  private Renderer<CoverageRow> lastGood() {
    return LitRenderer.<CoverageRow>of(
            """
            ${item.at ? html`<plimsoll-time datetime=${item.at} title=${item.exact}>${item.words}\
            </plimsoll-time> <span class="secondary">${item.where}</span>`
            : html`<span class="none">none</span>`}\
            """)
        .withProperty("at", row -> text(startOfGood(row)))
        .withProperty("exact", row -> exact(startOfGood(row)))
        .withProperty("words", row -> words(startOfGood(row)))
        .withProperty("where", row -> DataWords.where(row.backups().good()));
  }

  private static @Nullable Instant startOfGood(CoverageRow row) {
    CoverageRow.Good good = row.backups().good();
    return good == null ? null : good.startedAt();
  }

  private static String size(CoverageRow row) {
    Long bytes = row.bytes();
    return bytes == null ? "–" : Figures.bytes(bytes);
  }

  private static @Nullable String text(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }

  private static @Nullable String exact(@Nullable Instant at) {
    return at == null ? null : Moments.exact(at);
  }

  private @Nullable String words(@Nullable Instant at) {
    return at == null ? null : Moments.relative(at, clock.instant());
  }
}
