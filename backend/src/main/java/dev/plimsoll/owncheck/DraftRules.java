package dev.plimsoll.owncheck;

import dev.plimsoll.checklist.Mode;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.InvalidInput.FieldError;
import dev.plimsoll.fleet.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an own check must be; gathers everything that is wrong. */
final class DraftRules {
  private static final Pattern ID = Pattern.compile("OWN-[A-Z0-9](?:[A-Z0-9-]*[A-Z0-9])?");
  private static final int LONGEST_ID = 40;
  private static final int LONGEST_TITLE = 200;
  private static final int LONGEST_TEXT = 2_000;

  private final List<FieldError> errors = new ArrayList<>();

  private DraftRules() {}

  /** A check's expressions. */
  record Compiled(Expression expression, @Nullable Expression applies) {}

  /**
   * Checks a whole draft.
   *
   * @throws InvalidInput naming every bad field
   */
  static OwnCheckDraft check(OwnCheckDraft draft) {
    DraftRules rules = new DraftRules();
    rules.id(draft.id());
    String title = rules.line(draft.title());
    String rationale = rules.text("rationale", draft.rationale());
    String remediation = rules.text("remediation", draft.remediation());
    if (draft.mode() == Mode.EVIDENCE) {
      rules.errors.add(
          new FieldError("mode", "evidence is not possible here. Give scored or advisory."));
    }
    String applies = draft.applies() == null || draft.applies().isBlank() ? null : draft.applies();
    rules.compiled(draft.expression(), applies);
    return new OwnCheckDraft(
        draft.id(),
        title,
        draft.subject(),
        draft.severity(),
        draft.mode(),
        draft.expression(),
        applies,
        rationale,
        remediation);
  }

  /**
   * Compiles only the expressions, to try them out.
   *
   * @throws InvalidInput naming what does not compile
   */
  static Compiled expressions(String expression, @Nullable String applies) {
    return new DraftRules().compiled(expression, applies);
  }

  private Compiled compiled(String source, @Nullable String appliesSource) {
    Expression expression = compiledField("expression", source);
    Expression applies =
        appliesSource == null || appliesSource.isBlank()
            ? null
            : compiledField("applies", appliesSource);
    if (expression == null || !errors.isEmpty()) {
      throw new InvalidInput(errors);
    }
    return new Compiled(expression, applies);
  }

  private @Nullable Expression compiledField(String field, String source) {
    try {
      return Expression.compile(source);
    } catch (InvalidExpression e) {
      e.problems().forEach(problem -> errors.add(new FieldError(field, problem.toString())));
      return null;
    }
  }

  private void id(String id) {
    if (id.length() > LONGEST_ID || !ID.matcher(id).matches()) {
      errors.add(
          new FieldError(
              "id",
              "\"%s\" is not possible. Give OWN- followed by A-Z, 0-9 and hyphens, at most %d characters in all, such as OWN-REGISTRY."
                  .formatted(Shown.of(id), LONGEST_ID)));
    }
  }

  private String line(String typed) {
    String title = typed.strip();
    if (title.isEmpty()) {
      errors.add(new FieldError("title", "is empty. Say in one line what state passes."));
    } else if (title.length() > LONGEST_TITLE) {
      errors.add(
          new FieldError(
              "title",
              "has %d characters. Use at most %d.".formatted(title.length(), LONGEST_TITLE)));
    } else if (title.chars().anyMatch(Character::isISOControl)) {
      errors.add(new FieldError("title", "holds a control character. Leave it out."));
    }
    return title;
  }

  private String text(String field, String typed) {
    String text = typed.strip();
    if (text.isEmpty()) {
      errors.add(
          new FieldError(
              field,
              field.equals("rationale")
                  ? "is empty. Say why it matters."
                  : "is empty. Say what to change where it fails."));
    } else if (text.length() > LONGEST_TEXT) {
      errors.add(
          new FieldError(
              field, "has %d characters. Use at most %d.".formatted(text.length(), LONGEST_TEXT)));
    } else if (text.indexOf('\0') >= 0) {
      errors.add(new FieldError(field, "holds a NUL character. Leave it out."));
    }
    return text;
  }
}
