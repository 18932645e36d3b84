/** The catalogue of checks. */
@org.jspecify.annotations.NullMarked
package dev.plimsoll.ui.checks;
