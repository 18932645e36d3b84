@org.jspecify.annotations.NullMarked
package dev.plimsoll.invariants;
