package dev.plimsoll.backup.coverage;

import dev.plimsoll.backup.coverage.KeptData.Intent;
import dev.plimsoll.backup.coverage.Policy.Exemption;
import dev.plimsoll.checklist.Placement;
import dev.plimsoll.checklist.RpoLabel;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What policies and labels promise for data. */
public final class Promises {
  /** The longest exemption counts: one without an end outlasts all others. */
  private static final Comparator<Exemption> LONGEST =
      Comparator.comparing(
          Exemption::until, Comparator.nullsLast(Comparator.<Instant>naturalOrder()));

  private Promises() {}

  /**
   * The promise for data of a host: the shortest RPO and the shortest interval between restore
   * tests of all policies that match; a label counts where it is stricter, or where no policy
   * matches.
   *
   * @param caches names of volumes that were declared to hold nothing that cannot be made again
   * @return null if nothing matches
   */
  public static @Nullable Promise of(
      KeptData data, Placement host, List<Policy> policies, Set<String> caches) {
    List<Policy> matching =
        policies.stream().filter(policy -> policy.selector().matches(data, host)).toList();
    Optional<Policy> strictest =
        matching.stream()
            .filter(policy -> policy.rpo() != null)
            .min(Comparator.comparing(Promises::rpo).thenComparingLong(Policy::id));
    Duration restoreTestEvery =
        matching.stream()
            .map(Policy::restoreTestEvery)
            .filter(Objects::nonNull)
            .min(Comparator.<Duration>naturalOrder())
            .orElse(null);
    boolean offHost = matching.stream().anyMatch(Policy::offHost);
    Exemption exemption = exemption(data, matching, caches);
    Labelled labelled = labelled(data);
    if (labelled != null && strictest.map(p -> labelled.rpo().compareTo(rpo(p)) < 0).orElse(true)) {
      return new Promise(
          null,
          null,
          "label " + labelled.label(),
          labelled.rpo(),
          restoreTestEvery,
          offHost,
          exemption);
    }
    if (strictest.isPresent()) {
      Policy policy = strictest.get();
      return new Promise(
          policy.id(),
          policy.version(),
          policy.name(),
          policy.rpo(),
          restoreTestEvery,
          offHost,
          exemption);
    }
    return exemption == null
        ? null
        : new Promise(null, null, exemption.by(), null, null, false, exemption);
  }

  private static @Nullable Exemption exemption(
      KeptData data, List<Policy> matching, Set<String> caches) {
    if (data.ref().kind() == DataKind.VOLUME && caches.contains(data.ref().name())) {
      return new Exemption(
          "declared cache",
          "It was declared to hold nothing that cannot be made again.",
          "whoever declared it",
          null);
    }
    return matching.stream()
        .map(Policy::exemption)
        .filter(Objects::nonNull)
        .filter(exemption -> exemption.approver() != null)
        .max(LONGEST)
        .orElse(null);
  }

  /** What labels promise; null if they promise nothing. */
  private static @Nullable Labelled labelled(KeptData data) {
    Labelled strictest = null;
    for (Intent intent : data.intents()) {
      Duration rpo = intent.label().equals(RpoLabel.NAME) ? RpoLabel.parse(intent.value()) : null;
      if (rpo != null && (strictest == null || rpo.compareTo(strictest.rpo()) < 0)) {
        strictest = new Labelled(intent.label(), rpo);
      }
    }
    if (strictest != null) {
      return strictest;
    }
    return data.intents().stream()
        .filter(Intents::isMeant)
        .findFirst()
        .map(intent -> new Labelled(intent.label(), RpoLabel.DEFAULT))
        .orElse(null);
  }

  private static Duration rpo(Policy policy) {
    return Objects.requireNonNull(policy.rpo());
  }

  private record Labelled(String label, Duration rpo) {}
}
