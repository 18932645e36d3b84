package dev.plimsoll.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.plimsoll.collect.Collections;
import dev.plimsoll.collect.ConnectionTest;
import dev.plimsoll.fleet.HostDraft;
import dev.plimsoll.fleet.HostImport;
import dev.plimsoll.fleet.HostJson;
import dev.plimsoll.fleet.HostRecord;
import dev.plimsoll.fleet.Hosts;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.InvalidInput.FieldError;
import dev.plimsoll.fleet.JsonFields;
import dev.plimsoll.fleet.NoSuchHost;
import dev.plimsoll.posture.HostList;
import dev.plimsoll.posture.HostQuery;
import dev.plimsoll.posture.HostRow;
import dev.plimsoll.posture.HostStatus;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The hosts that Plimsoll watches. */
@RestController
@RequestMapping("/api/v1/hosts")
@Tag(name = "Hosts", description = "The Docker engines that Plimsoll watches")
class HostsResource {
  private final Hosts hosts;
  private final HostList list;
  private final HostResolver resolver;
  private final Collections collections;
  private final AsOf asOf;

  HostsResource(
      Hosts hosts, HostList list, HostResolver resolver, Collections collections, AsOf asOf) {
    this.hosts = hosts;
    this.list = list;
    this.resolver = resolver;
    this.collections = collections;
    this.asOf = asOf;
  }

  @GetMapping
  @Operation(summary = "Hosts, with where each stands; decommissioned ones only by status")
  PageBody<HostBody> list(
      @ParameterObject HostParameters filter, @ParameterObject ListParameters page) {
    return PageBody.of(
        list.list(filter.toQuery(asOf.check(filter.asOf())), page.toPageRequest()), HostBody::of);
  }

  @GetMapping("/{id}")
  @Operation(summary = "One host, by ID or name")
  HostBody get(@PathVariable String id, @RequestParam(required = false) @Nullable Instant asOf) {
    @Nullable Instant instant = this.asOf.check(asOf);
    HostRecord host = resolver.resolve(id);
    HostRow row = list.get(host.id(), instant).orElseThrow(() -> new NoSuchHost(id));
    return HostBody.of(row, host);
  }

  @PostMapping
  @Operation(summary = "Add a host; it is collected at once")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = HostRequest.class)))
  ResponseEntity<HostBody> add(@RequestBody JsonNode body) {
    HostRecord host = hosts.add(draft(body));
    return ResponseEntity.created(URI.create("/api/v1/hosts/" + host.id())).body(shown(host));
  }

  @PatchMapping("/{id}")
  @Operation(summary = "Change a host (RFC 7396): what is left out stays, null takes away")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = HostRequest.class)))
  HostBody change(@PathVariable String id, @RequestBody JsonNode body) {
    HostRecord host = resolver.resolve(id);
    JsonFields fields = JsonFields.of(body);
    Function<HostRecord, HostDraft> change = HostJson.change(fields);
    boolean erase = HostJson.erasesCredential(fields);
    fields.check();
    return shown(hosts.edit(host.id(), change, erase));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Decommission a host: its history stays, its credential is erased")
  void decommission(@PathVariable String id) {
    hosts.decommission(resolver.resolve(id).id());
  }

  @PostMapping("/{id}/pause")
  @Operation(summary = "Stop collecting a host until it is resumed; it goes stale in time")
  HostBody pause(@PathVariable String id) {
    return shown(hosts.pause(resolver.resolve(id).id()));
  }

  @PostMapping("/{id}/resume")
  @Operation(summary = "Collect a paused host again, at once")
  HostBody resume(@PathVariable String id) {
    return shown(hosts.resume(resolver.resolve(id).id()));
  }

  @PostMapping("/{id}/collections")
  @Operation(summary = "Collect a host now; while it is being collected, that collection")
  ResponseEntity<CollectionRequested> collect(@PathVariable String id) {
    long collectionId = collections.collectNow(resolver.resolve(id).id());
    return ResponseEntity.accepted()
        .location(URI.create("/api/v1/collections/" + collectionId))
        .body(new CollectionRequested(String.valueOf(collectionId)));
  }

  @PostMapping("/test")
  @Operation(summary = "Reach the engine that a host describes, and store nothing")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = HostRequest.class)))
  TestBody test(@RequestBody JsonNode body) {
    HostDraft draft = draft(body);
    List<FieldError> problems = hosts.problems(draft);
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
    return TestBody.of(collections.test(draft));
  }

  @PostMapping(path = "/import", consumes = "text/csv")
  @Operation(summary = "Add all hosts of a CSV file, or none")
  ResponseEntity<PageBody<HostBody>> importCsv(@RequestBody String body) {
    return added(HostImport.csv(body));
  }

  @PostMapping(path = "/import", consumes = MediaType.APPLICATION_NDJSON_VALUE)
  @Operation(summary = "Add all hosts of JSON lines, or none")
  ResponseEntity<PageBody<HostBody>> importJsonLines(@RequestBody String body) {
    return added(HostImport.jsonLines(body));
  }

  private ResponseEntity<PageBody<HostBody>> added(HostImport hostsToAdd) {
    List<HostBody> added = hosts.addAll(hostsToAdd).stream().map(this::shown).toList();
    return ResponseEntity.status(HttpStatus.CREATED).body(PageBody.all(added));
  }

  private HostBody shown(HostRecord host) {
    return HostBody.of(
        list.get(host.id(), null).orElseThrow(() -> new NoSuchHost(host.name())), host);
  }

  private static HostDraft draft(JsonNode body) {
    JsonFields fields = JsonFields.of(body);
    HostDraft draft = HostJson.draft(fields);
    fields.check();
    return draft;
  }

  /** Which hosts a list shows. */
  record HostParameters(
      @Parameter(description = "part of name, endpoint, owner or a label") @Nullable String q,
      @Parameter(description = "a path; its subtree counts") @Nullable String group,
      @Nullable String environment,
      @Parameter(description = "statuses, with commas between") @Nullable List<String> status,
      @Parameter(description = "name, score, lastRead or openCriticals; - before it: downwards")
          @Nullable String sort,
      @Nullable Instant asOf) {
    private static final Map<String, HostQuery.Sort> SORTS =
        Map.of(
            "name", HostQuery.Sort.NAME,
            "score", HostQuery.Sort.SCORE,
            "lastRead", HostQuery.Sort.LAST_READ,
            "openCriticals", HostQuery.Sort.OPEN_CRITICALS);

    HostQuery toQuery(@Nullable Instant instant) {
      SortWord<HostQuery.Sort> order = SortWord.parse(sort, "name", SORTS);
      return new HostQuery(
          q, group, environment, statuses(), order.sort(), order.descending(), instant);
    }

    private Set<HostStatus> statuses() {
      Set<HostStatus> statuses = EnumSet.noneOf(HostStatus.class);
      for (String word : status == null ? List.<String>of() : status) {
        statuses.add(Enums.parse("status", word, HostStatus.class));
      }
      return statuses;
    }
  }

  /** What describes a host. */
  record HostRequest(
      String name,
      String endpoint,
      @Nullable String group,
      @Nullable String environment,
      @Nullable String owner,
      @Nullable Integer criticality,
      @Nullable Map<String, String> labels,
      @Nullable Integer intervalSeconds,
      @Schema(
              description =
                  "optional readings: processes, changes, image-files, events, host-files, scans,"
                      + " backups")
          @Nullable List<String> readings,
      @Nullable TlsRequest tls,
      @Nullable SshRequest ssh) {}

  /** Mutual TLS, all PEM text. */
  record TlsRequest(String ca, @Nullable String cert, @Nullable String key) {
    @Override
    public String toString() {
      return "TlsRequest[]";
    }
  }

  /** SSH by key. */
  record SshRequest(String privateKey, String hostKey) {
    @Override
    public String toString() {
      return "SshRequest[]";
    }
  }

  /** The collection that was asked for; its address is in {@code Location}. */
  record CollectionRequested(String id) {}

  /** What came of reaching an engine. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record TestBody(
      boolean ok,
      @Nullable EngineBody engine,
      @Nullable List<String> warnings,
      HostBody.@Nullable ErrorBody error) {
    static TestBody of(ConnectionTest test) {
      return switch (test) {
        case ConnectionTest.Reached reached ->
            new TestBody(true, EngineBody.of(reached), reached.warnings(), null);
        case ConnectionTest.NotReached not ->
            new TestBody(
                false, null, null, new HostBody.ErrorBody(not.category().name(), not.detail()));
      };
    }
  }

  /** The engine that answered. */
  record EngineBody(
      String name,
      String id,
      String version,
      String apiVersion,
      String operatingSystem,
      int containers) {
    static EngineBody of(ConnectionTest.Reached reached) {
      return new EngineBody(
          reached.engineName(),
          reached.engineId(),
          reached.engineVersion(),
          reached.apiVersion(),
          reached.operatingSystem(),
          reached.containers());
    }
  }
}
