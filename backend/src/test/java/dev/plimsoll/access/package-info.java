/** Accounts, sign-in, tokens. */
@org.jspecify.annotations.NullMarked
package dev.plimsoll.access;
