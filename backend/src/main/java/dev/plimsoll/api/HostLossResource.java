package dev.plimsoll.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.plimsoll.backup.HostData;
import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.backup.coverage.DataMap;
import dev.plimsoll.backup.coverage.DataShape;
import dev.plimsoll.backup.coverage.KeptData;
import dev.plimsoll.posture.CoverageRow;
import dev.plimsoll.posture.CoverageTotals;
import dev.plimsoll.posture.HostLoss;
import dev.plimsoll.posture.Loss;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a host keeps, and what would be lost with it. */
@RestController
@RequestMapping("/api/v1/hosts/{id}")
@Tag(name = "Coverage")
class HostLossResource {
  private final HostLoss losses;
  private final HostData data;
  private final HostResolver hosts;
  private final AsOf instants;

  HostLossResource(HostLoss losses, HostData data, HostResolver hosts, AsOf instants) {
    this.losses = losses;
    this.data = data;
    this.hosts = hosts;
    this.instants = instants;
  }

  @GetMapping("/loss")
  @Operation(summary = "What is lost, and what comes back how old, if the host is gone")
  LossBody loss(
      @PathVariable String id,
      @RequestParam(required = false) @Nullable Instant asOf,
      @RequestParam(required = false) @Nullable Instant knownAt) {
    return LossBody.of(losses.at(hosts.resolve(id).id(), asOf, knownAt));
  }

  @GetMapping("/data")
  @Operation(
      summary =
          "The map of its state: volumes, bound directories, writable layers with data, tmpfs, and"
              + " who uses each")
  DataBody data(@PathVariable String id, @RequestParam(required = false) @Nullable Instant asOf) {
    return DataBody.of(data.of(hosts.resolve(id).id(), instants.check(asOf)));
  }

  /**
   * What is lost with a host.
   *
   * @param unread whether it was not read by then: what it keeps is told as it was last seen
   * @param amounts for each fate
   * @param worstWindowSeconds the longest loss window of what comes back; null if nothing does
   * @param restoreSeconds how long all that comes back takes, as far as is known; null if of
   *     nothing is known how long it takes
   * @param restoreNotKnown of how much of it that is not known
   * @param lostSources sources of backups that lie on the host, and go with it
   */
  record LossBody(
      HostRefBody host,
      Instant at,
      boolean unread,
      Map<Loss.Fate, CoverageTotals.Amount> amounts,
      @Nullable Long worstWindowSeconds,
      @Nullable Double restoreSeconds,
      long restoreNotKnown,
      List<LostBody> data,
      List<ServiceBody> services,
      List<String> lostSources) {
    static LossBody of(Loss loss) {
      Map<Loss.Fate, CoverageTotals.Amount> amounts = new EnumMap<>(Loss.Fate.class);
      for (Loss.Fate fate : Loss.Fate.values()) {
        amounts.put(fate, loss.amount(fate));
      }
      return new LossBody(
          HostRefBody.of(loss.host()),
          loss.at(),
          loss.unread(),
          amounts,
          seconds(loss.worstWindow()),
          loss.restoreNotKnown() > 0
                  && loss.restoreNotKnown() == loss.amount(Loss.Fate.COMES_BACK).count()
              ? null
              : (Double) loss.restoreSeconds(),
          loss.restoreNotKnown(),
          loss.data().stream().map(LostBody::of).toList(),
          loss.services().stream().map(ServiceBody::of).toList(),
          loss.lostSources());
    }
  }

  private static @Nullable Long seconds(@Nullable Duration duration) {
    return duration == null ? null : (Long) duration.toSeconds();
  }

  /**
   * Data of the host.
   *
   * @param coverage ID of the kept data
   * @param lossWindowSeconds what was written within it is lost
   * @param restoreBasis what tells how long restoring takes
   */
  record LostBody(
      String coverage,
      String kind,
      DataShape shape,
      String name,
      Loss.Fate fate,
      CoverageState state,
      @Nullable Long bytes,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable BackupBody backup,
      @Nullable Long lossWindowSeconds,
      @Nullable Double restoreSeconds,
      Loss.Restore.@Nullable Basis restoreBasis) {
    static LostBody of(Loss.LostData data) {
      Loss.Restore restore = data.restore();
      return new LostBody(
          String.valueOf(data.dataId()),
          data.kind().word(),
          data.shape(),
          data.name(),
          data.fate(),
          data.state(),
          data.bytes(),
          BackupBody.of(data.backup()),
          seconds(data.window()),
          restore == null ? null : restore.seconds(),
          restore == null ? null : restore.basis());
    }
  }

  /** The backup that data comes back from. */
  record BackupBody(
      String record,
      Instant startedAt,
      Instant finishedAt,
      String source,
      @Nullable String snapshotId,
      @Nullable Long bytes) {
    static @Nullable BackupBody of(CoverageRow.@Nullable Good good) {
      return good == null
          ? null
          : new BackupBody(
              String.valueOf(good.recordId()),
              good.startedAt(),
              good.finishedAt(),
              good.source(),
              good.snapshotId(),
              good.bytes());
    }
  }

  /** What stops, and the data that it used. */
  record ServiceBody(String name, List<String> containers, List<MissedBody> data) {
    static ServiceBody of(Loss.Service service) {
      return new ServiceBody(
          service.name(),
          service.containers(),
          service.misses().stream()
              .map(
                  missed ->
                      new MissedBody(
                          String.valueOf(missed.dataId()),
                          missed.kind().word(),
                          missed.name(),
                          missed.fate()))
              .toList());
    }
  }

  /** Data that a service used. */
  record MissedBody(String coverage, String kind, String name, Loss.Fate fate) {}

  /**
   * What a host keeps.
   *
   * @param tmpfs what is gone as soon as its container stops, by design
   * @param unsure kinds of which more may exist than could be read
   */
  record DataBody(List<KeptBody> items, List<DataMap.Tmpfs> tmpfs, List<String> unsure) {
    static DataBody of(DataMap map) {
      return new DataBody(
          map.kept().stream().map(KeptBody::of).toList(),
          map.passing(),
          map.unsure().stream().sorted().map(DataKind::word).toList());
    }
  }

  /**
   * Data that a host keeps.
   *
   * @param users with, where it is mounted by --volumes-from, the container it is mounted through
   */
  record KeptBody(
      String kind,
      String name,
      DataShape shape,
      @Nullable String project,
      boolean orphaned,
      Map<String, String> labels,
      List<KeptData.User> users,
      List<KeptData.Intent> intents) {
    static KeptBody of(KeptData data) {
      return new KeptBody(
          data.ref().kind().word(),
          data.ref().name(),
          data.shape(),
          data.project(),
          data.orphaned(),
          data.labels(),
          data.users(),
          data.intents());
    }
  }
}
