package dev.plimsoll.posture;

import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.checklist.SubjectKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Data of hosts that cannot be seen at a moment, laid over its coverage when that is read: the
 * whole host is stale, or the list that tells of its kind could not be read.
 */
record UnreadData(List<Long> hosts, List<String> kinds, List<Instant> since) {
  /** The columns are {@code host_id}, {@code kind}, {@code since}. */
  static final String JOIN =
      """
      left join unnest(:unreadHosts, :unreadKinds, :unreadSince) unread (host_id, kind, since)
        on unread.host_id = d.host_id and unread.kind = d.kind
      """;

  /** All of it can be seen. */
  static final UnreadData NONE = new UnreadData(List.of(), List.of(), List.of());

  UnreadData {
    hosts = List.copyOf(hosts);
    kinds = List.copyOf(kinds);
    since = List.copyOf(since);
  }

  static UnreadData of(Map<Long, Blindness> blind) {
    List<Long> hosts = new ArrayList<>();
    List<String> kinds = new ArrayList<>();
    List<Instant> since = new ArrayList<>();
    blind.forEach(
        (host, blindness) -> {
          for (DataKind kind : DataKind.values()) {
            Blindness.Cause cause = blindness.cause(listOf(kind));
            if (cause != null) {
              hosts.add(host);
              kinds.add(kind.name());
              since.add(cause.since());
            }
          }
        });
    return new UnreadData(hosts, kinds, since);
  }

  /** The list of the engine that tells whether data of a kind is there. */
  static SubjectKind listOf(DataKind kind) {
    return switch (kind) {
      case VOLUME -> SubjectKind.VOLUME;
      case DIRECTORY, LAYER -> SubjectKind.CONTAINER;
      case SWARM -> SubjectKind.ENGINE;
    };
  }

  /** The values of the join's parameters. */
  Map<String, Object> parameters() {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("unreadHosts", Rows.ids(hosts));
    parameters.put("unreadKinds", Rows.texts(kinds));
    parameters.put("unreadSince", Rows.times(since));
    return parameters;
  }
}
