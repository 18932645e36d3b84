/** The list of hosts, and adding, editing and importing them. */
@org.jspecify.annotations.NullMarked
package dev.plimsoll.ui.hosts;
