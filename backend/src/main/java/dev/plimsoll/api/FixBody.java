package dev.plimsoll.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.plimsoll.checklist.fix.Fix;
import dev.plimsoll.checklist.fix.Form;
import dev.plimsoll.compliance.FixAdvice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fix as the API shows it.
 *
 * @param possible whether it can be written down; else {@code reason} says what people decide
 * @param forms the change in each form in which it can be made
 * @param cautions what it may break, or needs first
 * @param tried whether its effect shows in the stored documents, so that it was judged
 * @param clears other verdicts that it turns from FAIL
 * @param breaks verdicts that it turns into FAIL
 * @param otherFindings how many other findings that helps
 */
record FixBody(
    String check,
    String subject,
    boolean possible,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason,
    List<FormBody> forms,
    List<String> cautions,
    boolean tried,
    List<EffectBody> clears,
    List<EffectBody> breaks,
    int otherFindings) {

  static FixBody of(FixAdvice.Advice advice) {
    String subject = String.valueOf(advice.subjectId());
    return switch (advice.fix()) {
      case Fix.Decision(String reason) ->
          new FixBody(
              advice.check(),
              subject,
              false,
              reason,
              List.of(),
              List.of(),
              false,
              List.of(),
              List.of(),
              0);
      case Fix.Change change ->
          new FixBody(
              advice.check(),
              subject,
              true,
              null,
              change.forms().stream().map(FormBody::of).toList(),
              change.cautions(),
              !change.patches().isEmpty(),
              advice.clears().stream().map(EffectBody::of).toList(),
              advice.breaks().stream().map(EffectBody::of).toList(),
              advice.otherFindings());
    };
  }

  /**
   * A change as text.
   *
   * @param format {@code docker run}, {@code compose}, {@code daemon.json}, {@code Dockerfile} or
   *     {@code commands}
   */
  record FormBody(String format, String text) {
    static FormBody of(Form form) {
      return new FormBody(form.format().word(), form.text());
    }
  }

  /** A verdict that turns as well. */
  record EffectBody(String check, String subject) {
    static EffectBody of(FixAdvice.Effect effect) {
      return new EffectBody(effect.check(), String.valueOf(effect.subjectId()));
    }
  }
}
