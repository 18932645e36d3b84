package dev.plimsoll.backup;

import dev.plimsoll.backup.coverage.DataRef;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A heartbeat as it is kept, and how its job does.
 *
 * @param target where the job keeps its backups; null if that is not known
 * @param lastSuccess when a run last succeeded; null if none did
 * @param lastPing when the job last told anything; null if it never did
 */
public record Heartbeat(
    long id,
    String name,
    long hostId,
    String hostName,
    DataRef data,
    @Nullable TargetType target,
    Duration period,
    Duration grace,
    String author,
    Instant createdAt,
    HeartbeatStatus status,
    @Nullable Instant lastSuccess,
    @Nullable Instant lastPing) {}
