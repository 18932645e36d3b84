@org.jspecify.annotations.NullMarked
package dev.plimsoll.posture;
