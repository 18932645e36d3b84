package dev.plimsoll.inventory;

import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.permission.PortalItself;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.support.DataAccessUtils;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** All subjects of one kind as they were known at an instant, over the whole fleet. */
@Component
@PortalItself
public class SubjectStates {
  private static final int FETCHED_AT_ONCE = 1_000;

  private static final String FROM =
      " from state s where s.kind = ? and s.valid_from <= ? and s.valid_to > ?"
          + " and s.host_id = any (?)";

  private final JdbcTemplate jdbc;

  SubjectStates(DataSource dataSource) {
    jdbc = new JdbcTemplate(dataSource);
    jdbc.setFetchSize(FETCHED_AT_ONCE);
  }

  /**
   * A subject at the instant.
   *
   * @param document hash of its document; null if the engine did not show it
   * @param observation hash of its observation; null if there is none
   * @param bytes size of the document
   * @param problem why there is no document
   */
  public record State(
      long subjectId,
      long hostId,
      String name,
      @Nullable Sha256 document,
      @Nullable Sha256 observation,
      int bytes,
      Reading.@Nullable Unread problem) {}

  /**
   * The states in the order of hosts and subjects, read as the stream is: close it, and stay in the
   * transaction.
   *
   * @param hostIds of which hosts
   */
  @Transactional(readOnly = true, propagation = Propagation.MANDATORY)
  public Stream<State> at(SubjectKind kind, Instant at, Collection<Long> hostIds) {
    return jdbc.queryForStream(
        "select s.subject_id, s.host_id, s.name, s.document, s.observation,"
            + " s.problem->>'call' as call, (s.problem->>'status')::int as status,"
            + " s.problem->>'detail' as detail,"
            + " coalesce((select d.size from document d where d.sha256 = s.document), 0) as bytes"
            + FROM
            + " order by s.host_id, s.subject_id",
        SubjectStates::state,
        parameters(kind, at, hostIds));
  }

  /** How many they are. */
  @Transactional(readOnly = true, propagation = Propagation.MANDATORY)
  public long count(SubjectKind kind, Instant at, Collection<Long> hostIds) {
    return DataAccessUtils.longResult(
        jdbc.queryForList("select count(*)" + FROM, Long.class, parameters(kind, at, hostIds)));
  }

  /** Hosts that could not show subjects of the kind at the instant, or nothing at all. */
  @Transactional(readOnly = true, propagation = Propagation.MANDATORY)
  public Map<Long, Reading.Unread> blind(SubjectKind kind, Instant at) {
    Map<Long, Reading.Unread> blind = new HashMap<>();
    jdbc.query(
        "select host_id, problem->>'call' as call, (problem->>'status')::int as status,"
            + " problem->>'detail' as detail from host_blindness"
            + " where scope in ('stale', ?) and valid_from <= ? and valid_to > ?",
        row -> {
          blind.put(row.getLong("host_id"), unread(row));
        },
        kind.word(),
        at.atOffset(ZoneOffset.UTC),
        at.atOffset(ZoneOffset.UTC));
    return blind;
  }

  private static Object[] parameters(SubjectKind kind, Instant at, Collection<Long> hostIds) {
    var time = at.atOffset(ZoneOffset.UTC);
    return new Object[] {kind.word(), time, time, new SqlArrayValue("bigint", hostIds.toArray())};
  }

  private static State state(ResultSet row, int number) throws SQLException {
    byte[] document = row.getBytes("document");
    byte[] observation = row.getBytes("observation");
    return new State(
        row.getLong("subject_id"),
        row.getLong("host_id"),
        row.getString("name"),
        document == null ? null : Sha256.stored(document),
        observation == null ? null : Sha256.stored(observation),
        row.getInt("bytes"),
        document == null ? unread(row) : null);
  }

  private static Reading.Unread unread(ResultSet row) throws SQLException {
    String call = row.getString("call");
    String detail = row.getString("detail");
    return new Reading.Unread(
        call == null ? "" : call, row.getInt("status"), detail == null ? "" : detail);
  }
}
