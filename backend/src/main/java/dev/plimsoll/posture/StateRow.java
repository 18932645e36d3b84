package dev.plimsoll.posture;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An interval in which a subject had one document.
 *
 * @param to null while it lasts
 * @param problem why there was no document, null if there was
 * @param collectionId the collection that found it; null where people supplied what is known
 */
public record StateRow(
    Instant from,
    @Nullable Instant to,
    String name,
    @Nullable String documentSha256,
    @Nullable String observationSha256,
    CollectionRow.@Nullable Problem problem,
    @Nullable Long collectionId) {}
