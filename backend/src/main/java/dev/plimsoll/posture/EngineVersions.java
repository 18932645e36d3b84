package dev.plimsoll.posture;

import dev.plimsoll.inventory.Documents;
import dev.plimsoll.inventory.Sha256;
import dev.plimsoll.permission.PortalItself;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The versions that engines name in their own documents. */
@Component
@PortalItself
class EngineVersions {
  private final JdbcClient jdbc;
  private final Documents documents;

  EngineVersions(JdbcClient jdbc, Documents documents) {
    this.jdbc = jdbc;
    this.documents = documents;
  }

  /** The hosts, each with its engine's version where it was ever read. */
  List<HostRow> added(List<HostRow> hosts, Moment moment) {
    Map<Long, Sha256> engines = new HashMap<>();
    jdbc.sql(
            "select s.host_id, s.document from state s where s.host_id = any (:hosts)"
                + " and s.kind = 'engine' and s.document is not null and "
                + moment.holds("s"))
        .param("hosts", Rows.ids(hosts.stream().map(HostRow::id).toList()))
        .param("at", moment.time())
        .query(
            row -> {
              engines.put(row.getLong("host_id"), Sha256.stored(row.getBytes("document")));
            });
    Map<Sha256, JsonNode> trees = documents.trees(engines.values());
    return hosts.stream().map(host -> versioned(host, engines.get(host.id()), trees)).toList();
  }

  private static HostRow versioned(
      HostRow host, @Nullable Sha256 engine, Map<Sha256, JsonNode> trees) {
    JsonNode document = engine == null ? null : trees.get(engine);
    if (document == null) {
      return host;
    }
    String version = document.path("info").path("ServerVersion").asString("");
    if (version.isEmpty()) {
      version = document.path("version").path("Version").asString("");
    }
    return version.isEmpty() ? host : host.withEngineVersion(version);
  }
}
