package dev.plimsoll.api;

import dev.plimsoll.compliance.Profile;
import dev.plimsoll.compliance.Profiles;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.Shown;
import dev.plimsoll.posture.Scope;
import dev.plimsoll.posture.ScoreList;
import dev.plimsoll.posture.ScoreRow;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Scores of hosts, groups and the fleet. */
@RestController
@RequestMapping("/api/v1/scores")
@Tag(name = "Scores", description = "The one number, its band and its grade")
class ScoresResource {
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

  private final ScoreList scores;
  private final Profiles profiles;
  private final ScopeWord scopes;
  private final AsOf instants;
  private final Clock clock;

  ScoresResource(
      ScoreList scores, Profiles profiles, ScopeWord scopes, AsOf instants, Clock clock) {
    this.scores = scores;
    this.profiles = profiles;
    this.scopes = scopes;
    this.instants = instants;
    this.clock = clock;
  }

  @GetMapping
  @Operation(
      summary = "The score in force; with from or to its changes in [from, to)",
      responses =
          @ApiResponse(
              responseCode = "200",
              description = "One score, or {items} with one entry a change",
              content = @Content(schema = @Schema(oneOf = {ScoreBody.class, PageBody.class}))))
  Object get(
      @Parameter(description = "fleet, group:PATH or host:ID") @RequestParam(required = false)
          @Nullable String scope,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @Parameter(
              description =
                  "name or ID: the past as told again under it, then what was published under it")
          @RequestParam(required = false)
          @Nullable String profile,
      @Parameter(description = "of that profile; none for the newest")
          @RequestParam(required = false)
          @Nullable Integer profileVersion,
      @RequestParam(required = false) @Nullable Instant asOf) {
    Scope wanted = scopes.parse(scope == null ? "fleet" : scope);
    String under = profile == null ? null : profileName(profile, profileVersion);
    if (under == null && profileVersion != null) {
      throw new InvalidInput("profileVersion", "says nothing without profile. Give both.");
    }
    if (from == null && to == null) {
      return under == null
          ? ScoreBody.of(scores.at(wanted, asOf))
          : scoreUnder(wanted, under, profileVersion, instants.check(asOf));
    }
    Instant end = to == null ? clock.instant().plusNanos(1000) : to;
    Instant known = instants.check(asOf);
    if (known != null && end.isAfter(known)) {
      end = known.plusNanos(1000);
    }
    Instant begin = instants.check("from", from);
    if (begin != null && begin.isAfter(end)) {
      throw new InvalidInput("from", begin + " is later than to, " + end + ". Swap them.");
    }
    Instant first = begin == null ? FIRST : begin;
    List<ScoreRow> rows =
        under == null
            ? scores.history(wanted, first, end)
            : scores.historyUnder(wanted, under, profileVersion, first, end);
    return PageBody.all(rows.stream().map(ScoreBody::of).toList());
  }

  private ScoreBody scoreUnder(
      Scope scope, String profile, @Nullable Integer version, @Nullable Instant asOf) {
    Instant at = asOf == null ? clock.instant() : asOf;
    return scores.historyUnder(scope, profile, version, at, at.plusNanos(1000)).stream()
        .findFirst()
        .map(ScoreBody::of)
        .orElseThrow(() -> new NotFound("score under profile", Shown.of(profile)));
  }

  private String profileName(String idOrName, @Nullable Integer version) {
    return idOrName.equalsIgnoreCase(Profile.MIXED)
        ? Profile.MIXED
        : profiles.get(idOrName, version).name();
  }

  /** A score as the API shows it. */
  record ScoreBody(
      Instant at,
      @Nullable Double score,
      @Nullable Double scoreHigh,
      @Nullable Double scoreAccepted,
      @Nullable String grade,
      double confidence,
      PointsBody points,
      int hosts,
      int hostsWithCritical,
      String profile,
      int profileVersion,
      int catalogue,
      int checksInScope) {
    static ScoreBody of(ScoreRow row) {
      return new ScoreBody(
          row.at(),
          row.score(),
          row.scoreHigh(),
          row.scoreAccepted(),
          row.grade(),
          row.confidence(),
          new PointsBody(row.pointsFailed(), row.pointsUnknown(), row.pointsAccepted()),
          row.hosts(),
          row.hostsWithCritical(),
          row.profile(),
          row.profileVersion(),
          row.catalogue(),
          row.checksInScope());
    }
  }

  /** Open points. */
  record PointsBody(double failed, double unknown, double accepted) {}
}
