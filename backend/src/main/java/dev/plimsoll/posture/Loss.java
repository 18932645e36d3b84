package dev.plimsoll.posture;

import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.backup.coverage.DataShape;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is lost if a host is gone at an instant, and what comes back.
 *
 * @param unread whether the host, or one of its lists, was not read by then: what it keeps is told
 *     as it was last seen
 * @param data worst fate first
 * @param services what was running, by name
 * @param lostSources sources whose newest good backups of this host's data lie on it, and go with
 *     it
 */
public record Loss(
    HostRef host,
    Instant at,
    boolean unread,
    List<LostData> data,
    List<Service> services,
    List<String> lostSources) {
  public Loss {
    data = List.copyOf(data);
    services = List.copyOf(services);
    lostSources = List.copyOf(lostSources);
  }

  /** How much shares a fate. */
  public CoverageTotals.Amount amount(Fate fate) {
    return data.stream()
        .filter(one -> one.fate() == fate)
        .map(LostData::amount)
        .reduce(CoverageTotals.Amount.NONE, CoverageTotals.Amount::plus);
  }

  /** How long it takes to restore all that comes back, one after the other, as far as is known. */
  public double restoreSeconds() {
    return restorable()
        .mapToDouble(one -> one.restore() == null ? 0 : one.restore().seconds())
        .sum();
  }

  /** Of how much of what comes back it is not known how long that takes. */
  public long restoreNotKnown() {
    return restorable().filter(one -> one.restore() == null).count();
  }

  /** The longest loss window of what comes back; null if nothing does. */
  public @Nullable Duration worstWindow() {
    return restorable()
        .map(LostData::window)
        .filter(Objects::nonNull)
        .max(Duration::compareTo)
        .orElse(null);
  }

  private Stream<LostData> restorable() {
    return data.stream().filter(one -> one.fate() == Fate.COMES_BACK);
  }

  /** What becomes of data, worst first. */
  public enum Fate {
    /** There is no good backup of it elsewhere. */
    LOST,
    /** Where its newest good backup lies was not reported. */
    NOT_KNOWN,
    /** There is no good backup of it elsewhere, and somebody approved that. */
    LOST_AS_APPROVED,
    /** As it was when its newest good backup elsewhere began. */
    COMES_BACK,
    /** It does not lie on the host: the volume is a network share or of another driver. */
    ELSEWHERE
  }

  /**
   * Data of the host.
   *
   * @param state how it stood when it was last seen
   * @param bytes null if it was never measured
   * @param backup the backup that it comes back from, or of which it is not known where it lies;
   *     null if there is none
   * @param window what was written within it is lost: the age of that backup; null without one
   * @param restore null if nothing tells how long it takes, or if it does not come back
   */
  public record LostData(
      long dataId,
      DataKind kind,
      DataShape shape,
      String name,
      Fate fate,
      CoverageState state,
      @Nullable Long bytes,
      CoverageRow.@Nullable Good backup,
      @Nullable Duration window,
      @Nullable Restore restore) {
    CoverageTotals.Amount amount() {
      return new CoverageTotals.Amount(1, bytes == null ? 0 : bytes, bytes == null ? 1 : 0);
    }
  }

  /** How long restoring is expected to take, and what tells that. */
  public record Restore(double seconds, Basis basis) {
    /** What an expectation rests on. */
    public enum Basis {
      /** Its own newest successful drill, scaled by size where both sizes are known. */
      OWN_DRILL,
      /** The median throughput of drills from the same source. */
      SOURCE_THROUGHPUT
    }
  }

  /**
   * What stops.
   *
   * @param name lineage, such as {@code compose:shop/web}
   * @param containers names of those that ran
   * @param misses data that it used and that does not come back as it was
   */
  public record Service(String name, List<String> containers, List<Missed> misses) {
    public Service {
      containers = List.copyOf(containers);
      misses = List.copyOf(misses);
    }
  }

  /** Data that a service misses. */
  public record Missed(long dataId, DataKind kind, String name, Fate fate) {}
}
