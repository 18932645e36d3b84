/** A PostgreSQL server as a child of the portal: unpacked, initialised, started and stopped. */
@org.jspecify.annotations.NullMarked
package dev.plimsoll.home.postgres;
