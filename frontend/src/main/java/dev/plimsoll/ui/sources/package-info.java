/** Where evidence of backups comes from by itself: repositories, archives and heartbeats. */
@org.jspecify.annotations.NullMarked
package dev.plimsoll.ui.sources;
