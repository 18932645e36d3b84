/**
 * Where every host stands, now and as of any instant: read models over what the other modules
 * wrote. It reads and never writes.
 */
@org.springframework.modulith.ApplicationModule(displayName = "Posture")
@org.jspecify.annotations.NullMarked
package dev.plimsoll.posture;
