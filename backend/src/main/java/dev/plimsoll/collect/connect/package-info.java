/** Connectors: one way each to reach an engine, all read-only, all bounded in time and size. */
@org.jspecify.annotations.NullMarked
package dev.plimsoll.collect.connect;
