package dev.plimsoll.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.plimsoll.checklist.Evidence;
import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.compliance.FixAdvice;
import dev.plimsoll.posture.VerdictList;
import dev.plimsoll.posture.VerdictQuery;
import dev.plimsoll.posture.VerdictRow;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/** What the checks say, with the evidence. */
@RestController
@RequestMapping("/api/v1/verdicts")
@Tag(name = "Verdicts", description = "What each check says of each subject, with its evidence")
class VerdictsResource {
  private final VerdictList verdicts;
  private final FixAdvice fixes;
  private final HostResolver hosts;

  VerdictsResource(VerdictList verdicts, FixAdvice fixes, HostResolver hosts) {
    this.verdicts = verdicts;
    this.fixes = fixes;
    this.hosts = hosts;
  }

  @GetMapping
  @Operation(
      summary = "Verdicts by host, subject and check; outcome=PASS needs host, subject or check",
      description =
          "What is unknown for a whole host is one row for host and check, with the engine as its"
              + " subject. A page may be shorter than its limit though next leads on.")
  PageBody<VerdictBody> list(
      @ParameterObject VerdictParameters filter, @ParameterObject ListParameters page) {
    VerdictQuery query = filter.toQuery(hosts.idOrNull(filter.host()));
    return PageBody.of(verdicts.list(query, page.toPageRequest()), VerdictBody::of);
  }

  @GetMapping("/fix")
  @Operation(
      summary = "What to change so that a failing check passes for a subject",
      description =
          "The change in each form in which it can be made, tried on the stored documents; or why"
              + " only people can decide. 409 if the check does not fail now.")
  FixBody fix(
      @Parameter(description = "a subject's ID") @RequestParam String subject,
      @Parameter(description = "a check's ID") @RequestParam String check) {
    return FixBody.of(fixes.of(Ids.parse("subject", subject), check));
  }

  /** Which verdicts a list shows. */
  record VerdictParameters(
      @Parameter(description = "a host's ID or name") @Nullable String host,
      @Parameter(description = "a subject's ID") @Nullable String subject,
      @Parameter(description = "a check's ID") @Nullable String check,
      @Parameter(description = "PASS, FAIL, UNKNOWN or NOT_APPLICABLE") @Nullable String outcome,
      @Parameter(description = "engine, container, image, volume or network") @Nullable String kind,
      @Nullable Instant asOf) {
    VerdictQuery toQuery(@Nullable Long hostId) {
      return new VerdictQuery(
          hostId,
          subject == null ? null : (Long) Ids.parse("subject", subject),
          check,
          outcome == null ? null : Enums.parse("outcome", outcome, Outcome.class),
          kind,
          asOf);
    }
  }

  /**
   * A verdict as the API shows it.
   *
   * @param documentSha256 of the subject; null if it was never read
   * @param collectionId of an UNKNOWN: the collection that could not read it
   */
  record VerdictBody(
      String check,
      String title,
      Outcome outcome,
      String severity,
      boolean advisory,
      HostRefBody host,
      SubjectRefBody subject,
      Instant since,
      List<EvidenceBody> evidence,
      @Nullable String documentSha256,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String collectionId) {
    static VerdictBody of(VerdictRow row) {
      Long collection = row.collectionId();
      return new VerdictBody(
          row.check(),
          row.title(),
          row.outcome(),
          row.severity(),
          row.advisory(),
          HostRefBody.of(row.host()),
          new SubjectRefBody(
              row.subjectId() == 0 ? null : String.valueOf(row.subjectId()),
              row.subjectKind(),
              row.subjectName()),
          row.since(),
          row.evidence().stream().map(EvidenceBody::of).toList(),
          row.documentSha256(),
          row.reason(),
          collection == null ? null : String.valueOf(collection));
    }
  }

  /**
   * A subject where its verdict is shown.
   *
   * @param id null for the engine of a host that was never read
   */
  record SubjectRefBody(@Nullable String id, String kind, String name) {}

  /**
   * What a check looked at.
   *
   * @param value the JSON value that stands there; a text where it was too long to be kept whole
   */
  record EvidenceBody(
      String path,
      @Schema(type = "object", description = "any JSON value") JsonNode value,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String documentSha256) {
    private static final JsonMapper MAPPER =
        JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static EvidenceBody of(Evidence evidence) {
      return new EvidenceBody(evidence.path(), json(evidence.value()), evidence.documentSha256());
    }

    private static JsonNode json(@Nullable String value) {
      if (value == null) {
        return NullNode.getInstance();
      }
      try {
        return MAPPER.readTree(value);
      } catch (JacksonException e) {
        return StringNode.valueOf(value); // cut short, and so no JSON any more
      }
    }
  }
}
