package dev.plimsoll.api;

import dev.plimsoll.backup.BackupRecords;
import dev.plimsoll.backup.RecordType;
import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.posture.BackupRecordList;
import dev.plimsoll.posture.BackupRecordQuery;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Evidence of backups and restores. */
@RestController
@RequestMapping("/api/v1/backup-records")
@Tag(name = "Backup records", description = "Evidence that something was backed up, or restored")
class BackupRecordsResource {
  private final BackupRecordList list;
  private final BackupRecords records;
  private final HostResolver hosts;

  BackupRecordsResource(BackupRecordList list, BackupRecords records, HostResolver hosts) {
    this.list = list;
    this.records = records;
    this.hosts = hosts;
  }

  @GetMapping
  @Operation(summary = "Backup records, newest first; those of data that is not known too")
  PageBody<BackupRecordBody> list(
      @ParameterObject RecordParameters filter, @ParameterObject ListParameters parameters) {
    return PageBody.of(
        list.list(filter.toQuery(hosts.idOrNull(filter.host())), parameters.toPageRequest()),
        BackupRecordBody::of);
  }

  @PostMapping
  @Operation(
      summary =
          "Report a backup or a restore of exactly one of volume, path, container and swarm; the"
              + " same evidence again is answered with the first record and 200")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = BackupRecordRequest.class)))
  ResponseEntity<BackupRecordBody> report(@RequestBody JsonNode body) {
    BackupRecords.Reported reported =
        records.report(BackupRecordRequest.read(body, hosts::idForReport));
    BackupRecordBody shown = BackupRecordBody.of(list.reported(reported.id()));
    return reported.repeated()
        ? ResponseEntity.ok(shown)
        : ResponseEntity.created(URI.create("/api/v1/backup-records/" + reported.id())).body(shown);
  }

  @GetMapping("/{id}")
  @Operation(summary = "One backup record")
  BackupRecordBody get(
      @PathVariable String id,
      @RequestParam(required = false) @Nullable Instant asOf,
      @RequestParam(required = false) @Nullable Instant knownAt) {
    return list.get(Ids.parse("backup record", id), asOf, knownAt)
        .map(BackupRecordBody::of)
        .orElseThrow(() -> new NotFound("backup record", id));
  }

  /** Which records a list shows. */
  record RecordParameters(
      @Parameter(description = "a host's ID or name") @Nullable String host,
      @Parameter(description = "a path; its subtree counts") @Nullable String group,
      @Parameter(description = "ID of kept data, as GET /coverage gives it")
          @Nullable String coverage,
      @Parameter(description = "volume, directory, layer or swarm, with commas between")
          @Nullable List<String> data,
      @Parameter(description = "of the data, exactly") @Nullable String name,
      @Parameter(description = "who made it, exactly") @Nullable String source,
      @Parameter(description = "BACKUP or RESTORE_TEST") @Nullable String kind,
      @Parameter(description = "SUCCEEDED or FAILED") @Nullable String outcome,
      @Parameter(description = "true: only those of data that is kept; false: only others")
          @Nullable Boolean matched,
      @Parameter(description = "true: only those dated in the future; false: only others")
          @Nullable Boolean ahead,
      @Nullable Instant asOf,
      @Nullable Instant knownAt) {
    /** How a job can end. */
    private enum Outcome {
      SUCCEEDED,
      FAILED
    }

    BackupRecordQuery toQuery(@Nullable Long hostId) {
      return new BackupRecordQuery(
          hostId,
          group,
          coverage == null ? null : (Long) Ids.parse("kept data", coverage),
          CoverageResource.CoverageParameters.words("data", data, DataKind.class),
          name,
          source,
          null,
          kind == null ? null : Enums.parse("kind", kind, RecordType.class),
          outcome == null
              ? null
              : (Boolean) (Enums.parse("outcome", outcome, Outcome.class) == Outcome.SUCCEEDED),
          matched,
          ahead,
          asOf,
          knownAt);
    }
  }
}
