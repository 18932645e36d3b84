/**
 * What the portal keeps on its own machine: keys, first password, settings and, where no other is
 * given, its own PostgreSQL.
 */
@org.springframework.modulith.ApplicationModule(displayName = "Home")
@org.jspecify.annotations.NullMarked
package dev.plimsoll.home;
