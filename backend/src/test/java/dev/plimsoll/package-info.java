/** What tests of the whole backend start. */
@org.jspecify.annotations.NullMarked
package dev.plimsoll;
