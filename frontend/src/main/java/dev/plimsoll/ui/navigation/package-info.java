/** Every address of the portal, typed: what a view shows is in its URL and nowhere else. */
@org.jspecify.annotations.NullMarked
package dev.plimsoll.ui.navigation;
