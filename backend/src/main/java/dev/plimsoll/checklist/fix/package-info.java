/**
 * What would make a failing check pass: the concrete change for one subject, in the forms in which
 * people make it, and its effect on the documents, so that it can be tried by judging them.
 */
@org.springframework.modulith.NamedInterface("fix")
@org.jspecify.annotations.NullMarked
package dev.plimsoll.checklist.fix;
