package dev.plimsoll.posture;

import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What the first page shows, read in one transaction so that its numbers agree. */
@Service
@Requires(Permission.READ)
@Transactional(readOnly = true)
public class FleetOverview {
  /** The fleet, or the subtree of one group, as of an instant (null for now). */
  public Overview read(@Nullable String group, @Nullable Instant asOf) {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * The first page.
   *
   * @param trend the score in 90 daily steps, oldest first, the last one at {@code at}
   * @param hostsByStatus how many hosts are in each status, those with none left out
   * @param openFindings findings that are not resolved and count, by severity word
   * @param worstHosts at most ten, lowest score first
   * @param topChecks checks that cost most points over all hosts, at most ten
   * @param containers containers present on all hosts
   */
  public record Overview(
      Instant at,
      ScoreRow score,
      List<ScoreRow> trend,
      Map<HostStatus, Long> hostsByStatus,
      Map<String, Long> openFindings,
      List<HostRow> worstHosts,
      List<CheckLoad> topChecks,
      long containers) {
    public Overview {
      trend = List.copyOf(trend);
      hostsByStatus = Map.copyOf(hostsByStatus);
      openFindings = Map.copyOf(openFindings);
      worstHosts = List.copyOf(worstHosts);
      topChecks = List.copyOf(topChecks);
    }
  }

  /** How often a check fails: subjects and hosts with an open FAIL. */
  public record CheckLoad(
      String check,
      String title,
      String severity,
      long failingSubjects,
      long failingHosts,
      long unknownSubjects) {}

  /** The same for every check of the catalogue, in catalogue order, as of now. */
  public List<CheckLoad> checks() {
    throw new UnsupportedOperationException("not built yet");
  }
}
