package dev.plimsoll.fleet;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What an edit changed, for the audit trail. */
final class HostChange {
  private HostChange() {}

  /** Before and after of one field. */
  static Map<String, @Nullable Object> of(@Nullable Object before, @Nullable Object after) {
    Map<String, @Nullable Object> change = new TreeMap<>();
    change.put("before", before);
    change.put("after", after);
    return change;
  }

  /** Before and after of each field that differs; no secrets, since a record holds none. */
  static Map<String, Object> between(HostRecord before, HostRecord after) {
    Map<String, Object> changes = new TreeMap<>();
    put(changes, "name", before.name(), after.name());
    put(changes, "endpoint", before.endpoint().uri(), after.endpoint().uri());
    put(changes, "group", before.groupPath(), after.groupPath());
    put(changes, "environment", before.environment(), after.environment());
    put(changes, "owner", before.owner(), after.owner());
    put(changes, "criticality", before.criticality(), after.criticality());
    put(changes, "labels", before.labels(), after.labels());
    put(changes, "intervalSeconds", before.intervalSeconds(), after.intervalSeconds());
    put(changes, "readings", Readings.words(before.readings()), Readings.words(after.readings()));
    put(changes, "credential", before.credentialKind(), after.credentialKind());
    return changes;
  }

  private static void put(
      Map<String, Object> changes, String field, @Nullable Object before, @Nullable Object after) {
    if (!Objects.equals(before, after)) {
      changes.put(field, of(before, after));
    }
  }
}
