package dev.plimsoll.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.plimsoll.backup.Heartbeat;
import dev.plimsoll.backup.HeartbeatDraft;
import dev.plimsoll.backup.Heartbeats;
import dev.plimsoll.backup.NoSuchHeartbeat;
import dev.plimsoll.backup.TargetType;
import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.backup.coverage.DataRef;
import dev.plimsoll.fleet.JsonFields;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Setting heartbeats up, and how their jobs do. */
@RestController
@RequestMapping("/api/v1/backup-heartbeats")
@Tag(name = "Heartbeats")
class BackupHeartbeatsResource {
  private final Heartbeats heartbeats;
  private final HostResolver hosts;
  private final AsOf instants;

  BackupHeartbeatsResource(Heartbeats heartbeats, HostResolver hosts, AsOf instants) {
    this.heartbeats = heartbeats;
    this.hosts = hosts;
    this.instants = instants;
  }

  @GetMapping
  @Operation(summary = "Heartbeats by name, with how their jobs do")
  PageBody<HeartbeatBody> list(@RequestParam(required = false) @Nullable Instant asOf) {
    return PageBody.all(
        heartbeats.list(instants.check(asOf)).stream().map(HeartbeatBody::of).toList());
  }

  @GetMapping("/{id}")
  @Operation(summary = "One heartbeat, without its address")
  HeartbeatBody get(
      @PathVariable String id, @RequestParam(required = false) @Nullable Instant asOf) {
    return existing(parse(id), instants.check(asOf));
  }

  @PostMapping
  @Operation(summary = "Set a heartbeat up; its address is shown once")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = HeartbeatRequest.class)))
  ResponseEntity<IssuedBody> add(@RequestBody JsonNode body, HttpServletRequest request) {
    IdempotencyFilter.answerIsSecret(request);
    Heartbeats.Issued issued = heartbeats.create(draft(JsonFields.of(body)));
    return ResponseEntity.created(URI.create("/api/v1/backup-heartbeats/" + issued.id()))
        .body(issued(issued));
  }

  @PostMapping("/{id}/token")
  @Operation(summary = "Give a heartbeat another address, shown once; the old one ends")
  IssuedBody rotate(@PathVariable String id, HttpServletRequest request) {
    IdempotencyFilter.answerIsSecret(request);
    return issued(heartbeats.rotate(parse(id)));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "End a heartbeat; what its job told stays evidence")
  void remove(@PathVariable String id) {
    heartbeats.remove(parse(id));
  }

  private HeartbeatDraft draft(JsonFields fields) {
    String name = fields.requiredText("name");
    String host = fields.requiredText("host");
    @Nullable DataRef data = DataFields.read(fields);
    @Nullable JsonFields target = fields.object("target");
    @Nullable TargetType type = target == null ? null : target.word("type", TargetType.class);
    if (!fields.has("periodSeconds")) {
      fields.reject("periodSeconds", "is missing. Give the seconds from one run to the next.");
    }
    int period = fields.integer("periodSeconds", 0);
    int grace = fields.integer("graceSeconds", (int) HeartbeatDraft.DEFAULT_GRACE.toSeconds());
    fields.check();
    if (data == null) {
      throw new IllegalStateException("What is missing was not told");
    }
    return new HeartbeatDraft(
        name,
        hosts.resolve(host).id(),
        data,
        type,
        Duration.ofSeconds(period),
        Duration.ofSeconds(grace));
  }

  private IssuedBody issued(Heartbeats.Issued issued) {
    return new IssuedBody(
        existing(issued.id(), null), issued.token(), HeartbeatsResource.PATH + issued.token());
  }

  private HeartbeatBody existing(long id, @Nullable Instant asOf) {
    return heartbeats.find(id, asOf).map(HeartbeatBody::of).orElseThrow(NoSuchHeartbeat::new);
  }

  private static long parse(String id) {
    return Ids.parse("heartbeat", id);
  }

  /** What describes a heartbeat: one of volume, path, container and swarm. */
  record HeartbeatRequest(
      String name,
      String host,
      @Nullable String volume,
      @Nullable String path,
      @Nullable String container,
      @Nullable Boolean swarm,
      @Schema(description = "seconds from one run to the next, 60 to 31622400") int periodSeconds,
      @Schema(description = "seconds that a run may take or be late, 3600 if not given")
          @Nullable Integer graceSeconds,
      @Nullable TargetOf target) {}

  /** Where the job keeps its backups. */
  record TargetOf(TargetType type) {}

  /** A heartbeat and its address, which is not shown again. */
  record IssuedBody(HeartbeatBody heartbeat, String token, String address) {
    @Override
    public String toString() {
      return "IssuedBody[" + heartbeat.id() + "]";
    }
  }

  /**
   * A heartbeat as the API shows it.
   *
   * @param status NEW, UP, RUNNING, LATE or DOWN
   * @param reason a sentence for people
   */
  record HeartbeatBody(
      String id,
      String name,
      HostRefBody host,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String volume,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String path,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String container,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean swarm,
      @Nullable TargetOf target,
      long periodSeconds,
      long graceSeconds,
      String author,
      Instant createdAt,
      String status,
      String reason,
      @Nullable Instant lastSuccess,
      @Nullable Instant lastPing) {
    static HeartbeatBody of(Heartbeat heartbeat) {
      DataRef data = heartbeat.data();
      TargetType target = heartbeat.target();
      return new HeartbeatBody(
          String.valueOf(heartbeat.id()),
          heartbeat.name(),
          new HostRefBody(String.valueOf(heartbeat.hostId()), heartbeat.hostName()),
          name(data, DataKind.VOLUME),
          name(data, DataKind.DIRECTORY),
          name(data, DataKind.LAYER),
          data.kind() == DataKind.SWARM ? (Boolean) true : null,
          target == null ? null : new TargetOf(target),
          heartbeat.period().toSeconds(),
          heartbeat.grace().toSeconds(),
          heartbeat.author(),
          heartbeat.createdAt(),
          heartbeat.status().state().name(),
          heartbeat.status().reason(),
          heartbeat.lastSuccess(),
          heartbeat.lastPing());
    }

    private static @Nullable String name(DataRef data, DataKind kind) {
      return data.kind() == kind ? data.name() : null;
    }
  }
}
