/** The trail: written, sealed, verified. */
@org.jspecify.annotations.NullMarked
package dev.plimsoll.audit;
