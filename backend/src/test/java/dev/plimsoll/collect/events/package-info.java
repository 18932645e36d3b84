@org.jspecify.annotations.NullMarked
package dev.plimsoll.collect.events;
