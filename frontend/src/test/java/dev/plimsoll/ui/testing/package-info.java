/** A fleet that never was, for looking at screens and testing them without a database. */
@org.jspecify.annotations.NullMarked
package dev.plimsoll.ui.testing;
