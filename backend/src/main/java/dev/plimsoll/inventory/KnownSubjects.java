package dev.plimsoll.inventory;

import dev.plimsoll.permission.PortalItself;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** What a collector need not read again. */
@Component
@PortalItself
public class KnownSubjects {
  private final JdbcClient jdbc;
  private final Documents documents;

  KnownSubjects(JdbcClient jdbc, Documents documents) {
    this.jdbc = jdbc;
    this.documents = documents;
  }

  /**
   * IDs of a host's images whose document is stored. An image's ID is a digest of its content, so
   * the document cannot have changed. Only the host's own: what one engine says of an image is
   * never taken for what another holds.
   */
  public Set<String> imagesRead(long hostId) {
    return new HashSet<>(
        jdbc.sql(
                "select b.docker_id from state s join subject b on b.id = s.subject_id"
                    + " where s.host_id = ? and s.kind = 'image' and s.valid_to = 'infinity'"
                    + " and s.document is not null")
            .param(hostId)
            .query(String.class)
            .list());
  }

  /** What was last observed of a host's containers, by Docker ID, and of its swarm. */
  public Map<String, JsonNode> observations(long hostId) {
    Map<String, Sha256> hashes = new HashMap<>();
    jdbc.sql(
            "select b.docker_id, s.observation from state s join subject b on b.id = s.subject_id"
                + " where s.host_id = ? and s.kind in ('container', 'swarm')"
                + " and s.valid_to = 'infinity' and s.observation is not null")
        .param(hostId)
        .query(
            row -> {
              hashes.put(row.getString(1), Sha256.stored(row.getBytes(2)));
            });
    Map<Sha256, JsonNode> trees = documents.trees(new HashSet<>(hashes.values()));
    Map<String, JsonNode> observations = new HashMap<>();
    hashes.forEach(
        (id, hash) -> {
          JsonNode tree = trees.get(hash);
          if (tree != null) {
            observations.put(id, tree);
          }
        });
    return observations;
  }
}
