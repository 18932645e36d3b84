package dev.plimsoll.backup.coverage;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * All that is known of the backups of one piece of data.
 *
 * @param attempts newest start first
 * @param blindness when sources could not be read, or were found damaged
 */
public record Evidence(List<Attempt> attempts, List<Blindness> blindness) {
  /** Nothing is known. */
  public static final Evidence NONE = new Evidence(List.of(), List.of());

  public Evidence {
    attempts =
        attempts.stream().sorted(Comparator.comparing(Attempt::startedAt).reversed()).toList();
    blindness = List.copyOf(blindness);
  }

  /**
   * A time in which a source showed nothing.
   *
   * @param damaged whether it could be read but was found damaged: then nothing in it counts
   * @param from inclusive
   * @param to exclusive
   */
  public record Blindness(long sourceId, boolean damaged, Instant from, Instant to) {
    boolean holds(Instant at) {
      return !at.isBefore(from) && at.isBefore(to);
    }
  }

  boolean unread(long sourceId, Instant at) {
    return blindness.stream()
        .anyMatch(one -> one.sourceId() == sourceId && !one.damaged() && one.holds(at));
  }

  boolean damaged(Attempt attempt, Instant at) {
    return !attempt.damagedAt().isAfter(at)
        || blindness.stream()
            .anyMatch(
                one ->
                    one.damaged()
                        && attempt.sourceId() != null
                        && one.sourceId() == attempt.sourceId()
                        && one.holds(at));
  }
}
