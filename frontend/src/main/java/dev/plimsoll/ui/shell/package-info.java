/**
 * The frame around the screens: navigation, sign-in, colours, and what is shown when something
 * fails.
 */
@org.jspecify.annotations.NullMarked
package dev.plimsoll.ui.shell;
