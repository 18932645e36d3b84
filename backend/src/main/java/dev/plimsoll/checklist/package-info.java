/**
 * The checks: pure functions from facts to verdicts. They know no Spring, no SQL, no clock and no
 * network.
 */
@org.jspecify.annotations.NullMarked
package dev.plimsoll.checklist;
