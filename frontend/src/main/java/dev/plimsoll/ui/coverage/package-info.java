/** Whether the data that hosts keep would survive their loss, and what shows it. */
@org.jspecify.annotations.NullMarked
package dev.plimsoll.ui.coverage;
