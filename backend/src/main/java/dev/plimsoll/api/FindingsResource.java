package dev.plimsoll.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.plimsoll.compliance.Findings;
import dev.plimsoll.compliance.FixAdvice;
import dev.plimsoll.fleet.JsonFields;
import dev.plimsoll.posture.FindingEvent;
import dev.plimsoll.posture.FindingList;
import dev.plimsoll.posture.FindingQuery;
import dev.plimsoll.posture.FindingRow;
import dev.plimsoll.posture.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** FAILs that people work on. */
@RestController
@RequestMapping("/api/v1/findings")
@Tag(name = "Findings", description = "What fails and is worked on")
class FindingsResource {
  private final FindingList list;
  private final Findings findings;
  private final FixAdvice fixes;
  private final HostResolver hosts;

  FindingsResource(FindingList list, Findings findings, FixAdvice fixes, HostResolver hosts) {
    this.list = list;
    this.findings = findings;
    this.fixes = fixes;
    this.hosts = hosts;
  }

  @GetMapping
  @Operation(summary = "Findings, worst first; resolved ones only by status")
  PageBody<FindingBody> list(
      @ParameterObject FindingParameters filter, @ParameterObject ListParameters parameters) {
    PageRequest page = parameters.toPageRequest();
    FindingQuery query = filter.toQuery(hosts.idOrNull(filter.host()), page.after() != null);
    return PageBody.of(list.list(query, filter.asOf(), page), FindingBody::of);
  }

  @GetMapping("/{id}")
  @Operation(summary = "One finding with its comments and all that happened to it")
  FindingBody get(@PathVariable String id, @RequestParam(required = false) @Nullable Instant asOf) {
    return shown(Ids.parse("finding", id), id, asOf);
  }

  @PatchMapping("/{id}")
  @Operation(summary = "Change a finding (RFC 7396): what is left out stays, null takes away")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = FindingRequest.class)))
  FindingBody change(@PathVariable String id, @RequestBody JsonNode body) {
    long findingId = Ids.parse("finding", id);
    JsonFields fields = JsonFields.of(body);
    Findings.Change change =
        new Findings.Change(
            fields.text("status"),
            erasable(fields, "assignee"),
            fields.instant("dueAt"),
            fields.isNull("dueAt"),
            erasable(fields, "externalUrl"),
            fields.text("comment"));
    fields.rejectNull("status");
    fields.rejectNull("comment");
    fields.check();
    findings.change(findingId, change);
    return shown(findingId, id, null);
  }

  private FindingBody shown(long findingId, String id, @Nullable Instant asOf) {
    FindingRow finding = list.get(findingId, asOf).orElseThrow(() -> new NotFound("finding", id));
    // What to change follows from how things are now
    FixBody fix =
        asOf != null || finding.status().equals("RESOLVED")
            ? null
            : finding.subjects().stream()
                .findFirst()
                .flatMap(subject -> fixes.find(subject.id(), finding.check()))
                .map(FixBody::of)
                .orElse(null);
    return FindingBody.of(finding, list.events(findingId, asOf), fix);
  }

  private static @Nullable String erasable(JsonFields fields, String name) {
    return fields.isNull(name) ? "" : fields.text(name);
  }

  /** Which findings a list shows. */
  record FindingParameters(
      @Parameter(description = "a host's ID or name") @Nullable String host,
      @Parameter(description = "a path; its subtree counts") @Nullable String group,
      @Parameter(description = "a check's ID") @Nullable String check,
      @Parameter(description = "critical, high, medium, low, with commas between")
          @Nullable List<String> severity,
      @Parameter(description = "statuses, with commas between; all but RESOLVED if not given")
          @Nullable List<String> status,
      @Parameter(description = "engine, container, image, volume or network") @Nullable String kind,
      @Nullable String assignee,
      @Parameter(description = "false: leave out what costs no points") @Nullable Boolean advisory,
      @Parameter(description = "part of lineage, check or host name") @Nullable String q,
      @Parameter(description = "severity, failingSince, host or check; - before it: downwards")
          @Nullable String sort,
      @Nullable Instant asOf) {
    private static final Map<String, FindingQuery.Sort> SORTS =
        Map.of(
            "severity", FindingQuery.Sort.SEVERITY,
            "failingSince", FindingQuery.Sort.FAILING_SINCE,
            "host", FindingQuery.Sort.HOST,
            "check", FindingQuery.Sort.CHECK);

    FindingQuery toQuery(@Nullable Long hostId, boolean continued) {
      SortWord<FindingQuery.Sort> order = SortWord.parse(sort, "-severity", SORTS);
      return new FindingQuery(
          hostId,
          group,
          check,
          severity == null ? Set.of() : new HashSet<>(severity),
          status == null
              ? Set.of()
              : status.stream().map(s -> s.toUpperCase(Locale.ROOT)).collect(Collectors.toSet()),
          kind,
          assignee,
          // Where a cursor goes on and nothing is said, the cursor says it.
          advisory == null ? !continued : advisory,
          q,
          order.sort(),
          order.descending());
    }
  }

  /** What can be changed of a finding. */
  record FindingRequest(
      @Nullable String status,
      @Nullable String assignee,
      @Nullable Instant dueAt,
      @Nullable String externalUrl,
      @Nullable String comment) {}

  /**
   * A finding as the API shows it.
   *
   * @param subjects at most 100 of those that fail
   * @param fix what to change for the first subject; only where one open finding is shown
   * @param comments only where one finding is shown, like {@code events}
   */
  record FindingBody(
      String id,
      String check,
      String title,
      String severity,
      boolean advisory,
      HostRefBody host,
      @Nullable String group,
      String kind,
      String lineage,
      List<SubjectRefBody> subjects,
      int subjectCount,
      String status,
      @Nullable String assignee,
      @Nullable Instant dueAt,
      Instant failingSince,
      @Nullable Instant resolvedAt,
      int reopened,
      @Nullable String externalUrl,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable FixBody fix,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<EventBody> comments,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<EventBody> events) {
    static FindingBody of(FindingRow row) {
      return body(row, null, null, null);
    }

    static FindingBody of(FindingRow row, List<FindingEvent> events, @Nullable FixBody fix) {
      return body(
          row,
          fix,
          events.stream()
              .filter(event -> event.kind().equals("COMMENT"))
              .map(EventBody::of)
              .toList(),
          events.stream().map(EventBody::of).toList());
    }

    private static FindingBody body(
        FindingRow row,
        @Nullable FixBody fix,
        @Nullable List<EventBody> comments,
        @Nullable List<EventBody> events) {
      return new FindingBody(
          String.valueOf(row.id()),
          row.check(),
          row.title(),
          row.severity(),
          row.advisory(),
          HostRefBody.of(row.host()),
          row.group(),
          row.kind(),
          row.lineage(),
          row.subjects().stream()
              .map(subject -> new SubjectRefBody(String.valueOf(subject.id()), subject.name()))
              .toList(),
          row.subjectCount(),
          row.status(),
          row.assignee(),
          row.dueAt(),
          row.failingSince(),
          row.resolvedAt(),
          row.reopened(),
          row.externalUrl(),
          fix,
          comments,
          events);
    }
  }

  /** A subject that fails. */
  record SubjectRefBody(String id, String name) {}

  /**
   * Something that happened to a finding.
   *
   * @param actor null for Plimsoll itself
   * @param resolution of a RESOLVED: what the collection found changed
   */
  record EventBody(
      Instant at,
      @Nullable String actor,
      String kind,
      String text,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ResolutionBody resolution) {
    static EventBody of(FindingEvent event) {
      return new EventBody(
          event.at(),
          event.actor(),
          event.kind(),
          event.text(),
          ResolutionBody.of(event.resolution()));
    }
  }

  /**
   * What a collection found when the check no longer failed.
   *
   * @param before the document that failed
   * @param after the one in its place; null if there is none
   * @param paths where they differ
   */
  record ResolutionBody(
      String collectionId,
      @Nullable VersionBody before,
      @Nullable VersionBody after,
      List<String> paths) {
    static @Nullable ResolutionBody of(FindingEvent.@Nullable Resolution resolution) {
      return resolution == null
          ? null
          : new ResolutionBody(
              String.valueOf(resolution.collectionId()),
              VersionBody.of(resolution.before()),
              VersionBody.of(resolution.after()),
              resolution.paths());
    }
  }

  /** A document of a subject. */
  record VersionBody(String subject, String documentSha256) {
    static @Nullable VersionBody of(FindingEvent.@Nullable Version version) {
      return version == null
          ? null
          : new VersionBody(String.valueOf(version.subjectId()), version.sha256());
    }
  }
}
