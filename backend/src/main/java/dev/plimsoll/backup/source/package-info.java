/**
 * How evidence is read where backups lie: the programs and listings that name snapshots, and the
 * mapping that says which data a snapshot holds. Knows no database and no schedule.
 */
@org.jspecify.annotations.NullMarked
package dev.plimsoll.backup.source;
