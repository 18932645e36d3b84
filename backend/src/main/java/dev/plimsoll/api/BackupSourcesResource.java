package dev.plimsoll.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.plimsoll.backup.BackupSources;
import dev.plimsoll.backup.DrillDraft;
import dev.plimsoll.backup.DrillRecord;
import dev.plimsoll.backup.NoSuchBackupSource;
import dev.plimsoll.backup.RestoreDrills;
import dev.plimsoll.backup.SourceChange;
import dev.plimsoll.backup.SourceDraft;
import dev.plimsoll.backup.SourceReading;
import dev.plimsoll.backup.SourceRecord;
import dev.plimsoll.backup.SourceType;
import dev.plimsoll.backup.TargetType;
import dev.plimsoll.backup.UnmappedSnapshot;
import dev.plimsoll.backup.coverage.DataRef;
import dev.plimsoll.fleet.JsonFields;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
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

/** Where evidence of backups is read. */
@RestController
@RequestMapping("/api/v1/backup-sources")
@Tag(
    name = "Backup sources",
    description = "Repositories and directories that show what was backed up")
class BackupSourcesResource {
  private static final String PATH = "/api/v1/backup-sources/";
  private static final int UNMAPPED_ROWS = 100;

  private final BackupSources sources;
  private final RestoreDrills drills;
  private final HostResolver hosts;
  private final AsOf instants;

  BackupSourcesResource(
      BackupSources sources, RestoreDrills drills, HostResolver hosts, AsOf instants) {
    this.sources = sources;
    this.drills = drills;
    this.hosts = hosts;
    this.instants = instants;
  }

  @GetMapping
  @Operation(summary = "Backup sources by name, without their secrets")
  PageBody<SourceBody> list(@RequestParam(required = false) @Nullable Instant asOf) {
    return PageBody.all(sources.list(instants.check(asOf)).stream().map(SourceBody::of).toList());
  }

  @GetMapping("/{id}")
  @Operation(summary = "One backup source, without its secrets")
  SourceBody get(@PathVariable String id, @RequestParam(required = false) @Nullable Instant asOf) {
    return SourceBody.of(existing(parse(id), instants.check(asOf)));
  }

  @PostMapping
  @Operation(
      summary =
          "Add a restic or borg repository, or archives in a directory or bucket; it is read soon",
      description =
          "The mapping says which data a snapshot holds; left out, restic snapshots go by a tag"
              + " volume=NAME, then by their paths, and borg archives by names such as"
              + " HOST-VOLUME-TIME.")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = SourceRequest.class)))
  ResponseEntity<SourceBody> add(@RequestBody JsonNode body) {
    long id = sources.create(draft(JsonFields.of(body)));
    return ResponseEntity.created(URI.create(PATH + id)).body(SourceBody.of(existing(id, null)));
  }

  @PatchMapping("/{id}")
  @Operation(
      summary = "Change how a source is opened, mapped or read; it is read soon",
      description =
          "What is left out stays; checkEverySeconds null: never. Its name and its location do not"
              + " change: another location is another source.")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = SourceChangeRequest.class)))
  SourceBody change(@PathVariable String id, @RequestBody JsonNode body) {
    long source = parse(id);
    JsonFields fields = JsonFields.of(body);
    @Nullable Map<String, String> environment =
        fields.has("environment") ? fields.textMap("environment") : null;
    SourceChange change =
        new SourceChange(
            fields.text("password"),
            environment,
            fields.json("mapping"),
            target(fields),
            fields.has("intervalSeconds")
                ? (Long) (long) fields.integer("intervalSeconds", 0)
                : null,
            fields.has("checkEverySeconds")
                ? (Long) (long) fields.integer("checkEverySeconds", 0)
                : null);
    fields.check();
    sources.change(source, change);
    return SourceBody.of(existing(source, null));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Remove a source: its secrets are erased and its records end; history stays")
  void remove(@PathVariable String id) {
    sources.remove(parse(id));
  }

  @PostMapping("/{id}/collections")
  @Operation(summary = "Read a source now; while it is being read, that reading")
  ResponseEntity<ReadingBody> read(@PathVariable String id) {
    long source = parse(id);
    long reading = sources.readNow(source);
    return ResponseEntity.accepted()
        .location(URI.create(PATH + source + "/collections/" + reading))
        .body(reading(source, String.valueOf(reading)));
  }

  @GetMapping("/{id}/collections")
  @Operation(summary = "A source's readings, newest first; at most 100")
  PageBody<ReadingBody> readings(
      @PathVariable String id, @RequestParam(required = false) @Nullable Instant asOf) {
    @Nullable Instant at = instants.check(asOf);
    return PageBody.all(
        sources.readings(existing(parse(id), at).id(), at).stream().map(ReadingBody::of).toList());
  }

  @GetMapping("/{id}/collections/{readingId}")
  @Operation(summary = "One reading of a source; RUNNING until it has ended")
  ReadingBody reading(@PathVariable String id, @PathVariable String readingId) {
    return reading(parse(id), readingId);
  }

  @GetMapping("/{id}/unmapped")
  @Operation(summary = "What the source shows and its mapping gives to no data, with the reason")
  PageBody<UnmappedBody> unmapped(
      @PathVariable String id,
      @Parameter(description = "rows, 1 to 1000; 100 if not given") @RequestParam(required = false)
          @Nullable Integer limit,
      @Parameter(description = "the cursor that the page before gave as next")
          @RequestParam(required = false)
          @Nullable String after) {
    SourceRecord source = existing(parse(id), null);
    int rows = new ListParameters(limit, after, null).toPageRequest(UNMAPPED_ROWS).limit();
    List<UnmappedSnapshot> found = sources.unmapped(source.id(), after, rows + 1);
    boolean more = found.size() > rows;
    List<UnmappedSnapshot> shown = more ? found.subList(0, rows) : found;
    return new PageBody<>(
        shown.stream().map(UnmappedBody::of).toList(),
        more ? shown.getLast().snapshotId() : null,
        null,
        null);
  }

  @PostMapping("/{id}/drills")
  @Operation(
      summary = "Restore a snapshot into a scratch directory of the portal's machine, and compare",
      description =
          "Without snapshotId the newest snapshot of that data. What comes of it is a RESTORE_TEST"
              + " record, with the time that it took.")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = DrillRequest.class)))
  ResponseEntity<DrillBody> drill(@PathVariable String id, @RequestBody JsonNode body) {
    long source = parse(id);
    long drill = drills.start(source, drillDraft(JsonFields.of(body)));
    return ResponseEntity.accepted()
        .location(URI.create(PATH + source + "/drills/" + drill))
        .body(drill(id, String.valueOf(drill)));
  }

  @GetMapping("/{id}/drills")
  @Operation(summary = "A source's restore drills, newest first; at most 100")
  PageBody<DrillBody> drills(@PathVariable String id) {
    return PageBody.all(
        drills.list(existing(parse(id), null).id()).stream().map(DrillBody::of).toList());
  }

  @GetMapping("/{id}/drills/{drillId}")
  @Operation(summary = "One restore drill; RUNNING until it has ended")
  DrillBody drill(@PathVariable String id, @PathVariable String drillId) {
    return drills
        .find(parse(id), Ids.parse("drill", drillId))
        .map(DrillBody::of)
        .orElseThrow(() -> new NotFound("drill", drillId));
  }

  private DrillDraft drillDraft(JsonFields fields) {
    String host = fields.requiredText("host");
    @Nullable String volume = fields.text("volume");
    @Nullable String path = fields.text("path");
    @Nullable String container = fields.text("container");
    @Nullable String snapshot = fields.text("snapshotId");
    if (Stream.of(volume, path, container).filter(Objects::nonNull).count() != 1) {
      fields.reject("volume", "or path or container has to be there. Give exactly one of them.");
    }
    fields.check();
    DataRef data =
        volume != null
            ? DataRef.volume(volume)
            : path != null ? DataRef.directory(path) : DataRef.layer(String.valueOf(container));
    return new DrillDraft(hosts.resolve(host).id(), data, snapshot);
  }

  private static SourceDraft draft(JsonFields fields) {
    String name = fields.requiredText("name");
    String typeWord = fields.requiredText("type");
    String location = fields.requiredText("location");
    @Nullable String password = fields.text("password");
    Map<String, String> environment = fields.textMap("environment");
    @Nullable JsonNode mapping = fields.json("mapping");
    TargetType target = target(fields);
    long interval = fields.integer("intervalSeconds", (int) SourceDraft.DEFAULT_INTERVAL_SECONDS);
    SourceType type = type(fields, typeWord);
    @Nullable Long check = check(fields, type);
    fields.check();
    return new SourceDraft(
        name, type, location, password, environment, mapping, target, interval, check);
  }

  private static SourceType type(JsonFields fields, String word) {
    for (SourceType type : SourceType.values()) {
      if (type != SourceType.HEARTBEAT && type.word().equals(word)) {
        return type;
      }
    }
    if (!word.isEmpty()) {
      fields.reject("type", Enums.notOneOf(word, "restic", "borg", "archives"));
    }
    return SourceType.RESTIC;
  }

  private static @Nullable Long check(JsonFields fields, SourceType type) {
    if (fields.isNull("checkEverySeconds")) {
      return null;
    }
    if (fields.has("checkEverySeconds")) {
      return (long) fields.integer("checkEverySeconds", 0);
    }
    return type == SourceType.RESTIC ? (Long) SourceDraft.DEFAULT_CHECK_SECONDS : null;
  }

  private static @Nullable TargetType target(JsonFields fields) {
    @Nullable JsonFields target = fields.object("target");
    if (target == null) {
      return null;
    }
    String word = target.requiredText("type");
    for (TargetType type : TargetType.values()) {
      if (type.name().equals(word)) {
        return type;
      }
    }
    if (!word.isEmpty()) {
      target.reject("type", Enums.notOneOf(word, "LOCAL", "HOST", "OBJECT_STORE"));
    }
    return null;
  }

  private static long parse(String id) {
    return Ids.parse("backup source", id);
  }

  private SourceRecord existing(long id, @Nullable Instant asOf) {
    return sources.find(id, asOf).orElseThrow(() -> new NoSuchBackupSource(id));
  }

  private ReadingBody reading(long source, String readingId) {
    return sources
        .reading(source, Ids.parse("reading", readingId))
        .map(ReadingBody::of)
        .orElseThrow(() -> new NotFound("reading", readingId));
  }

  /** What describes a source. */
  record SourceRequest(
      String name,
      @Schema(allowableValues = {"restic", "borg", "archives"}) String type,
      String location,
      @Nullable String password,
      @Nullable Map<String, String> environment,
      @Nullable Object mapping,
      @Nullable TargetBody target,
      @Nullable Integer intervalSeconds,
      @Nullable Integer checkEverySeconds) {}

  /** What can be changed of a source. */
  record SourceChangeRequest(
      @Nullable String password,
      @Nullable Map<String, String> environment,
      @Nullable Object mapping,
      @Nullable TargetBody target,
      @Nullable Integer intervalSeconds,
      @Nullable Integer checkEverySeconds) {}

  /** What is to be restored: exactly one of volume, path and container. */
  record DrillRequest(
      String host,
      @Nullable String volume,
      @Nullable String path,
      @Nullable String container,
      @Nullable String snapshotId) {}

  /**
   * A drill as the API shows it.
   *
   * @param durationSeconds until the last hash was compared
   * @param rootHash SHA-256 over the sorted list of files, sizes and hashes
   */
  record DrillBody(
      String id,
      HostRefBody host,
      String kind,
      String name,
      String snapshotId,
      String outcome,
      String author,
      Instant askedAt,
      @Nullable Instant begunAt,
      @Nullable Instant finishedAt,
      @Nullable Long bytes,
      @Nullable Long files,
      @Nullable Double durationSeconds,
      @Nullable String rootHash,
      @Nullable String category,
      @Nullable String detail) {
    static DrillBody of(DrillRecord drill) {
      return new DrillBody(
          String.valueOf(drill.id()),
          new HostRefBody(String.valueOf(drill.hostId()), drill.hostName()),
          drill.data().kind().word(),
          drill.data().name(),
          drill.snapshotId(),
          drill.outcome(),
          drill.author(),
          drill.askedAt(),
          drill.begunAt(),
          drill.finishedAt(),
          drill.bytes(),
          drill.files(),
          drill.durationSeconds(),
          drill.rootHash(),
          drill.category(),
          drill.detail());
    }
  }

  /** Where what a source holds lies. */
  record TargetBody(TargetType type) {}

  /** A source as the API shows it: nothing that opens it. */
  record SourceBody(
      String id,
      String name,
      String type,
      String location,
      JsonNode mapping,
      @Nullable TargetBody target,
      long intervalSeconds,
      @Nullable Long checkEverySeconds,
      @Nullable Instant checkedAt,
      String author,
      Instant createdAt,
      @Nullable Instant nextReadAt,
      @Nullable ReadingBody lastReading,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable BlindBody unread) {
    static SourceBody of(SourceRecord source) {
      TargetType target = source.target();
      SourceReading last = source.lastReading();
      SourceRecord.Blindness blindness = source.blindness();
      return new SourceBody(
          String.valueOf(source.id()),
          source.name(),
          source.type().name().toLowerCase(Locale.ROOT),
          source.location(),
          source.mapping(),
          target == null ? null : new TargetBody(target),
          source.intervalSeconds(),
          source.checkSeconds(),
          source.checkedAt(),
          source.author(),
          source.createdAt(),
          source.nextReadAt(),
          last == null ? null : ReadingBody.of(last),
          blindness == null
              ? null
              : new BlindBody(blindness.since(), blindness.category(), blindness.detail()));
    }
  }

  /** Since when and why what a source holds is not known. */
  record BlindBody(Instant since, String category, String detail) {}

  /** A reading as the API shows it. */
  record ReadingBody(
      String id,
      String outcome,
      Instant startedAt,
      @Nullable Instant finishedAt,
      @Nullable Integer snapshots,
      @Nullable Integer recordsNew,
      @Nullable Integer unmapped,
      @JsonInclude(JsonInclude.Include.NON_NULL) HostBody.@Nullable ErrorBody error) {
    static ReadingBody of(SourceReading reading) {
      String category = reading.category();
      return new ReadingBody(
          String.valueOf(reading.id()),
          reading.outcome(),
          reading.startedAt(),
          reading.finishedAt(),
          reading.snapshots(),
          reading.recordsNew(),
          reading.unmapped(),
          category == null ? null : new HostBody.ErrorBody(category, reading.detail()));
    }
  }

  /** A snapshot that belongs to no data. */
  record UnmappedBody(
      String snapshotId,
      Instant takenAt,
      @Nullable String hostname,
      List<String> tags,
      List<String> paths,
      String reason,
      Instant learnedAt) {
    static UnmappedBody of(UnmappedSnapshot snapshot) {
      return new UnmappedBody(
          snapshot.snapshotId(),
          snapshot.takenAt(),
          snapshot.hostname(),
          snapshot.tags(),
          snapshot.paths(),
          snapshot.reason(),
          snapshot.learnedAt());
    }
  }
}
