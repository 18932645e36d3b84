/**
 * Whether data would survive the loss of its host: what hosts keep, policies, evidence of backups,
 * and the coverage that follows from them.
 */
@org.springframework.modulith.ApplicationModule(displayName = "Backup")
@org.jspecify.annotations.NullMarked
package dev.plimsoll.backup;
