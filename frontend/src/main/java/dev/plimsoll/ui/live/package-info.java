/** Open pages that follow what is published. */
@org.jspecify.annotations.NullMarked
package dev.plimsoll.ui.live;
