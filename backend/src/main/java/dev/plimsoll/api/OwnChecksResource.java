package dev.plimsoll.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.plimsoll.fleet.JsonFields;
import dev.plimsoll.fleet.Shown;
import dev.plimsoll.owncheck.OwnCheckDraft;
import dev.plimsoll.owncheck.OwnCheckRecord;
import dev.plimsoll.owncheck.TryOut;
import dev.plimsoll.owncheck.TryOutResult;
import dev.plimsoll.owncheck.WrittenChecks;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The checks that a company writes itself. */
@RestController
@RequestMapping("/api/v1/own-checks")
@Tag(
    name = "Own checks",
    description = "Checks that a company writes itself, as expressions over documents")
class OwnChecksResource {
  /** What a try-out asks about beside today, if nobody says otherwise: the last quarter. */
  private static final Duration A_QUARTER = Duration.ofDays(90);

  private static final int SHOWN = 100;
  private static final int MOST_SHOWN = 1_000;

  private final WrittenChecks checks;
  private final TryOut tryOut;
  private final HostResolver hosts;
  private final AsOf instants;
  private final Clock clock;

  OwnChecksResource(
      WrittenChecks checks,
      TryOut tryOut,
      HostResolver hosts,
      AsOf instants,
      @Qualifier("publishClock") Clock clock) {
    this.checks = checks;
    this.tryOut = tryOut;
    this.hosts = hosts;
    this.instants = instants;
    this.clock = clock;
  }

  @GetMapping
  @Operation(summary = "All own checks by ID, drafts and retired ones included")
  PageBody<OwnCheckBody> list(@RequestParam(required = false) @Nullable Instant asOf) {
    return PageBody.all(checks.list(instants.check(asOf)).stream().map(OwnCheckBody::of).toList());
  }

  @GetMapping("/{id}")
  @Operation(summary = "One own check, with its earlier revisions")
  OneBody get(@PathVariable String id) {
    List<OwnCheckRecord> revisions = checks.revisions(id);
    if (revisions.isEmpty()) {
      throw new NotFound("own check", Shown.of(id));
    }
    return new OneBody(
        OwnCheckBody.of(revisions.getFirst()),
        revisions.stream().skip(1).map(OwnCheckBody::of).toList());
  }

  @PostMapping
  @Operation(summary = "Write a check; it judges nothing until it is activated")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = OwnCheckBody.Request.class)))
  ResponseEntity<OwnCheckBody> draft(@RequestBody JsonNode body) {
    JsonFields fields = JsonFields.of(body);
    OwnCheckDraft draft = OwnCheckBody.draft(fields);
    fields.check();
    OwnCheckRecord record = checks.draft(draft);
    return ResponseEntity.created(URI.create("/api/v1/own-checks/" + record.draft().id()))
        .body(OwnCheckBody.of(record));
  }

  @PatchMapping("/{id}")
  @Operation(summary = "Change a check (RFC 7396); an active one judges anew by what it is then")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = OwnCheckBody.Request.class)))
  OwnCheckBody change(@PathVariable String id, @RequestBody JsonNode body) {
    return OwnCheckBody.of(
        checks.change(
            id,
            before -> {
              JsonFields fields = JsonFields.of(body);
              OwnCheckDraft after = OwnCheckBody.changed(fields, before);
              fields.check();
              return after;
            }));
  }

  @PostMapping("/{id}/activate")
  @Operation(summary = "Let a check judge from now on")
  OwnCheckBody activate(@PathVariable String id) {
    return OwnCheckBody.of(checks.activate(id));
  }

  @PostMapping("/{id}/retire")
  @Operation(summary = "End a check: its verdicts and findings close, its past stays")
  OwnCheckBody retire(@PathVariable String id) {
    return OwnCheckBody.of(checks.retire(id));
  }

  @PostMapping("/try")
  @Operation(
      summary = "Who would fail a check, today and in the past; nothing is stored",
      description =
          "Takes a check's description, of which subject and expression are needed, and at"
              + " (instants; now and 90 days ago if not given), host, limit (of failing subjects,"
              + " 100, at most 1000) and after (the place that an earlier answer gave as next)."
              + " Where time ran out, complete is false and the counts speak of judged subjects.")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = TryRequest.class)))
  TryBody tryOut(@RequestBody JsonNode body) {
    JsonFields fields = JsonFields.of(body);
    // A whole description may be sent; what does not decide is not looked at.
    for (String other : List.of("id", "title", "severity", "mode", "rationale", "remediation")) {
      fields.text(other);
    }
    var subject = OwnCheckBody.subject(fields);
    String expression = fields.requiredText("expression");
    String applies = fields.text("applies");
    List<Instant> at = instants(fields);
    int limit = fields.integer("limit", SHOWN);
    if (limit < 1 || limit > MOST_SHOWN) {
      fields.reject("limit", limit + " is out of range. Give 1 to " + MOST_SHOWN + ".");
    }
    String host = fields.text("host");
    TryOutResult.Place after = place(fields);
    fields.check();
    return TryBody.of(
        tryOut.run(
            new TryOut.Request(
                subject, expression, applies, at, hosts.idOrNull(host), limit, after)));
  }

  private List<Instant> instants(JsonFields fields) {
    List<String> texts = fields.texts("at");
    if (texts == null) {
      Instant now = clock.instant();
      return List.of(now, now.minus(A_QUARTER));
    }
    List<Instant> instants = new ArrayList<>();
    for (String text : texts) {
      try {
        instants.add(Instant.parse(text));
      } catch (DateTimeParseException e) {
        fields.reject(
            "at",
            "\"" + Shown.of(text) + "\" is no instant. Give one such as 2026-03-01T12:00:00Z.");
      }
    }
    return instants;
  }

  private static TryOutResult.@Nullable Place place(JsonFields fields) {
    String text = fields.text("after");
    if (text == null) {
      return null;
    }
    String[] parts = text.split("-", -1);
    try {
      if (parts.length == 2) {
        return new TryOutResult.Place(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
      }
    } catch (NumberFormatException e) {
      // said below, as for any other text that no answer gave
    }
    fields.reject("after", "is no place that an answer gave. Leave it out to begin anew.");
    return null;
  }

  /** What a try-out takes. */
  record TryRequest(
      @Schema(example = "container") @Nullable String subject,
      @Nullable String expression,
      @Nullable String applies,
      @Nullable List<Instant> at,
      @Nullable String host,
      @Nullable Integer limit,
      @Nullable String after) {}

  /** An own check and what it was before. */
  record OneBody(@JsonUnwrapped OwnCheckBody check, List<OwnCheckBody> earlier) {}

  /** What a check would have said. */
  record TryBody(boolean complete, List<InstantBody> items) {
    static TryBody of(TryOutResult result) {
      return new TryBody(
          result.complete(), result.instants().stream().map(InstantBody::of).toList());
    }
  }

  /**
   * One instant.
   *
   * @param subjects all of the kind that were known
   * @param judged those that the counts speak of
   */
  record InstantBody(
      Instant at,
      boolean complete,
      long subjects,
      long judged,
      long pass,
      long fail,
      long unknown,
      long notApplicable,
      int failingHosts,
      List<FailingBody> failing,
      @Nullable String next,
      List<TryOutResult.Reason> unknownReasons) {
    static InstantBody of(TryOutResult.AtInstant one) {
      TryOutResult.Place next = one.next();
      return new InstantBody(
          one.at(),
          one.complete(),
          one.subjects(),
          one.judged(),
          one.pass(),
          one.fail(),
          one.unknown(),
          one.notApplicable(),
          one.failingHosts(),
          one.failing().stream().map(FailingBody::of).toList(),
          next == null ? null : next.hostId() + "-" + next.subjectId(),
          one.unknownReasons());
    }
  }

  /** A subject that fails. */
  record FailingBody(
      HostRefBody host,
      VerdictsResource.SubjectRefBody subject,
      List<VerdictsResource.EvidenceBody> evidence,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason) {
    static FailingBody of(TryOutResult.Failing failing) {
      return new FailingBody(
          new HostRefBody(String.valueOf(failing.hostId()), failing.host()),
          new VerdictsResource.SubjectRefBody(
              String.valueOf(failing.subjectId()), failing.kind().word(), failing.name()),
          failing.evidence().stream().map(VerdictsResource.EvidenceBody::of).toList(),
          failing.reason());
    }
  }
}
