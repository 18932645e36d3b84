/** Backup policies: what must be backed up and how fresh, or need not be. */
@org.jspecify.annotations.NullMarked
package dev.plimsoll.ui.policies;
