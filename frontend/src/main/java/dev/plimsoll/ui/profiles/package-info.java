/** Profiles: what is in scope, with what weight, and for whom. */
@org.jspecify.annotations.NullMarked
package dev.plimsoll.ui.profiles;
