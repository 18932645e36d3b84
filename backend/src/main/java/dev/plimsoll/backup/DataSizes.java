package dev.plimsoll.backup;

import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.checklist.LayerChanges;
import dev.plimsoll.permission.PortalItself;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** How large volumes and writable layers are and were, as intervals. */
@Component
@PortalItself
public class DataSizes {
  private final JdbcClient jdbc;

  DataSizes(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Sizes that an engine told at once, in bytes. Of what is missing nothing is known any more.
   *
   * @param volumes by name
   * @param layers of containers, by Docker ID; 0 of one that wrote nothing
   */
  public record Measured(Map<String, Long> volumes, Map<String, Long> layers) {
    public Measured {
      volumes = Map.copyOf(volumes);
      layers = Map.copyOf(layers);
    }
  }

  /**
   * Keeps what was measured, in the caller's transaction. Where no size changed, nothing is
   * written.
   *
   * @param at later than all that was recorded of the host, which no other transaction publishes
   * @return whether a layer grew past 1 MiB or shrank below, which decides whether it counts as
   *     data
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean record(long hostId, Instant at, Measured measured) {
    Map<String, Long> volumes = open(hostId, DataKind.VOLUME);
    Map<String, Long> layers = open(hostId, DataKind.LAYER);
    write(hostId, at, DataKind.VOLUME, volumes, measured.volumes());
    write(hostId, at, DataKind.LAYER, layers, measured.layers());
    return !large(layers).equals(large(measured.layers()));
  }

  /** Bytes of writable layers by the container's Docker ID, as known at an instant. */
  @Transactional(readOnly = true)
  public Map<String, Long> layers(long hostId, Instant at) {
    return asOf(hostId, DataKind.LAYER, at);
  }

  /** Bytes of volumes by name, as known at an instant. */
  @Transactional(readOnly = true)
  public Map<String, Long> volumes(long hostId, Instant at) {
    return asOf(hostId, DataKind.VOLUME, at);
  }

  private static List<String> large(Map<String, Long> layers) {
    return layers.entrySet().stream()
        .filter(layer -> layer.getValue() > LayerChanges.MIB)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private void write(
      long hostId, Instant at, DataKind kind, Map<String, Long> before, Map<String, Long> now) {
    List<String> ended =
        before.entrySet().stream()
            .filter(size -> !size.getValue().equals(now.get(size.getKey())))
            .map(Map.Entry::getKey)
            .toList();
    List<String> begun = new ArrayList<>();
    List<Long> bytes = new ArrayList<>();
    now.forEach(
        (key, size) -> {
          if (!size.equals(before.get(key))) {
            begun.add(key);
            bytes.add(size);
          }
        });
    if (!ended.isEmpty()) {
      jdbc.sql(
              "update data_size set valid_to = :at where host_id = :host and kind = :kind"
                  + " and key = any (:keys) and valid_to = 'infinity'")
          .param("at", at.atOffset(ZoneOffset.UTC))
          .param("host", hostId)
          .param("kind", kind.name())
          .param("keys", new SqlArrayValue("text", ended.toArray()))
          .update();
    }
    if (!begun.isEmpty()) {
      jdbc.sql(
              "insert into data_size (host_id, kind, key, valid_from, bytes)"
                  + " select :host, :kind, m.key, :at, m.bytes from unnest(:keys, :bytes)"
                  + " m (key, bytes)")
          .param("at", at.atOffset(ZoneOffset.UTC))
          .param("host", hostId)
          .param("kind", kind.name())
          .param("keys", new SqlArrayValue("text", begun.toArray()))
          .param("bytes", new SqlArrayValue("bigint", bytes.toArray()))
          .update();
    }
  }

  private Map<String, Long> open(long hostId, DataKind kind) {
    return sizes(
        jdbc.sql(
                "select key, bytes from data_size where host_id = :host and kind = :kind"
                    + " and valid_to = 'infinity'")
            .param("host", hostId)
            .param("kind", kind.name()));
  }

  private Map<String, Long> asOf(long hostId, DataKind kind, Instant at) {
    return sizes(
        jdbc.sql(
                "select key, bytes from data_size where host_id = :host and kind = :kind"
                    + " and valid_from <= :at and valid_to > :at")
            .param("host", hostId)
            .param("kind", kind.name())
            .param("at", at.atOffset(ZoneOffset.UTC)));
  }

  private static Map<String, Long> sizes(JdbcClient.StatementSpec query) {
    Map<String, Long> sizes = new HashMap<>();
    query.query(
        row -> {
          sizes.put(row.getString("key"), row.getLong("bytes"));
        });
    return sizes;
  }
}
