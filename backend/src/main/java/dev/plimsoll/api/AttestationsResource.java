package dev.plimsoll.api;

import dev.plimsoll.attest.AttestationDraft;
import dev.plimsoll.attest.Attestations;
import dev.plimsoll.attest.SignedAttestation;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.JsonFields;
import dev.plimsoll.posture.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** What people sign for where no machine can look. */
@RestController
@RequestMapping("/api/v1/attestations")
@Tag(name = "Attestations", description = "What people sign for where no machine can look")
class AttestationsResource {
  private final Attestations attestations;
  private final HostResolver hosts;
  private final AsOf instants;
  private final Clock clock;

  AttestationsResource(Attestations attestations, HostResolver hosts, AsOf instants, Clock clock) {
    this.attestations = attestations;
    this.hosts = hosts;
    this.instants = instants;
    this.clock = clock;
  }

  @GetMapping
  @Operation(summary = "Attestations, newest first; expired and withdrawn ones too")
  PageBody<AttestationBody> list(
      @Parameter(description = "a host's ID or name") @RequestParam(required = false)
          @Nullable String host,
      @Parameter(description = "a check's ID") @RequestParam(required = false)
          @Nullable String check,
      @RequestParam(required = false) @Nullable Instant asOf,
      @ParameterObject ListParameters parameters) {
    PageRequest page = parameters.toPageRequest();
    @Nullable Long hostId = hosts.idOrNull(host);
    Instant at = instants.check(asOf);
    Cursor cursor =
        page.after() == null
            ? new Cursor(at == null ? clock.instant() : at, hostId, check, null)
            : Cursor.parse(page.after()).fitting(hostId, check, at);
    List<SignedAttestation> found =
        attestations.list(
            cursor.hostId(), cursor.check(), cursor.at(), cursor.before(), page.limit() + 1);
    boolean more = found.size() > page.limit();
    List<SignedAttestation> shown = more ? found.subList(0, page.limit()) : found;
    return new PageBody<>(
        shown.stream().map(one -> AttestationBody.of(one, cursor.at())).toList(),
        more ? cursor.after(shown.getLast().id()).text() : null,
        null,
        null);
  }

  @GetMapping("/{id}")
  @Operation(summary = "One attestation")
  AttestationBody get(@PathVariable String id) {
    return attestations
        .get(Ids.parse("attestation", id))
        .map(one -> AttestationBody.of(one, clock.instant()))
        .orElseThrow(() -> new NotFound("attestation", id));
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(summary = "Sign that a check holds on a host, or does not, for at most a year")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = AttestationRequest.class)))
  AttestationBody sign(@RequestBody JsonNode body) {
    JsonFields fields = JsonFields.of(body);
    String host = fields.requiredText("host");
    String check = fields.requiredText("check");
    String outcome = fields.requiredText("outcome");
    String statement = fields.requiredText("statement");
    @Nullable Instant signedAt = fields.instant("signedAt");
    @Nullable Instant expiresAt = fields.instant("expiresAt");
    fields.check();
    return AttestationBody.of(
        attestations.sign(
            new AttestationDraft(
                hosts.resolve(host).id(), check, outcome, statement, signedAt, expiresAt)),
        clock.instant());
  }

  @PostMapping("/{id}/withdraw")
  @Operation(summary = "Take an attestation back; what it said before stays history")
  AttestationBody withdraw(@PathVariable String id) {
    return AttestationBody.of(attestations.withdraw(Ids.parse("attestation", id)), clock.instant());
  }

  /**
   * Where the next page of a list begins.
   *
   * @param before only rows older than this one
   */
  private record Cursor(
      Instant at, @Nullable Long hostId, @Nullable String check, @Nullable Long before) {
    private static final Pattern TEXT =
        Pattern.compile("([^|]{1,40})\\|([0-9]{0,18})\\|([A-Z0-9-]{0,60})\\|([0-9]{1,18})");

    static Cursor parse(String cursor) {
      try {
        Matcher parts =
            TEXT.matcher(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
        if (parts.matches()) {
          return new Cursor(
              Instant.parse(parts.group(1)),
              parts.group(2).isEmpty() ? null : (Long) Long.parseLong(parts.group(2)),
              parts.group(3).isEmpty() ? null : parts.group(3),
              Long.parseLong(parts.group(4)));
        }
      } catch (IllegalArgumentException | java.time.format.DateTimeParseException e) {
        throw unfit("is damaged");
      }
      throw unfit("is damaged");
    }

    /** The cursor says what its list was asked for; what is asked again has to be the same. */
    Cursor fitting(@Nullable Long host, @Nullable String asked, @Nullable Instant asOf) {
      if ((host != null && !host.equals(hostId))
          || (asked != null && !asked.equals(check))
          || (asOf != null && !asOf.equals(at))) {
        throw unfit("belongs to a list with other filters");
      }
      return this;
    }

    Cursor after(long id) {
      return new Cursor(at, hostId, check, id);
    }

    String text() {
      String plain =
          "%s|%s|%s|%s"
              .formatted(at, hostId == null ? "" : hostId, check == null ? "" : check, before);
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    private static InvalidInput unfit(String why) {
      return new InvalidInput("after", "The cursor " + why + ". Begin anew without it.");
    }
  }

  /** What is signed. */
  record AttestationRequest(
      String host,
      String check,
      String outcome,
      String statement,
      @Nullable Instant signedAt,
      Instant expiresAt) {}

  /**
   * An attestation as the API shows it.
   *
   * @param counts whether it counts at the instant of the list
   * @param documentSha256 hash of what was signed
   */
  record AttestationBody(
      String id,
      HostRefBody host,
      String check,
      String outcome,
      String statement,
      String author,
      Instant signedAt,
      Instant receivedAt,
      Instant expiresAt,
      boolean counts,
      @Nullable Instant withdrawnAt,
      @Nullable String withdrawnBy,
      String documentSha256) {
    static AttestationBody of(SignedAttestation one, Instant at) {
      return new AttestationBody(
          String.valueOf(one.id()),
          new HostRefBody(String.valueOf(one.hostId()), one.host()),
          one.check(),
          one.outcome().name(),
          one.statement(),
          one.author(),
          one.signedAt(),
          one.receivedAt(),
          one.expiresAt(),
          one.countsAt(at),
          one.withdrawnAt(),
          one.withdrawnBy(),
          one.documentSha256());
    }
  }
}
