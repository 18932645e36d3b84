/** What was seen on hosts: documents, subjects, and the intervals in which each held. */
@org.springframework.modulith.ApplicationModule(displayName = "Inventory")
@org.jspecify.annotations.NullMarked
package dev.plimsoll.inventory;
