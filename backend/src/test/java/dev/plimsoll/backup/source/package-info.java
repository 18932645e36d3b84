/** Locations, mappings and readers of backup sources. */
@org.jspecify.annotations.NullMarked
package dev.plimsoll.backup.source;
