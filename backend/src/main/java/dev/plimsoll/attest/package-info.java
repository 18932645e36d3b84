/** What people supply where no machine can look: reports on a host, and signed attestations. */
@org.springframework.modulith.ApplicationModule(displayName = "Attestations")
@org.jspecify.annotations.NullMarked
package dev.plimsoll.attest;
