package dev.plimsoll.posture;

import dev.plimsoll.compliance.CurrentCatalogue;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/**
 * Fills a database with what hosts keep, the same each time: two years in which each piece of data
 * changed its state seven times, five backups of each, half of it with a policy.
 *
 * @param hosts how many
 * @param data of each host
 */
record CoverageVolume(int hosts, int data) {
  void fill(DataSource dataSource) {
    CurrentCatalogue.number(dataSource);
    try (Connection connection = dataSource.getConnection();
        Statement sql = connection.createStatement()) {
      for (String step :
          List.of(
              "insert into host (name, endpoint, created_at, criticality)"
                  + " select 'host-' || i, 'unix:///run/' || i, now() - interval '730 days', 2"
                  + " from generate_series(1, %1$d) i",
              "insert into host_history (host_id, valid_from, name, group_path, criticality, labels,"
                  + " interval_seconds, paused, decommissioned)"
                  + " select id, created_at, name, 'Group ' || id %% 7, criticality, '{}', 900,"
                  + " false, false from host",
              "insert into collection (host_id, outcome, started_at, finished_at, worker, containers,"
                  + " images, volumes, networks, documents_new)"
                  + " select h.id, 'SUCCEEDED', t, t + interval '2 seconds', 'test', 1, 1, 1, 1, 0"
                  + " from host h, generate_series(now() - interval '2 days',"
                  + " now() - interval '1 minute', interval '1 hour') t",
              "insert into host_blindness (host_id, scope, valid_from, valid_to, problem)"
                  + " select id, 'stale', created_at + d * interval '90 days',"
                  + " created_at + d * interval '90 days' + interval '6 hours',"
                  + " '{\"call\":\"connect\",\"status\":0,\"detail\":\"\"}'"
                  + " from host, generate_series(1, 7) d where id %% 10 = 0",
              "insert into kept_data (host_id, kind, name, engine_id, valid_from)"
                  + " select h.id, case when i %% 10 = 0 then 'LAYER' when i %% 5 = 0 then 'DIRECTORY'"
                  + " else 'VOLUME' end, case when i %% 10 = 0 then 'c-' || i"
                  + " when i %% 5 = 0 then '/srv/shop/' || i else 'volume-' || i end, 'E',"
                  + " h.created_at + i * interval '1 minute' from host h, generate_series(1, %2$d) i",
              "insert into kept_data_use (data_id, host_id, valid_from, shape, project, users, intents)"
                  + " select id, host_id, valid_from, case kind when 'VOLUME' then 'NAMED' else kind end,"
                  + " 'shop', '[{\"container\":\"web\",\"dockerId\":\"w\",\"running\":true,"
                  + "\"writes\":true,\"path\":\"/data\"}]', '[]' from kept_data",
              "insert into backup_promise (data_id, host_id, valid_from, policy_id, policy_version,"
                  + " policy, rpo_seconds, off_host) select id, host_id, valid_from, 1, 1, 'Databases',"
                  + " 86400, id %% 3 = 0 from kept_data where id %% 2 = 0",
              "insert into data_size (host_id, kind, key, valid_from, valid_to, bytes)"
                  + " select host_id, kind, name, valid_from + s * interval '180 days',"
                  + " case s when 2 then 'infinity' else valid_from + (s + 1) * interval '180 days' end,"
                  + " id * 7 + s from kept_data, generate_series(0, 2) s where kind = 'VOLUME'",
              "insert into coverage (data_id, host_id, kind, state, reason, valid_from, valid_to,"
                  + " known_from, turns_at, turns_to, turn_reason)"
                  + " select id, host_id, kind, (array['PROTECTED', 'LATE', 'FAILED', 'UNPROTECTED',"
                  + " 'EXEMPT', 'UNKNOWN', 'PROTECTED'])[1 + (id + s) %% 7], 'OLD',"
                  + " valid_from + s * interval '100 days', case s when 6 then 'infinity'"
                  + " else valid_from + (s + 1) * interval '100 days' end,"
                  + " valid_from + s * interval '100 days' + (id %% 50) * interval '1 hour',"
                  + " case when s = 6 and id %% 7 in (0, 1) then now() + interval '1 day'"
                  + " else 'infinity' end, case when s = 6 and id %% 7 in (0, 1) then 'LATE' end,"
                  + " case when s = 6 and id %% 7 in (0, 1) then 'OLD' end"
                  + " from kept_data, generate_series(0, 6) s",
              "insert into backup_record (host_id, kind, name, type, outcome, started_at,"
                  + " finished_at, learned_at, ahead, source, snapshot_id, bytes, target_type, reporter,"
                  + " document) select host_id, kind, name, 'BACKUP',"
                  + " case when (id + s) %% 9 = 0 then 'FAILED' else 'SUCCEEDED' end,"
                  + " now() - s * interval '1 day' - id * interval '1 second',"
                  + " now() - s * interval '1 day' - id * interval '1 second' + interval '9 minutes',"
                  + " now() - s * interval '1 day', false, 'nightly', md5(id || '/' || s), id,"
                  + " case id %% 3 when 0 then 'LOCAL' when 1 then 'OBJECT_STORE' end, 'robot',"
                  + " sha256(convert_to(id || '/' || s, 'UTF8'))"
                  + " from kept_data, generate_series(1, 5) s",
              "vacuum analyze")) {
        sql.execute(step.formatted(hosts, data));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the fleet cannot be filled in", e);
    }
  }
}
