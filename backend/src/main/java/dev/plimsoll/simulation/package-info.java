/**
 * A fleet that does not exist: engines that answer as real ones do, deterministic from a seed, with
 * what changes in fleets from day to day. Demonstrations and measurements are made with it.
 */
@org.springframework.modulith.ApplicationModule(displayName = "Simulation")
@org.jspecify.annotations.NullMarked
package dev.plimsoll.simulation;
