package dev.plimsoll.posture;

import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Collections, newest first. */
@Service
@Requires(Permission.READ)
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
public class CollectionList {
  private static final KeyOrder NEWEST_FIRST =
      KeyOrder.of(
          KeyColumn.of("started_at", KeyColumn.Type.INSTANT, true),
          KeyColumn.of("id", KeyColumn.Type.NUMBER, true));

  private final JdbcClient jdbc;
  private final Clock clock;

  CollectionList(JdbcClient jdbc, @Qualifier("publishClock") Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Collections of one host, or of all if null. */
  public Page<CollectionRow> list(@Nullable Long hostId, PageRequest page) {
    return list(hostId, null, page);
  }

  /** The same as of an instant, null for now: what ran then is listed as running. */
  public Page<CollectionRow> list(@Nullable Long hostId, @Nullable Instant asOf, PageRequest page) {
    Listing<Filter> listing =
        Listing.of("collections", new Filter(hostId), new Filter(null), asOf, page, clock);
    Conditions conditions =
        known(listing.moment()).andIf(listing.query().hostId(), "c.host_id = :host", "host");
    return new KeyedSelect(
            select(listing.moment(), conditions), conditions.parameters(), NEWEST_FIRST)
        .page(jdbc, listing, page, (row, n) -> row(row, listing.moment()));
  }

  /** One collection. */
  public Optional<CollectionRow> get(long collectionId) {
    return get(collectionId, null);
  }

  /** One collection as of an instant, null for now; empty if it had not begun. */
  public Optional<CollectionRow> get(long collectionId, @Nullable Instant asOf) {
    Moment moment = Moment.of(asOf, clock);
    Conditions conditions = known(moment).and("c.id = :id", "id", collectionId);
    return jdbc.sql(select(moment, conditions))
        .params(conditions.parameters())
        .query((row, n) -> row(row, moment))
        .optional();
  }

  private static Conditions known(Moment moment) {
    Conditions conditions = new Conditions(moment);
    return moment.current() ? conditions : conditions.and("c.started_at <= :at");
  }

  private static String select(Moment moment, Conditions conditions) {
    return "select c.*, hh.name host_name from collection c"
        + " join host_history hh on hh.host_id = c.host_id and "
        + moment.holds("hh")
        + conditions.where();
  }

  private static CollectionRow row(ResultSet row, Moment moment) throws SQLException {
    Instant finishedAt = Rows.instantOrNull(row, "finished_at");
    HostRef host = new HostRef(row.getLong("host_id"), row.getString("host_name"));
    if (finishedAt == null || (!moment.current() && finishedAt.isAfter(moment.at()))) {
      return new CollectionRow(
          row.getLong("id"),
          host,
          row.getString("worker"),
          "RUNNING",
          Rows.instant(row, "started_at"),
          null,
          null,
          null,
          null,
          List.of());
    }
    return new CollectionRow(
        row.getLong("id"),
        host,
        row.getString("worker"),
        row.getString("outcome"),
        Rows.instant(row, "started_at"),
        finishedAt,
        row.getObject("containers") == null
            ? null
            : new CollectionRow.Counts(
                row.getInt("containers"),
                row.getInt("images"),
                row.getInt("volumes"),
                row.getInt("networks"),
                row.getInt("documents_new")),
        row.getString("error_category"),
        row.getString("error_detail"),
        Problems.all(row.getString("problems")));
  }

  private record Filter(@Nullable Long hostId) {}
}
