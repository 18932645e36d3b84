/** Benchmarks: commands that measure ratios in one run, never tests. */
@org.jspecify.annotations.NullMarked
package dev.plimsoll.bench;
