/** Policies, evidence and coverage of backups. */
@org.jspecify.annotations.NullMarked
package dev.plimsoll.backup;
