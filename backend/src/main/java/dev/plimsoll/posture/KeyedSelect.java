package dev.plimsoll.posture;

import dev.plimsoll.fleet.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Selects whose rows together are paged by key.
 *
 * @param selects each has the columns of {@code order} among others, and no {@code order by}; no
 *     row comes from two of them
 * @param parameters values of their named parameters; those that they do not name are ignored
 */
record KeyedSelect(List<String> selects, Map<String, ?> parameters, KeyOrder order) {
  /** Counting stops here. */
  static final int MOST_COUNTED = 10_000;

  KeyedSelect {
    selects = List.copyOf(selects);
  }

  KeyedSelect(String select, Map<String, ?> parameters, KeyOrder order) {
    this(List.of(select), parameters, order);
  }

  /** The page that the listing stands at. */
  <R> Page<R> page(JdbcClient jdbc, Listing<?> listing, PageRequest request, RowMapper<R> mapper) {
    List<@Nullable String> after = listing.after();
    KeyOrder.After beyond = after == null ? new KeyOrder.After("true", Map.of()) : beyond(after);
    List<Keyed<R>> rows =
        jdbc.sql(page(beyond.condition()))
            .params(parameters)
            .params(beyond.parameters())
            .param("rows", request.limit() + 1)
            .query((row, n) -> new Keyed<>(order.read(row), mapper.mapRow(row, n)))
            .list();
    boolean more = rows.size() > request.limit();
    List<Keyed<R>> shown = more ? rows.subList(0, request.limit()) : rows;
    List<R> items = new ArrayList<>(shown.size());
    shown.forEach(row -> items.add(row.row()));
    long count = request.count() ? count(jdbc) : 0;
    return new Page<>(
        items,
        more ? listing.cursor(shown.getLast().key()) : null,
        request.count() ? (Long) Math.min(count, MOST_COUNTED) : null,
        count > MOST_COUNTED);
  }

  /** Each select stops by itself after a page, so that each can go by an index of its own. */
  private String page(String condition) {
    List<String> pages =
        selects.stream()
            .map(
                select ->
                    "select * from (%s) listed where %s order by %s limit :rows"
                        .formatted(select, condition, order.orderBy()))
            .toList();
    return pages.size() == 1
        ? pages.getFirst()
        : "select * from ((%s)) together order by %s limit :rows"
            .formatted(String.join(") union all (", pages), order.orderBy());
  }

  private KeyOrder.After beyond(List<@Nullable String> key) {
    try {
      return order.after(key);
    } catch (IllegalArgumentException e) {
      throw (InvalidInput) Listing.unfit("is damaged").initCause(e);
    }
  }

  private long count(JdbcClient jdbc) {
    return jdbc.sql(
            "select count(*) from (select 1 from (("
                + String.join(") union all (", selects)
                + ")) listed limit :most) counted")
        .params(parameters)
        .param("most", MOST_COUNTED + 1)
        .query(Long.class)
        .single();
  }

  private record Keyed<R>(List<@Nullable String> key, R row) {}
}
