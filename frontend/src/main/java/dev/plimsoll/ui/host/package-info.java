/** One host: where it stands, what runs on it, how its collections went. */
@org.jspecify.annotations.NullMarked
package dev.plimsoll.ui.host;
