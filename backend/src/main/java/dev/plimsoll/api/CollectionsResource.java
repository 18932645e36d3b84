package dev.plimsoll.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.plimsoll.posture.CollectionList;
import dev.plimsoll.posture.CollectionRow;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Attempts to read hosts. */
@RestController
@RequestMapping("/api/v1/collections")
@Tag(name = "Collections", description = "Attempts to read hosts, and what came of them")
class CollectionsResource {
  private final CollectionList collections;
  private final HostResolver hosts;

  CollectionsResource(CollectionList collections, HostResolver hosts) {
    this.collections = collections;
    this.hosts = hosts;
  }

  @GetMapping
  @Operation(summary = "Collections, newest first")
  PageBody<CollectionBody> list(
      @RequestParam(required = false) @Nullable String host,
      @RequestParam(required = false) @Nullable Instant asOf,
      @ParameterObject ListParameters page) {
    return PageBody.of(
        collections.list(hosts.idOrNull(host), asOf, page.toPageRequest()), CollectionBody::of);
  }

  @GetMapping("/{id}")
  @Operation(summary = "One collection; RUNNING until it has ended")
  CollectionBody get(
      @PathVariable String id, @RequestParam(required = false) @Nullable Instant asOf) {
    return collections
        .get(Ids.parse("collection", id), asOf)
        .map(CollectionBody::of)
        .orElseThrow(() -> new NotFound("collection", id));
  }

  /**
   * A collection as the API shows it.
   *
   * @param worker the portal process that makes or made it; left out while none has begun
   * @param counts null while it runs and if nothing was read
   * @param problems what could not be read while the rest was
   */
  record CollectionBody(
      String id,
      HostRefBody host,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String worker,
      String outcome,
      Instant startedAt,
      @Nullable Instant finishedAt,
      CollectionRow.@Nullable Counts counts,
      @JsonInclude(JsonInclude.Include.NON_NULL) HostBody.@Nullable ErrorBody error,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ProblemBody> problems) {
    static CollectionBody of(CollectionRow row) {
      String category = row.errorCategory();
      return new CollectionBody(
          String.valueOf(row.id()),
          HostRefBody.of(row.host()),
          row.worker(),
          row.outcome(),
          row.startedAt(),
          row.finishedAt(),
          row.counts(),
          category == null ? null : new HostBody.ErrorBody(category, row.errorDetail()),
          row.problems().stream().map(ProblemBody::of).toList());
    }
  }
}
