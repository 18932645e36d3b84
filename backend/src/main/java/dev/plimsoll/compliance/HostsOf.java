package dev.plimsoll.compliance;

import dev.plimsoll.fleet.NoSuchGroup;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which hosts are meant, as a condition on {@code host h}.
 *
 * @param parameters named in the condition
 */
record HostsOf(String condition, Map<String, ?> parameters) {
  static final HostsOf FLEET = new HostsOf("true", Map.of());

  static HostsOf host(long id) {
    return new HostsOf("h.id = :id", Map.of("id", id));
  }

  /**
   * Hosts of a group and of those below it.
   *
   * @throws NoSuchGroup if there is none
   */
  static HostsOf group(JdbcClient jdbc, String path) {
    boolean known =
        jdbc.sql("select exists (select 1 from host_group where lower(path) = lower(:path))")
            .param("path", path)
            .query(Boolean.class)
            .single();
    if (!known) {
      throw new NoSuchGroup(path);
    }
    return new HostsOf(
        "h.group_id in (select id from host_group where lower(path) = lower(:path)"
            + " or starts_with(lower(path), lower(:path) || '/'))",
        Map.of("path", path));
  }
}
