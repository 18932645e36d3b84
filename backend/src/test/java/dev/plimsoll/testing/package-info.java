/**
 * Fixtures that the tests of all modules share: real Docker engines, certificates, an SSH server
 * and servers that misbehave on purpose.
 */
@org.jspecify.annotations.NullMarked
package dev.plimsoll.testing;
