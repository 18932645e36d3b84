package dev.plimsoll.posture;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step in a finding's life.
 *
 * @param actor null for Plimsoll itself
 * @param kind OPENED, REOPENED, RESOLVED, STATUS, ASSIGNED, DUE, LINKED or COMMENT
 * @param text in words
 */
public record FindingEvent(Instant at, @Nullable String actor, String kind, String text) {}
