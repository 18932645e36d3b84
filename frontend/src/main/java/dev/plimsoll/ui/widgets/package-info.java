/**
 * Small parts that several screens share: words, marks and figures for the same thing everywhere.
 */
@org.jspecify.annotations.NullMarked
package dev.plimsoll.ui.widgets;
