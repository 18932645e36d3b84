/** The first page: one number for the whole fleet, and what it is made of. */
@org.jspecify.annotations.NullMarked
package dev.plimsoll.ui.fleet;
