/**
 * What data a host keeps, what is promised for it, and how it stands at an instant: pure functions
 * that know no Spring, no SQL, no clock and no network.
 */
@org.springframework.modulith.NamedInterface("coverage")
@org.jspecify.annotations.NullMarked
package dev.plimsoll.backup.coverage;
