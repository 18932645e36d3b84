package dev.plimsoll.invariants;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Coverage has both times: each row is a rectangle of what was so and what was known. Those of one
 * data lie side by side, so that at every instant exactly one state is known of each before it.
 */
final class CoverageTiles implements Invariant {
  private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

  @Override
  public String promise() {
    return "At every instant one state of coverage is known for each instant before it";
  }

  @Override
  public long check(Examined database, Consumer<Violation> violations) {
    Tiles tiles = new Tiles(database.horizon(), violations);
    database
        .jdbc()
        .sql(
            "select data_id, valid_from, nullif(valid_to, 'infinity') valid_to, known_from,"
                + " nullif(known_to, 'infinity') known_to from coverage where "
                + Examined.ofHost("host_id")
                + " order by data_id, valid_from, known_from")
        .param("host", database.hostId())
        .query(
            row -> {
              tiles.add(Tile.of(row));
            });
    tiles.finish();
    return tiles.count;
  }

  private record Tile(long dataId, Instant from, Instant to, Instant knownFrom, Instant knownTo) {
    static Tile of(ResultSet row) throws SQLException {
      return new Tile(
          row.getLong("data_id"),
          instant(row, "valid_from"),
          instant(row, "valid_to"),
          instant(row, "known_from"),
          instant(row, "known_to"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
      OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
      return time == null ? NEVER : time.toInstant();
    }

    /** How long both were known at once, from an instant on. */
    Duration together(Tile other, Instant since) {
      Instant from = later(since, later(knownFrom, other.knownFrom));
      Instant to = knownTo.isBefore(other.knownTo) ? knownTo : other.knownTo;
      return from.isBefore(to) ? Duration.between(from, to) : Duration.ZERO;
    }

    /** How long it was known that it had ended. Until then it was the state that lasts. */
    Duration knownToHaveEnded() {
      Instant from = later(knownFrom, to);
      return from.isBefore(knownTo) ? Duration.between(from, knownTo) : Duration.ZERO;
    }

    private static Instant later(Instant one, Instant other) {
      return one.isAfter(other) ? one : other;
    }
  }

  /** The rectangles of one data after the other, in the order of their beginning. */
  private static final class Tiles {
    private final Instant horizon;
    private final Consumer<Violation> violations;
    private final List<Tile> tiles = new ArrayList<>();
    private long count;

    Tiles(Instant horizon, Consumer<Violation> violations) {
      this.horizon = horizon;
      this.violations = violations;
    }

    void add(Tile tile) {
      if (!tiles.isEmpty() && tiles.getFirst().dataId() != tile.dataId()) {
        finish();
      }
      tiles.add(tile);
      count++;
    }

    void finish() {
      overlaps();
      holes();
      tiles.clear();
    }

    private void overlaps() {
      List<Tile> open = new ArrayList<>();
      for (Tile tile : tiles) {
        open.removeIf(before -> !before.to().isAfter(tile.from()));
        for (Tile before : open) {
          if (!before.together(tile, Instant.MIN).isZero()) {
            violations.accept(
                new Violation(
                    "coverage",
                    "of data " + tile.dataId(),
                    "two states are known at once from %s on: one began then, one at %s"
                        .formatted(tile.from(), before.from())));
          }
        }
        open.add(tile);
      }
    }

    private void holes() {
      Map<Instant, List<Tile>> byBeginning = new HashMap<>();
      tiles.forEach(
          tile -> byBeginning.computeIfAbsent(tile.from(), from -> new ArrayList<>()).add(tile));
      for (Tile tile : tiles) {
        @Nullable List<Tile> next = byBeginning.get(tile.to());
        Duration followed =
            next == null
                ? Duration.ZERO
                : next.stream()
                    .map(follower -> tile.together(follower, tile.to()))
                    .reduce(Duration.ZERO, Duration::plus);
        if (tile.to().isBefore(NEVER)
            && !tile.to().isBefore(horizon)
            && followed.compareTo(tile.knownToHaveEnded()) < 0
            && laterThan(tile)) {
          violations.accept(
              new Violation(
                  "coverage",
                  "of data " + tile.dataId(),
                  "nothing is known of it from %s on, where a state ends".formatted(tile.to())));
        }
      }
    }

    /** Whether a state is known of a later instant: then the data had not ended. */
    private boolean laterThan(Tile tile) {
      return tiles.stream()
          .anyMatch(
              other ->
                  !other.from().isBefore(tile.to())
                      && !other.from().equals(tile.to())
                      && !other.together(tile, tile.to()).isZero());
    }
  }
}
