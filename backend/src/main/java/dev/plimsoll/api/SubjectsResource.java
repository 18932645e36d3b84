package dev.plimsoll.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.plimsoll.fleet.Shown;
import dev.plimsoll.posture.StateRow;
import dev.plimsoll.posture.StoredDocument;
import dev.plimsoll.posture.SubjectList;
import dev.plimsoll.posture.SubjectQuery;
import dev.plimsoll.posture.SubjectRow;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was seen on hosts. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Subjects", description = "Engines, containers, images, volumes and networks")
class SubjectsResource {
  private final SubjectList subjects;
  private final HostResolver hosts;

  SubjectsResource(SubjectList subjects, HostResolver hosts) {
    this.subjects = subjects;
    this.hosts = hosts;
  }

  @GetMapping("/subjects")
  @Operation(summary = "What was seen on hosts; what is gone too, unless present=true")
  PageBody<SubjectBody> list(
      @ParameterObject SubjectParameters filter, @ParameterObject ListParameters page) {
    SubjectQuery query = filter.toQuery(hosts.idOrNull(filter.host()));
    return PageBody.of(subjects.list(query, page.toPageRequest()), SubjectBody::of);
  }

  @GetMapping("/subjects/{id}")
  @Operation(summary = "One subject")
  SubjectBody get(@PathVariable String id, @RequestParam(required = false) @Nullable Instant asOf) {
    return SubjectBody.of(find(id, asOf));
  }

  @GetMapping(path = "/subjects/{id}/document", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "Its document: canonical JSON, secrets masked; the ETag is its SHA-256")
  ResponseEntity<byte[]> document(
      @PathVariable String id, @RequestParam(required = false) @Nullable Instant asOf) {
    return subjects
        .document(Ids.parse("subject", id), asOf)
        .map(SubjectsResource::raw)
        .orElseThrow(() -> new NotFound("document of subject", id));
  }

  @GetMapping("/subjects/{id}/history")
  @Operation(summary = "Its states, newest first")
  PageBody<StateBody> history(
      @PathVariable String id,
      @RequestParam(required = false) @Nullable Instant asOf,
      @ParameterObject ListParameters page) {
    SubjectRow subject = find(id, asOf);
    return PageBody.of(subjects.history(subject.id(), asOf, page.toPageRequest()), StateBody::of);
  }

  @GetMapping(path = "/documents/{sha256}", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "Any document that evidence or a state names by its SHA-256")
  ResponseEntity<byte[]> document(@PathVariable String sha256) {
    return subjects
        .document(sha256)
        .map(SubjectsResource::raw)
        .orElseThrow(() -> new NotFound("document", Shown.of(sha256)));
  }

  private SubjectRow find(String id, @Nullable Instant asOf) {
    return subjects
        .get(Ids.parse("subject", id), asOf)
        .orElseThrow(() -> new NotFound("subject", id));
  }

  /** The stored bytes as they were hashed: whoever fetches them can check the hash. */
  private static ResponseEntity<byte[]> raw(StoredDocument document) {
    return ResponseEntity.ok()
        .eTag(document.sha256())
        .contentType(MediaType.APPLICATION_JSON)
        .body(document.json().getBytes(StandardCharsets.UTF_8));
  }

  /** Which subjects a list shows. */
  record SubjectParameters(
      @Parameter(description = "a host's ID or name") @Nullable String host,
      @Parameter(description = "engine, container, image, volume or network") @Nullable String kind,
      @Parameter(description = "part of the name or Docker ID") @Nullable String q,
      @Parameter(description = "true: leave out what is gone") @Nullable Boolean present,
      @Parameter(description = "name, firstSeen or, of one host, worst; - before it: downwards")
          @Nullable String sort,
      @Nullable Instant asOf) {
    private static final Map<String, SubjectQuery.Sort> SORTS =
        Map.of(
            "name", SubjectQuery.Sort.NAME,
            "worst", SubjectQuery.Sort.WORST,
            "firstSeen", SubjectQuery.Sort.FIRST_SEEN);

    SubjectQuery toQuery(@Nullable Long hostId) {
      SortWord<SubjectQuery.Sort> order = SortWord.parse(sort, "name", SORTS);
      return new SubjectQuery(
          hostId, kind, q, Boolean.TRUE.equals(present), order.sort(), order.descending(), asOf);
    }
  }

  /**
   * A subject as the API shows it.
   *
   * @param engineState of containers, like {@code image}
   */
  record SubjectBody(
      String id,
      String kind,
      String name,
      String dockerId,
      HostRefBody host,
      Instant firstSeen,
      @Nullable Instant lastSeen,
      String state,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String engineState,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String image,
      int failed,
      int unknown,
      @Nullable String worst,
      @Nullable String documentSha256,
      @Nullable String observationSha256) {
    static SubjectBody of(SubjectRow row) {
      return new SubjectBody(
          String.valueOf(row.id()),
          row.kind(),
          row.name(),
          row.dockerId(),
          HostRefBody.of(row.host()),
          row.firstSeen(),
          row.lastSeen(),
          row.state(),
          row.engineState(),
          row.image(),
          row.failed(),
          row.unknown(),
          row.worst(),
          row.documentSha256(),
          row.observationSha256());
    }
  }

  /** A state as the API shows it. */
  record StateBody(
      Instant from,
      @Nullable Instant to,
      String name,
      @Nullable String documentSha256,
      @Nullable String observationSha256,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ProblemBody problem,
      @Nullable String collectionId) {
    static StateBody of(StateRow row) {
      Long collection = row.collectionId();
      return new StateBody(
          row.from(),
          row.to(),
          row.name(),
          row.documentSha256(),
          row.observationSha256(),
          ProblemBody.ofNullable(row.problem()),
          collection == null ? null : String.valueOf(collection));
    }
  }
}
