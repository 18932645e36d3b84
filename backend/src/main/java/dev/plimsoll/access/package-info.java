/** People, roles and tokens: who may come in. */
@org.springframework.modulith.ApplicationModule(displayName = "Access")
@org.jspecify.annotations.NullMarked
package dev.plimsoll.access;
