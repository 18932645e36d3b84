package dev.plimsoll.backup;

import dev.plimsoll.backup.coverage.Selector;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A policy to be kept.
 *
 * @param rpo how much may be lost, a minute to ten years; null of an exemption
 * @param restoreTestEvery how often a restore must be proven; null if it need not be
 * @param offHost whether a backup that lies on the host itself counts for nothing
 * @param exemptReason why it needs no backup; null of a promise
 * @param exemptUntil when the exemption ends; null if it has no end
 */
public record PolicyDraft(
    String name,
    Selector selector,
    @Nullable Duration rpo,
    @Nullable Duration restoreTestEvery,
    boolean offHost,
    @Nullable String exemptReason,
    @Nullable Instant exemptUntil) {}
