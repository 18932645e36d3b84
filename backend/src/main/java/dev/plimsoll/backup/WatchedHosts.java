package dev.plimsoll.backup;

import dev.plimsoll.backup.source.HostNames;
import dev.plimsoll.inventory.Documents;
import dev.plimsoll.inventory.Sha256;
import dev.plimsoll.permission.PortalItself;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;

/** The active hosts as snapshots can name them. */
@Component
@PortalItself
class WatchedHosts {
  private final JdbcClient jdbc;
  private final Documents documents;

  WatchedHosts(JdbcClient jdbc, Documents documents) {
    this.jdbc = jdbc;
    this.documents = documents;
  }

  /**
   * All of them.
   *
   * @param local those whose engine runs on the portal's own machine
   */
  record Hosts(HostNames names, Set<Long> local) {
    Hosts {
      local = Set.copyOf(local);
    }
  }

  @Transactional(readOnly = true)
  Hosts now() {
    Map<Long, String> names = new HashMap<>();
    Map<Long, Sha256> engines = new HashMap<>();
    Set<Long> local = new HashSet<>();
    jdbc.sql(
            "select h.id, h.name, h.endpoint, s.document from host h"
                + " left join state s on s.host_id = h.id and s.kind = 'engine'"
                + " and s.valid_to = 'infinity' and s.document is not null"
                + " where h.decommissioned_at is null")
        .query(
            row -> {
              long id = row.getLong("id");
              names.put(id, row.getString("name"));
              byte[] engine = row.getBytes("document");
              if (engine != null) {
                engines.put(id, Sha256.stored(engine));
              }
              if (row.getString("endpoint").startsWith("unix:")) {
                local.add(id);
              }
            });
    Map<Sha256, JsonNode> trees = documents.trees(engines.values());
    List<HostNames.Named> named = new ArrayList<>();
    names.forEach(
        (id, name) -> {
          Sha256 engine = engines.get(id);
          named.add(
              new HostNames.Named(id, name, engine == null ? null : engineName(trees.get(engine))));
        });
    return new Hosts(new HostNames(named), local);
  }

  private static @Nullable String engineName(@Nullable JsonNode document) {
    String name = document == null ? "" : document.path("info").path("Name").asString("");
    return name.isEmpty() ? null : name;
  }
}
