package dev.plimsoll.fleet;

import dev.plimsoll.checklist.ReadingSwitch;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A draft that passed {@link HostRules}.
 *
 * @param group names along the path; empty for none
 */
record CheckedHost(
    String name,
    Endpoint endpoint,
    List<String> group,
    @Nullable String environment,
    @Nullable String owner,
    int criticality,
    Map<String, String> labels,
    int intervalSeconds,
    Set<ReadingSwitch> readings,
    @Nullable Credential credential) {}
