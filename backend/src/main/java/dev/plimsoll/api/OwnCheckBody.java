package dev.plimsoll.api;

import dev.plimsoll.checklist.Mode;
import dev.plimsoll.checklist.Severity;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.fleet.JsonFields;
import dev.plimsoll.fleet.Shown;
import dev.plimsoll.owncheck.OwnCheckDraft;
import dev.plimsoll.owncheck.OwnCheckRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An own check as the API shows it.
 *
 * @param expression true where the rule is kept
 * @param applies false for subjects that the rule does not mean; null if it means all of the kind
 * @param since when this revision began
 */
record OwnCheckBody(
    String id,
    String title,
    String subject,
    String severity,
    String mode,
    String expression,
    @Nullable String applies,
    String rationale,
    String remediation,
    String status,
    int revision,
    Instant since,
    String changedBy) {

  static OwnCheckBody of(OwnCheckRecord record) {
    OwnCheckDraft draft = record.draft();
    return new OwnCheckBody(
        draft.id(),
        draft.title(),
        draft.subject().word(),
        word(draft.severity()),
        word(draft.mode()),
        draft.expression(),
        draft.applies(),
        draft.rationale(),
        draft.remediation(),
        record.status().name(),
        record.revision(),
        record.since(),
        record.changedBy());
  }

  /** What describes an own check. */
  @Schema(name = "OwnCheckRequest")
  record Request(
      @Schema(example = "OWN-REGISTRY") @Nullable String id,
      @Nullable String title,
      @Schema(example = "container") @Nullable String subject,
      @Schema(example = "high") @Nullable String severity,
      @Schema(description = "scored or advisory; scored if not given") @Nullable String mode,
      @Schema(example = "doc.HostConfig.Privileged == false") @Nullable String expression,
      @Nullable String applies,
      @Nullable String rationale,
      @Nullable String remediation) {}

  /** A whole description. End with {@link JsonFields#check}. */
  static OwnCheckDraft draft(JsonFields fields) {
    return new OwnCheckDraft(
        fields.requiredText("id"),
        fields.requiredText("title"),
        subject(fields),
        severity(fields, fields.requiredText("severity")),
        mode(fields, Objects.requireNonNullElse(fields.text("mode"), "scored")),
        fields.requiredText("expression"),
        fields.text("applies"),
        fields.requiredText("rationale"),
        fields.requiredText("remediation"));
  }

  /** What the fields make of a check; those left out stay. End with {@link JsonFields#check}. */
  static OwnCheckDraft changed(JsonFields fields, OwnCheckDraft before) {
    for (String name :
        List.of(
            "id",
            "title",
            "subject",
            "severity",
            "mode",
            "expression",
            "rationale",
            "remediation")) {
      fields.rejectNull(name);
    }
    String severity = fields.text("severity");
    String mode = fields.text("mode");
    return new OwnCheckDraft(
        Objects.requireNonNullElse(fields.text("id"), before.id()),
        Objects.requireNonNullElse(fields.text("title"), before.title()),
        fields.has("subject") && !fields.isNull("subject") ? subject(fields) : before.subject(),
        severity == null ? before.severity() : severity(fields, severity),
        mode == null ? before.mode() : mode(fields, mode),
        Objects.requireNonNullElse(fields.text("expression"), before.expression()),
        fields.has("applies") ? fields.text("applies") : before.applies(),
        Objects.requireNonNullElse(fields.text("rationale"), before.rationale()),
        Objects.requireNonNullElse(fields.text("remediation"), before.remediation()));
  }

  /** The kind of subject that a check judges. */
  static SubjectKind subject(JsonFields fields) {
    String word = fields.requiredText("subject");
    Optional<SubjectKind> kind =
        Arrays.stream(SubjectKind.values()).filter(some -> some.word().equals(word)).findFirst();
    if (kind.isEmpty() && !word.isEmpty()) {
      fields.reject(
          "subject",
          notOneOf(word, Arrays.stream(SubjectKind.values()).map(SubjectKind::word).toList()));
    }
    return kind.orElse(SubjectKind.CONTAINER);
  }

  private static Severity severity(JsonFields fields, String word) {
    Optional<Severity> severity =
        Arrays.stream(Severity.values()).filter(some -> word(some).equals(word)).findFirst();
    if (severity.isEmpty() && !word.isEmpty()) {
      fields.reject(
          "severity",
          notOneOf(word, Arrays.stream(Severity.values()).map(OwnCheckBody::word).toList()));
    }
    return severity.orElse(Severity.LOW);
  }

  private static Mode mode(JsonFields fields, String word) {
    if (word.equals(word(Mode.ADVISORY))) {
      return Mode.ADVISORY;
    }
    if (!word.equals(word(Mode.SCORED))) {
      fields.reject("mode", notOneOf(word, List.of(word(Mode.SCORED), word(Mode.ADVISORY))));
    }
    return Mode.SCORED;
  }

  private static String notOneOf(String word, List<String> words) {
    return "\"" + Shown.of(word) + "\" is not possible here. Give one of " + words + ".";
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
