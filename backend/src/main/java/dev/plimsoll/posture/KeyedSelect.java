package dev.plimsoll.posture;

import dev.plimsoll.fleet.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A select whose rows are paged by key.
 *
 * @param sql selects the columns of {@code order} among others, without {@code order by}
 * @param parameters values of its named parameters; those that it does not name are ignored
 */
record KeyedSelect(String sql, Map<String, ?> parameters, KeyOrder order) {
  /** Counting stops here. */
  static final int MOST_COUNTED = 10_000;

  /** The page that the listing stands at. */
  <R> Page<R> page(JdbcClient jdbc, Listing<?> listing, PageRequest request, RowMapper<R> mapper) {
    List<@Nullable String> after = listing.after();
    KeyOrder.After beyond = after == null ? new KeyOrder.After("true", Map.of()) : beyond(after);
    List<Keyed<R>> rows =
        jdbc.sql(
                "select * from ("
                    + sql
                    + ") listed where "
                    + beyond.condition()
                    + " order by "
                    + order.orderBy()
                    + " limit :rows")
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

  private KeyOrder.After beyond(List<@Nullable String> key) {
    try {
      return order.after(key);
    } catch (IllegalArgumentException e) {
      throw (InvalidInput) Listing.unfit("is damaged").initCause(e);
    }
  }

  private long count(JdbcClient jdbc) {
    return jdbc.sql("select count(*) from (select 1 from (" + sql + ") listed limit :most) counted")
        .params(parameters)
        .param("most", MOST_COUNTED + 1)
        .query(Long.class)
        .single();
  }

  private record Keyed<R>(List<@Nullable String> key, R row) {}
}
