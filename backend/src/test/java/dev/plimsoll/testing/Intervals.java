package dev.plimsoll.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What must hold of every database, whatever happened to it. */
public final class Intervals {
  private static final List<String> OVERLAPS =
      List.of(
          overlap("state", "subject_id"),
          overlap("judgement", "subject_id"),
          overlap("verdict", "subject_id, check_id"),
          overlap("host_blindness", "host_id, scope"),
          overlap("host_history", "host_id"),
          overlap("kept_data", "host_id, kind, name"),
          overlap("kept_data_use", "data_id"),
          overlap("backup_promise", "data_id"),
          overlap("backup_policy", "id"),
          overlap("backup_source_blindness", "source_id"),
          overlap("data_size", "host_id, kind, key"),
          // At no time was more than one state of data known for the same instant
          """
          select count(*) from coverage a join coverage b on b.data_id = a.data_id
            and (b.valid_from, b.known_from) > (a.valid_from, a.known_from)
            and b.valid_from < a.valid_to and b.valid_to > a.valid_from
            and b.known_from < a.known_to and b.known_to > a.known_from
          """);

  private Intervals() {}

  /** Asserts that no intervals overlap, and that all that is referred to exists. */
  public static void assertWhole(DataSource dataSource) {
    JdbcClient jdbc = JdbcClient.create(dataSource);
    for (String query : OVERLAPS) {
      assertThat(jdbc.sql(query).query(Long.class).single()).as(query).isZero();
    }
    assertNone(
        jdbc,
        "select count(*) from state s where document is not null"
            + " and not exists (select 1 from document d where d.sha256 = s.document)");
    assertNone(
        jdbc,
        "select count(*) from state s where observation is not null"
            + " and not exists (select 1 from document d where d.sha256 = s.observation)");
    assertNone(
        jdbc,
        "select count(*) from judgement j where not exists (select 1 from state s"
            + " where s.subject_id = j.subject_id and s.valid_from <= j.valid_from"
            + " and s.valid_to > j.valid_from)");
    assertNone(
        jdbc,
        "select count(*) from verdict v where not exists (select 1 from judgement j"
            + " where j.subject_id = v.subject_id and j.valid_from <= v.valid_from"
            + " and j.valid_to > v.valid_from)");
    assertNone(
        jdbc,
        "select count(*) from state s where s.valid_to = 'infinity'"
            // What people say of a host's files needs no collection
            + " and not (s.kind = 'host-file' and s.collection_id is null)"
            + " and not exists (select 1 from collection c where c.id = s.collection_id"
            + " and c.outcome in ('SUCCEEDED', 'PARTIAL'))");
  }

  private static void assertNone(JdbcClient jdbc, String query) {
    assertThat(jdbc.sql(query).query(Long.class).single()).as(query).isZero();
  }

  private static String overlap(String table, String key) {
    return "select count(*) from (select valid_from, lag(valid_to) over (partition by %s order by"
            .formatted(key)
        + " valid_from) before from %s) x where before > valid_from".formatted(table);
  }
}
