/** What people and programs may do, and how a service method says what it needs. */
@org.springframework.modulith.ApplicationModule(displayName = "Permissions")
@org.jspecify.annotations.NullMarked
package dev.plimsoll.permission;
