package dev.plimsoll.owncheck;

import dev.plimsoll.checklist.Mode;
import dev.plimsoll.checklist.Severity;
import dev.plimsoll.checklist.SubjectKind;
import org.jspecify.annotations.Nullable;

/**
 * What somebody writes down as an own check.
 *
 * @param id {@code OWN-…}, at most 40 of A-Z, 0-9 and hyphens
 * @param title the state that passes, in one line
 * @param mode {@link Mode#SCORED} or {@link Mode#ADVISORY}
 * @param expression true where the rule is kept
 * @param applies false for subjects that the rule does not mean; null if it means all of the kind
 */
public record OwnCheckDraft(
    String id,
    String title,
    SubjectKind subject,
    Severity severity,
    Mode mode,
    String expression,
    @Nullable String applies,
    String rationale,
    String remediation) {}
