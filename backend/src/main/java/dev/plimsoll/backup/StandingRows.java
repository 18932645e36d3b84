package dev.plimsoll.backup;

import dev.plimsoll.backup.coverage.CoverageReason;
import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.backup.coverage.Revision;
import dev.plimsoll.backup.coverage.Standing;
import dev.plimsoll.backup.coverage.Stretch;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/** How data stood, when, and since when that is known. */
@Repository
class StandingRows {
  private final JdbcClient jdbc;

  StandingRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What is held for true of data, as far as it does not end before an instant; in order. */
  Map<Long, List<Stretch>> since(Collection<Long> ids, Instant since) {
    Map<Long, List<Stretch>> kept = new HashMap<>();
    jdbc.sql(
            "select * from coverage where data_id = any (?) and valid_to > ?"
                + " and known_to = 'infinity' order by data_id, valid_from")
        .param(new SqlArrayValue("bigint", ids.toArray()))
        .param(Times.of(since))
        .query(
            row -> {
              kept.computeIfAbsent(row.getLong("data_id"), id -> new ArrayList<>())
                  .add(stretch(row));
            });
    return kept;
  }

  /** Data of a host of which time alone has changed something by an instant, with when it did. */
  Map<Long, Instant> turned(long hostId, Instant at) {
    Map<Long, Instant> turned = new HashMap<>();
    jdbc.sql(
            "select data_id, turns_at from coverage_open where host_id = ? and turns_at <= ?"
                + " and known_to = 'infinity'")
        .param(hostId)
        .param(Times.of(at))
        .query(
            row -> {
              turned.put(row.getLong("data_id"), Times.read(row, "turns_at"));
            });
    return turned;
  }

  /** When time alone changes something of a host next. */
  Optional<Instant> nextTurn(long hostId) {
    return jdbc.sql(
            "select min(turns_at) next from coverage_open where host_id = ?"
                + " and turns_at < 'infinity' and known_to = 'infinity'")
        .param(hostId)
        .query((row, n) -> Optional.ofNullable(Times.readOrNull(row, "next")))
        .single();
  }

  private record Change(long id, Stretch stretch) {}

  /** Writes revisions of data of a host. */
  void write(long hostId, Map<Long, String> kinds, Map<Long, Revision> revisions, Instant at) {
    List<Change> ended = changes(revisions, Revision::ended);
    List<Change> superseded = changes(revisions, Revision::superseded);
    List<Change> forecast = changes(revisions, Revision::forecast);
    List<Change> added = changes(revisions, Revision::added);
    if (!ended.isEmpty()) {
      jdbc.sql(
              "update coverage c set valid_to = t.e::timestamptz, turns_at = 'infinity',"
                  + " turns_to = null, turn_reason = null"
                  + " from unnest(?, ?) t (i, e) where c.data_id = t.i"
                  + " and c.valid_to = 'infinity' and c.known_to = 'infinity'")
          .param(ids(ended))
          .param(Times.texts(ended.stream().map(change -> change.stretch().to()).toList()))
          .update();
    }
    if (!superseded.isEmpty()) {
      // What was learned at this very instant was never anybody's answer
      jdbc.sql(
              "delete from coverage c using unnest(?, ?) t (i, f) where c.data_id = t.i"
                  + " and c.valid_from = t.f::timestamptz and c.known_to = 'infinity'"
                  + " and c.known_from >= ?")
          .param(ids(superseded))
          .param(froms(superseded))
          .param(Times.of(at))
          .update();
      jdbc.sql(
              "update coverage c set known_to = ?, turns_at = c.turns_at"
                  + " from unnest(?, ?) t (i, f) where c.data_id = t.i"
                  + " and c.valid_from = t.f::timestamptz and c.known_to = 'infinity'")
          .param(Times.of(at))
          .param(ids(superseded))
          .param(froms(superseded))
          .update();
    }
    if (!forecast.isEmpty()) {
      jdbc.sql(
              "update coverage c set turns_at = t.a::timestamptz, turns_to = t.s, turn_reason = t.r"
                  + " from unnest(?, ?, ?, ?) t (i, a, s, r) where c.data_id = t.i"
                  + " and c.valid_to = 'infinity' and c.known_to = 'infinity'")
          .param(ids(forecast))
          .param(turnTimes(forecast))
          .param(texts(forecast, StandingRows::turnState))
          .param(texts(forecast, StandingRows::turnReason))
          .update();
    }
    if (!added.isEmpty()) {
      jdbc.sql(
              "insert into coverage (data_id, host_id, kind, state, reason, valid_from, valid_to,"
                  + " known_from, turns_at, turns_to, turn_reason)"
                  + " select i, ?, k, s, r, f::timestamptz, e::timestamptz, n::timestamptz,"
                  + " a::timestamptz, ts, tr from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) t"
                  + " (i, k, s, r, f, e, n, a, ts, tr)")
          .param(hostId)
          .param(ids(added))
          .param(
              new SqlArrayValue(
                  "text", added.stream().map(change -> kinds.get(change.id())).toArray()))
          .param(texts(added, stretch -> stretch.standing().state().name()))
          .param(texts(added, stretch -> stretch.standing().reason().name()))
          .param(froms(added))
          .param(Times.texts(added.stream().map(change -> change.stretch().to()).toList()))
          .param(Times.texts(added.stream().map(change -> change.stretch().knownFrom()).toList()))
          .param(turnTimes(added))
          .param(texts(added, StandingRows::turnState))
          .param(texts(added, StandingRows::turnReason))
          .update();
    }
  }

  private static List<Change> changes(
      Map<Long, Revision> revisions, Function<Revision, List<Stretch>> part) {
    List<Change> changes = new ArrayList<>();
    revisions.forEach(
        (id, revision) ->
            part.apply(revision).forEach(stretch -> changes.add(new Change(id, stretch))));
    return changes;
  }

  private static SqlArrayValue ids(List<Change> changes) {
    return new SqlArrayValue("bigint", changes.stream().map(Change::id).toArray());
  }

  private static SqlArrayValue froms(List<Change> changes) {
    return Times.texts(changes.stream().map(change -> change.stretch().from()).toList());
  }

  private static SqlArrayValue texts(
      List<Change> changes, Function<Stretch, @Nullable String> part) {
    return new SqlArrayValue(
        "text", changes.stream().map(change -> part.apply(change.stretch())).toArray());
  }

  private static SqlArrayValue turnTimes(List<Change> changes) {
    return Times.texts(
        changes.stream()
            .map(change -> change.stretch().turn())
            .map(turn -> turn == null ? Instant.MAX : turn.at())
            .toList());
  }

  private static @Nullable String turnState(Stretch stretch) {
    return stretch.turn() == null ? null : stretch.turn().to().state().name();
  }

  private static @Nullable String turnReason(Stretch stretch) {
    return stretch.turn() == null ? null : stretch.turn().to().reason().name();
  }

  private static Stretch stretch(ResultSet row) throws SQLException {
    String turnsTo = row.getString("turns_to");
    return new Stretch(
        Times.read(row, "valid_from"),
        Times.read(row, "valid_to"),
        Times.read(row, "known_from"),
        standing(row.getString("state"), row.getString("reason")),
        turnsTo == null
            ? null
            : new Stretch.Turn(
                Times.read(row, "turns_at"), standing(turnsTo, row.getString("turn_reason"))));
  }

  private static Standing standing(String state, String reason) {
    return new Standing(CoverageState.valueOf(state), CoverageReason.valueOf(reason));
  }
}
