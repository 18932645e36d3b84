/**
 * Own checks: rules that a security team writes as expressions over a subject's document, compiled
 * and sandboxed, tried out on stored history, and then judged like every other check.
 */
@org.springframework.modulith.ApplicationModule(displayName = "Own checks")
@org.jspecify.annotations.NullMarked
package dev.plimsoll.owncheck;
