/** The read of one host: what is asked, and what becomes of the answers. */
@org.jspecify.annotations.NullMarked
package dev.plimsoll.collect.read;
