/** What to change: for one verdict, for a goal, and for an image on many hosts. */
@org.jspecify.annotations.NullMarked
package dev.plimsoll.ui.fix;
