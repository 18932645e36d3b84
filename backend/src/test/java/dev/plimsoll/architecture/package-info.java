/** The rules that the whole of the backend keeps. */
@org.jspecify.annotations.NullMarked
package dev.plimsoll.architecture;
