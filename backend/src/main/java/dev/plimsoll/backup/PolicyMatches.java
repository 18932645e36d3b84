package dev.plimsoll.backup;

import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.backup.coverage.DataRef;
import dev.plimsoll.backup.coverage.DataShape;
import dev.plimsoll.backup.coverage.KeptData;
import dev.plimsoll.backup.coverage.Selector;
import dev.plimsoll.checklist.Placement;
import dev.plimsoll.fleet.HostPlacements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Looks for what a selector would match on the whole fleet. */
@Component
class PolicyMatches {
  private static final int SHOWN = 50;
  private static final JsonMapper JSON = new JsonMapper();

  private final JdbcClient jdbc;
  private final HostPlacements placements;

  PolicyMatches(JdbcClient jdbc, HostPlacements placements) {
    this.jdbc = jdbc;
    this.placements = placements;
  }

  PolicyPreview preview(Selector selector, Instant at) {
    Map<Long, Placement> hosts = placements.all(at);
    Map<DataKind, Long> byKind = new EnumMap<>(DataKind.class);
    Set<Long> matchedHosts = new HashSet<>();
    List<PolicyPreview.Match> first = new ArrayList<>();
    jdbc.sql(
            "select d.id, d.host_id, d.kind, d.name, u.shape, u.project, u.labels, p.policy"
                + " from kept_data d"
                + " join kept_data_use u on u.data_id = d.id and u.valid_to = 'infinity'"
                + " left join backup_promise p on p.data_id = d.id and p.valid_to = 'infinity'"
                + " where d.valid_to = 'infinity' order by d.name, d.id")
        .query(
            row -> {
              Placement host = hosts.get(row.getLong("host_id"));
              if (host != null && selector.matches(kept(row), host)) {
                DataKind kind = DataKind.valueOf(row.getString("kind"));
                byKind.merge(kind, 1L, Long::sum);
                matchedHosts.add(row.getLong("host_id"));
                first.add(
                    new PolicyPreview.Match(
                        row.getLong("id"),
                        row.getLong("host_id"),
                        host.name(),
                        new DataRef(kind, row.getString("name")),
                        DataShape.valueOf(row.getString("shape")),
                        row.getString("policy")));
              }
            });
    first.sort(
        Comparator.comparing(PolicyPreview.Match::host).thenComparing(match -> match.ref().name()));
    return new PolicyPreview(
        first.size(), byKind, matchedHosts.size(), first.stream().limit(SHOWN).toList());
  }

  /** As much of the data as a selector looks at. */
  private static KeptData kept(ResultSet row) throws SQLException {
    Map<String, String> labels = new TreeMap<>();
    JSON.readTree(row.getString("labels"))
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asString("")));
    return new KeptData(
        new DataRef(DataKind.valueOf(row.getString("kind")), row.getString("name")),
        row.getString("name"),
        DataShape.valueOf(row.getString("shape")),
        null,
        labels,
        row.getString("project"),
        List.of(),
        List.of());
  }
}
