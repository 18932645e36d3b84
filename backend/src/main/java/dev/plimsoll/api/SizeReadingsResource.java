package dev.plimsoll.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.plimsoll.checklist.Reading;
import dev.plimsoll.collect.SizeReading;
import dev.plimsoll.collect.SizeReadings;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Measuring how large the data of a host is. */
@RestController
@RequestMapping("/api/v1/hosts/{id}/size-readings")
@Tag(name = "Hosts")
class SizeReadingsResource {
  private final SizeReadings readings;
  private final HostResolver hosts;

  SizeReadingsResource(SizeReadings readings, HostResolver hosts) {
    this.readings = readings;
    this.hosts = hosts;
  }

  @PostMapping
  @Operation(
      summary = "Measure volumes and writable layers now; while they are being measured, that time")
  ResponseEntity<Void> measure(@PathVariable String id) {
    long hostId = hosts.resolve(id).id();
    readings.measureNow(hostId);
    return ResponseEntity.accepted()
        .location(URI.create("/api/v1/hosts/" + hostId + "/size-readings/last"))
        .build();
  }

  @GetMapping("/last")
  @Operation(summary = "How measuring went last; RUNNING until it has ended")
  SizeReadingBody last(@PathVariable String id) {
    return readings
        .last(hosts.resolve(id).id())
        .map(SizeReadingBody::of)
        .orElseThrow(() -> new NotFound("size reading of host", id));
  }

  /**
   * A reading as the API shows it.
   *
   * @param outcome PENDING, RUNNING, SUCCEEDED, FAILED
   * @param nextAt when the next one is due; null if the host is not read, and while one runs
   */
  record SizeReadingBody(
      String outcome,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt,
      @Nullable Integer volumes,
      @Nullable Integer layers,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ProblemBody problem,
      @Nullable Instant nextAt) {
    static SizeReadingBody of(SizeReading reading) {
      Reading.@Nullable Unread problem = reading.problem();
      return new SizeReadingBody(
          reading.outcome().name(),
          reading.startedAt(),
          reading.finishedAt(),
          reading.volumes(),
          reading.layers(),
          problem == null
              ? null
              : new ProblemBody(problem.call(), problem.status(), problem.detail()),
          reading.nextAt());
    }
  }
}
