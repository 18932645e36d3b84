/**
 * What engines tell of by themselves: one stream a host, followed by one portal process at a time,
 * and what is kept of it.
 */
@org.jspecify.annotations.NullMarked
package dev.plimsoll.collect.events;
