/** The screens of checks that a company writes itself. */
@org.jspecify.annotations.NullMarked
package dev.plimsoll.ui.ownchecks;
