package dev.plimsoll.backup;

import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.InvalidInput.FieldError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a policy has to be like. */
@Component
class PolicyRules {
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_REASON = 2_000;
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(3_650);

  /**
   * Checks a policy that is to hold from now on.
   *
   * @throws InvalidInput naming every bad field
   */
  void check(PolicyDraft draft, Instant now) {
    List<FieldError> errors = new ArrayList<>();
    String name = draft.name().strip();
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      errors.add(new FieldError("name", "Give a name of 1 to " + LONGEST_NAME + " characters."));
    }
    String reason = draft.exemptReason();
    if (reason == null && draft.rpo() == null) {
      errors.add(
          new FieldError("rpoSeconds", "Say how much may be lost, or exempt with a reason."));
    }
    if (reason != null) {
      if (reason.isBlank() || reason.length() > LONGEST_REASON) {
        errors.add(
            new FieldError(
                "exempt.reason",
                "Give a reason of 1 to " + LONGEST_REASON + " characters why it needs no backup."));
      }
      if (draft.rpo() != null || draft.restoreTestEvery() != null || draft.offHost()) {
        errors.add(
            new FieldError(
                "exempt", "What is exempt promises nothing. Leave out either this or the RPO."));
      }
    }
    range("rpoSeconds", draft.rpo(), errors);
    range("restoreTestEverySeconds", draft.restoreTestEvery(), errors);
    Instant until = draft.exemptUntil();
    if (until != null && reason == null) {
      errors.add(new FieldError("exempt.reason", "Say why it needs no backup until then."));
    }
    if (until != null && !until.isAfter(now)) {
      errors.add(new FieldError("exempt.expiresAt", until + " has passed. Give a later instant."));
    }
    if (!errors.isEmpty()) {
      throw new InvalidInput(errors);
    }
  }

  private static void range(String field, @Nullable Duration span, List<FieldError> errors) {
    if (span != null && (span.compareTo(SHORTEST) < 0 || span.compareTo(LONGEST) > 0)) {
      errors.add(
          new FieldError(
              field,
              span.toSeconds()
                  + " is out of range. Give "
                  + SHORTEST.toSeconds()
                  + " to "
                  + LONGEST.toSeconds()
                  + " seconds."));
    }
  }
}
