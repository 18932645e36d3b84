/** One subject: its verdicts, the evidence behind each, its document and its past. */
@org.jspecify.annotations.NullMarked
package dev.plimsoll.ui.subject;
