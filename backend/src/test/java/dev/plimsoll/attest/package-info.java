/** What people supply where no machine can look. */
@org.jspecify.annotations.NullMarked
package dev.plimsoll.attest;
