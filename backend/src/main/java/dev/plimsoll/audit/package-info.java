/** Who did what: written in the change's own transaction, chained by hash, never dropped. */
@org.springframework.modulith.ApplicationModule(displayName = "Audit trail")
@org.jspecify.annotations.NullMarked
package dev.plimsoll.audit;
