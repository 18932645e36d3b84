package dev.plimsoll.api;

import dev.plimsoll.compliance.Rejudgings;
import dev.plimsoll.compliance.SecondSeries;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How far judging anew has come. */
@RestController
@RequestMapping("/api/v1/rejudging")
@Tag(name = "Checks")
class RejudgingResource {
  private final Rejudgings rejudgings;

  RejudgingResource(Rejudgings rejudgings) {
    this.rejudgings = rejudgings;
  }

  @GetMapping
  @Operation(summary = "How far judging anew has come after a change of catalogue or profile")
  RejudgingBody get() {
    Rejudgings.Status status = rejudgings.status();
    SecondSeries.Progress past = status.past();
    return new RejudgingBody(
        status.running(),
        new HostsBody(status.hosts().done(), status.hosts().total()),
        past == null
            ? null
            : new PastBody(
                past.startedAt(),
                past.done(),
                past.total(),
                past.failed(),
                past.host(),
                past.reached()));
  }

  /**
   * Progress.
   *
   * @param hosts hosts judged under the current catalogue
   * @param past the past that is told again; null if none is
   */
  record RejudgingBody(boolean running, HostsBody hosts, @Nullable PastBody past) {}

  /** How many of how many. */
  record HostsBody(int done, int total) {}

  /**
   * A run over the past of hosts.
   *
   * @param failed hosts that were given up; the portal's log says why
   * @param host the one that is being told; null while groups and the fleet are
   * @param reached how far its past is told
   */
  record PastBody(
      Instant startedAt,
      int done,
      int total,
      int failed,
      @Nullable String host,
      @Nullable Instant reached) {}
}
