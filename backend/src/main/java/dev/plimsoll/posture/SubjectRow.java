package dev.plimsoll.posture;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something on a host.
 *
 * @param kind as the API spells it: engine, container, image, volume, network
 * @param name without leading slash; an untagged image's is its ID
 * @param state PRESENT, GONE or UNKNOWN
 * @param engineState of containers: running, exited, …; else null
 * @param image of containers: the reference it was started with; else null
 * @param lastSeen end of the last collection that saw it
 * @param failed open FAIL verdicts of checks that count; {@code unknown} likewise
 * @param worst severity word of the worst FAIL that counts: critical, high, medium, low; or null
 */
public record SubjectRow(
    long id,
    String kind,
    String name,
    String dockerId,
    HostRef host,
    Instant firstSeen,
    @Nullable Instant lastSeen,
    String state,
    @Nullable String engineState,
    @Nullable String image,
    int failed,
    int unknown,
    @Nullable String worst,
    @Nullable String documentSha256,
    @Nullable String observationSha256) {}
