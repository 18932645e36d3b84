/**
 * What the checks say of a real engine's subjects, compared with what was asked of the engine when
 * they were made. What it answers is never looked at to know what is right.
 */
@org.jspecify.annotations.NullMarked
package dev.plimsoll.correctness;
