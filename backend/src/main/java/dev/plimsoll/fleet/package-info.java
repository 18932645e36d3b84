/** Hosts, the groups they belong to, and the credentials that reach them. */
@org.springframework.modulith.ApplicationModule(displayName = "Fleet")
@org.jspecify.annotations.NullMarked
package dev.plimsoll.fleet;
