package dev.plimsoll.posture;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.Mode;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.compliance.CurrentCatalogue;
import dev.plimsoll.compliance.Severities;
import dev.plimsoll.testing.PostureFixture;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/**
 * Fills a database with a fleet of any size, the same each time: five replicas a workload, twelve
 * failing checks a container, a week of collections.
 *
 * @param hosts how many
 * @param containers of each host
 */
record Volume(int hosts, int containers) {
  private static final int FAILING = 12;

  void fill(DataSource dataSource) {
    CurrentCatalogue.number(dataSource);
    PostureFixture fixture = new PostureFixture(dataSource);
    String document = fixture.document("{\"Id\":\"x\",\"Config\":{\"Image\":\"shop:1\"}}").hex();
    String observation = fixture.document("{\"everStarted\":true,\"state\":\"running\"}").hex();
    String engine = fixture.document("{\"info\":{\"ServerVersion\":\"20.10.24\"}}").hex();
    List<Rule> rules = Checklist.standard().rules(SubjectKind.CONTAINER);
    String letters =
        IntStream.range(0, rules.size())
            .mapToObj(i -> i < FAILING ? "F" : "P")
            .collect(Collectors.joining());
    String passes = "P".repeat(Checklist.standard().rules(SubjectKind.ENGINE).size());
    String failing =
        rules.subList(0, FAILING).stream()
            .map(
                rule ->
                    "('%s', %d, %s)"
                        .formatted(
                            rule.id(),
                            Severities.rank(rule.severity()),
                            rule.mode() == Mode.ADVISORY))
            .collect(Collectors.joining(", "));
    try (Connection connection = dataSource.getConnection();
        Statement sql = connection.createStatement()) {
      for (String step :
          List.of(
              "insert into host (name, endpoint, created_at, criticality)"
                  + " select 'host-' || i, 'unix:///run/' || i, now() - interval '30 days',"
                  + " (array[1, 2, 4])[1 + i %% 3] from generate_series(1, %1$d) i",
              "insert into host_history (host_id, valid_from, name, group_path, criticality, labels,"
                  + " interval_seconds, paused, decommissioned)"
                  + " select id, created_at, name, 'Group ' || id %% 7, criticality, '{}', 900,"
                  + " false, false from host",
              "insert into collection (host_id, outcome, started_at, finished_at, worker, containers,"
                  + " images, volumes, networks, documents_new)"
                  + " select h.id, 'SUCCEEDED', t, t + interval '2 seconds', 'test', 1, 1, 1, 1, 0"
                  + " from host h, generate_series(now() - interval '7 days',"
                  + " now() - interval '1 minute', interval '1 hour') t",
              "insert into subject (host_id, kind, docker_id, name, lineage, first_seen)"
                  + " select h.id, 'container', md5(h.id || '/' || i), 'c-' || md5(i || ':' || h.id),"
                  + " 'service-' || i / 5, h.created_at from host h, generate_series(1, %2$d) i"
                  + " union all select id, 'engine', 'engine', 'engine', 'engine', created_at"
                  + " from host",
              "insert into state (subject_id, host_id, kind, valid_from, name, document, observation,"
                  + " collection_id) select id, host_id, kind, first_seen, name,"
                  + " decode(case kind when 'engine' then '%5$s' else '%3$s' end, 'hex'),"
                  + " decode('%4$s', 'hex'), 1 from subject",
              "insert into judgement (subject_id, host_id, kind, valid_from, outcomes, workload,"
                  + " in_score, catalogue_version)"
                  + " select id, host_id, kind, first_seen,"
                  + " case kind when 'engine' then '%7$s' else '%6$s' end,"
                  + " case kind when 'container' then sha256(convert_to(lineage, 'UTF8')) end, true, (select max(number) from catalogue)"
                  + " from subject",
              "insert into verdict (host_id, subject_id, kind, check_id, outcome, severity, advisory,"
                  + " since, valid_from, evidence)"
                  + " select s.host_id, s.id, s.kind, c.id, 'FAIL', c.severity, c.advisory,"
                  + " s.first_seen, s.first_seen, '[{\"path\":\".HostConfig\",\"value\":\"true\"}]'"
                  + " from subject s, (values %8$s) c (id, severity, advisory)"
                  + " where s.kind = 'container'",
              "insert into finding (host_id, check_id, kind, lineage, severity, advisory, status,"
                  + " failing_since) select host_id, c.id, kind, lineage, c.severity, c.advisory,"
                  + " 'OPEN', min(first_seen)"
                  + " from subject s, (values %8$s) c (id, severity, advisory)"
                  + " where s.kind = 'container'"
                  + " group by host_id, c.id, kind, lineage, c.severity, c.advisory",
              "insert into finding_event (finding_id, at, kind)"
                  + " select id, failing_since, 'OPENED' from finding",
              "insert into score (scope, scope_id, at, score, score_high, score_accepted, grade,"
                  + " confidence, points_failed, points_unknown, points_accepted, hosts,"
                  + " hosts_with_critical, profile, profile_version, catalogue_version,"
                  + " checks_in_scope) select 'HOST', h.id, t, 1000 * (h.id %% 100), 90000, 50000,"
                  + " 'F', 900, 1, 1, 0, 1, 1, 'Everything', 1, (select max(number) from catalogue),"
                  + " 68 from host h,"
                  + " generate_series(now() - interval '20 days', now(), interval '1 day') t",
              "analyze")) {
        sql.execute(
            step.formatted(
                hosts, containers, document, observation, engine, letters, passes, failing));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the fleet cannot be filled in", e);
    }
  }
}
