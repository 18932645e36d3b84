package dev.plimsoll.ui.widgets;

import com.vaadin.flow.component.grid.Grid;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Shows of a grid's columns those that there is room for: fewer beside an open panel, and fewest in
 * a narrow window, where the first column tells the rest.
 */
public final class FittingColumns implements Serializable {
  /** How much room a column needs. */
  public enum Room {
    /** Always shown. */
    NARROW,
    /** Shown unless the window is narrow. */
    MEDIUM,
    /** Shown where nothing is beside the grid. */
    WIDE
  }

  private static final int MEDIUM_PIXELS = 1250;

  private final Map<Grid.Column<?>, Room> needs = new LinkedHashMap<>();
  private Room window = Room.WIDE;
  private boolean crowded;

  /** Fits the columns of a grid to its window from now on. */
  public FittingColumns(Grid<?> grid) {
    WindowWidth.follow(
        grid,
        pixels -> {
          window =
              pixels < WindowWidth.NARROW_PIXELS
                  ? Room.NARROW
                  : pixels < MEDIUM_PIXELS ? Room.MEDIUM : Room.WIDE;
          fit();
        });
  }

  /** Says how much room a column needs; those of which nothing is said are always shown. */
  public <T> Grid.Column<T> needs(Room room, Grid.Column<T> column) {
    needs.put(column, room);
    return column;
  }

  /** Says whether a panel is open beside the grid. */
  public void crowd(boolean panelOpen) {
    crowded = panelOpen;
    fit();
  }

  private void fit() {
    Room room = crowded && window == Room.WIDE ? Room.MEDIUM : window;
    needs.forEach((column, need) -> column.setVisible(need.compareTo(room) <= 0));
  }
}
