package dev.plimsoll.checklist;

import java.time.Instant;

/**
 * Evidence that somebody tried to get data back.
 *
 * @param data what was restored, somewhere else
 * @param at when the drill ended
 * @param succeeded whether it came back
 * @param compared whether files were compared by hash with what was backed up
 * @param documentSha256 hash of the stored record
 */
public record RestoreDrill(
    BackupRecord.Data data,
    Instant at,
    boolean succeeded,
    boolean compared,
    String documentSha256) {}
