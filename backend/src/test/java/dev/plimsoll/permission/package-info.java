/** Roles and the permission check. */
@org.jspecify.annotations.NullMarked
package dev.plimsoll.permission;
