package dev.plimsoll.api;

import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.posture.CoverageList;
import dev.plimsoll.posture.CoverageQuery;
import dev.plimsoll.posture.CoverageSpan;
import dev.plimsoll.posture.CoverageSummary;
import dev.plimsoll.posture.PageRequest;
import dev.plimsoll.posture.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How the data that hosts keep stands. */
@RestController
@RequestMapping("/api/v1/coverage")
@Tag(name = "Coverage", description = "Whether data would survive the loss of its host")
class CoverageResource {
  private final CoverageList list;
  private final CoverageSummary summary;
  private final HostResolver hosts;
  private final ScopeWord scopes;
  private final Clock clock;

  CoverageResource(
      CoverageList list,
      CoverageSummary summary,
      HostResolver hosts,
      ScopeWord scopes,
      @Qualifier("publishClock") Clock clock) {
    this.list = list;
    this.summary = summary;
    this.hosts = hosts;
    this.scopes = scopes;
    this.clock = clock;
  }

  @GetMapping
  @Operation(summary = "Data that hosts keep, with how it stands; most urgent first")
  PageBody<CoverageBody> list(
      @ParameterObject CoverageParameters filter, @ParameterObject ListParameters parameters) {
    PageRequest page = parameters.toPageRequest();
    return PageBody.of(
        list.list(filter.toQuery(hosts.idOrNull(filter.host())), page), CoverageBody::of);
  }

  @GetMapping("/{id}")
  @Operation(summary = "One kept data with how it stands")
  CoverageBody get(
      @PathVariable String id,
      @RequestParam(required = false) @Nullable Instant asOf,
      @RequestParam(required = false) @Nullable Instant knownAt) {
    return list.get(Ids.parse("kept data", id), asOf, knownAt)
        .map(CoverageBody::of)
        .orElseThrow(() -> new NotFound("kept data", id));
  }

  @GetMapping("/{id}/history")
  @Operation(summary = "How it stood in [from, to), oldest first, as far as is known at an instant")
  PageBody<CoverageSpan> history(
      @PathVariable String id,
      @Parameter(description = "the beginning if not given") @RequestParam(required = false)
          @Nullable Instant from,
      @Parameter(description = "now if not given") @RequestParam(required = false)
          @Nullable Instant to,
      @Parameter(description = "the same as to") @RequestParam(required = false)
          @Nullable Instant asOf,
      @RequestParam(required = false) @Nullable Instant knownAt) {
    Range range = Range.of(from, to == null ? asOf : to, clock);
    return PageBody.all(
        list.history(Ids.parse("kept data", id), range.from(), range.to(), knownAt));
  }

  @GetMapping("/summary")
  @Operation(
      summary = "Counts and bytes for each state; with from or to their changes in [from, to)",
      responses =
          @ApiResponse(
              responseCode = "200",
              description =
                  "One summary, or {items} with one entry a change, thinned to about 400, each with"
                      + " what was known then",
              content =
                  @Content(schema = @Schema(oneOf = {CoverageTotalsBody.class, PageBody.class}))))
  Object summary(
      @Parameter(description = "fleet, group:PATH or host:ID") @RequestParam(required = false)
          @Nullable String scope,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @RequestParam(required = false) @Nullable Instant asOf,
      @RequestParam(required = false) @Nullable Instant knownAt) {
    Scope wanted = scopes.parse(scope == null ? "fleet" : scope);
    if (from == null && to == null) {
      return CoverageTotalsBody.of(summary.at(wanted, asOf, knownAt));
    }
    Range range = Range.of(from, to == null ? asOf : to, clock);
    return PageBody.all(
        summary.series(wanted, range.from(), range.to(), knownAt).stream()
            .map(CoverageTotalsBody::of)
            .toList());
  }

  /**
   * A stretch of time.
   *
   * @param from null for the beginning
   * @param to null for now
   */
  private record Range(@Nullable Instant from, @Nullable Instant to) {
    static Range of(@Nullable Instant from, @Nullable Instant to, Clock clock) {
      Instant now = clock.instant();
      if (from != null && from.isAfter(now)) {
        throw new InvalidInput("from", from + " lies in the future. Give an earlier instant.");
      }
      if (from != null && to != null && from.isAfter(to)) {
        throw new InvalidInput("from", from + " lies after to, " + to + ". Swap them.");
      }
      return new Range(from, to == null || to.isAfter(now) ? null : to);
    }
  }

  /** Which data a list shows. */
  record CoverageParameters(
      @Parameter(description = "a host's ID or name") @Nullable String host,
      @Parameter(description = "a path; its subtree counts") @Nullable String group,
      @Parameter(description = "states, with commas between") @Nullable List<String> state,
      @Parameter(description = "volume, directory, layer or swarm, with commas between")
          @Nullable List<String> kind,
      @Parameter(description = "name or ID of the policy that promises or exempts it")
          @Nullable String policy,
      @Parameter(description = "part of its name, its host's or its policy's") @Nullable String q,
      @Parameter(description = "true: only volumes that nothing uses; false: all but these")
          @Nullable Boolean orphaned,
      @Parameter(description = "true, false or unknown: where its newest good backup lies")
          @Nullable String offHost,
      @Parameter(description = "state, name, host, lastSuccess or bytes; - before it: downwards")
          @Nullable String sort,
      @Nullable Instant asOf,
      @Nullable Instant knownAt) {
    private static final Map<String, CoverageQuery.Sort> SORTS =
        Map.of(
            "state", CoverageQuery.Sort.STATE,
            "name", CoverageQuery.Sort.NAME,
            "host", CoverageQuery.Sort.HOST,
            "lastSuccess", CoverageQuery.Sort.LAST_SUCCESS,
            "bytes", CoverageQuery.Sort.BYTES);

    CoverageQuery toQuery(@Nullable Long hostId) {
      SortWord<CoverageQuery.Sort> order = SortWord.parse(sort, "state", SORTS);
      return new CoverageQuery(
          hostId,
          group,
          words("state", state, CoverageState.class),
          words("kind", kind, DataKind.class),
          policy,
          q,
          orphaned,
          offHost == null ? null : Enums.parse("offHost", offHost, CoverageQuery.OffHost.class),
          order.sort(),
          order.descending(),
          asOf,
          knownAt);
    }

    static <E extends Enum<E>> Set<E> words(
        String parameter, @Nullable List<String> words, Class<E> type) {
      return words == null
          ? Set.of()
          : words.stream()
              .map(word -> Enums.parse(parameter, word, type))
              .collect(Collectors.toSet());
    }
  }
}
