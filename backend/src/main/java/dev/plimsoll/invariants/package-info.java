/** What must hold of every database, whatever happened to it, and the command that checks it. */
@org.springframework.modulith.ApplicationModule(displayName = "Invariants")
@org.jspecify.annotations.NullMarked
package dev.plimsoll.invariants;
