/** The queue of findings that people work on. */
@org.jspecify.annotations.NullMarked
package dev.plimsoll.ui.findings;
