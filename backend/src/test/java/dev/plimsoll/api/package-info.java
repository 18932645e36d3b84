/** The API from the outside. */
@org.jspecify.annotations.NullMarked
package dev.plimsoll.api;
