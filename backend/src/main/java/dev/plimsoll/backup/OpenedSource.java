package dev.plimsoll.backup;

import dev.plimsoll.backup.source.Access;
import dev.plimsoll.backup.source.Location;
import dev.plimsoll.backup.source.Mapping;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A source about to be read.
 *
 * @param access what opens it
 * @param target where somebody said that its content lies; null for where its location says
 */
record OpenedSource(
    long id,
    String name,
    SourceType type,
    Location location,
    Access access,
    Mapping mapping,
    @Nullable TargetType target,
    Duration interval) {}
