package dev.plimsoll.api;

import dev.plimsoll.attest.HostReports;
import dev.plimsoll.attest.UploadedReport;
import dev.plimsoll.fleet.HostRecord;
import dev.plimsoll.fleet.InvalidInput;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Reports that other tools made. */
@RestController
@RequestMapping("/api/v1/scan-reports")
@Tag(name = "Reports of other tools", description = "What scanners and benchmarks found")
class ScanReportsResource {
  private static final String DOCKER_BENCH = "docker-bench";

  private final HostReports reports;
  private final HostResolver hosts;
  private final AsOf instants;

  ScanReportsResource(HostReports reports, HostResolver hosts, AsOf instants) {
    this.reports = reports;
    this.hosts = hosts;
    this.instants = instants;
  }

  @PostMapping(
      consumes = {
        MediaType.APPLICATION_JSON_VALUE,
        MediaType.TEXT_PLAIN_VALUE,
        MediaType.APPLICATION_OCTET_STREAM_VALUE
      })
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary =
          "Take in the JSON log of docker-bench-security: results of sections 1 and 3, which count"
              + " for 30 days from when it was made")
  ReportBody upload(
      @Parameter(description = "docker-bench") @RequestParam String format,
      @Parameter(description = "the host's ID or name") @RequestParam(required = false)
          @Nullable String host,
      @RequestBody byte[] log) {
    if (!format.equals(DOCKER_BENCH)) {
      throw new InvalidInput("format", Enums.notOneOf(format, DOCKER_BENCH) + ".");
    }
    if (host == null) {
      throw new InvalidInput("host", "is missing. Give the ID or name of the host that it is on.");
    }
    HostRecord on = hosts.resolve(host);
    return ReportBody.of(reports.upload(on.id(), new String(log, StandardCharsets.UTF_8)), on);
  }

  @GetMapping
  @Operation(summary = "A host's reports, newest first; at most 100")
  PageBody<ReportBody> list(
      @Parameter(description = "the host's ID or name") @RequestParam String host,
      @RequestParam(required = false) @Nullable Instant asOf) {
    HostRecord on = hosts.resolve(host);
    return PageBody.all(
        reports.of(on.id(), instants.check(asOf)).stream()
            .map(report -> ReportBody.of(report, on))
            .toList());
  }

  /**
   * A report as the API shows it.
   *
   * @param documentSha256 hash of what is kept of it
   * @param results how many results are kept
   */
  record ReportBody(
      String id,
      String format,
      HostRefBody host,
      String tool,
      String version,
      String benchmark,
      String author,
      Instant takenAt,
      Instant receivedAt,
      Instant expiresAt,
      int results,
      String documentSha256) {
    static ReportBody of(UploadedReport report, HostRecord host) {
      return new ReportBody(
          String.valueOf(report.id()),
          DOCKER_BENCH,
          new HostRefBody(String.valueOf(host.id()), host.name()),
          report.tool(),
          report.version(),
          report.benchmark(),
          report.author(),
          report.takenAt(),
          report.receivedAt(),
          report.expiresAt(),
          report.results(),
          report.documentSha256());
    }
  }
}
