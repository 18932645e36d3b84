/** What the checklist says of what was seen: verdicts, findings and scores. */
@org.springframework.modulith.ApplicationModule(displayName = "Compliance")
@org.jspecify.annotations.NullMarked
package dev.plimsoll.compliance;
