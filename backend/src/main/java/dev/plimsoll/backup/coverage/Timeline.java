package dev.plimsoll.backup.coverage;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How one piece of data stands over time, the future included as far as time alone decides it. */
public final class Timeline {
  private Timeline() {}

  /**
   * The states that follow each other, each in the interval in which it holds, without gaps.
   *
   * @param from inclusive
   * @param to exclusive; {@link Instant#MAX} while the data is there
   * @param promises what was promised when; at an instant in none of them no policy matched
   */
  public static List<Span<Standing>> of(
      Instant from, Instant to, List<Span<Promise>> promises, Evidence evidence) {
    TreeSet<Instant> bounds = new TreeSet<>();
    bounds.add(from);
    for (Span<Promise> promise : promises) {
      bounds.add(promise.from());
      bounds.add(promise.to());
      Policy.Exemption exemption = promise.what().exemption();
      if (exemption != null && exemption.until() != null) {
        bounds.add(exemption.until());
      }
    }
    evidence.blindness().stream().flatMap(b -> Stream.of(b.from(), b.to())).forEach(bounds::add);
    List<Duration> rpos =
        promises.stream()
            .map(promise -> promise.what().rpo())
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    for (Attempt attempt : evidence.attempts()) {
      bounds.add(attempt.finishedAt());
      bounds.add(attempt.goneAt());
      bounds.add(attempt.damagedAt());
      for (Duration rpo : rpos) {
        bounds.add(firstAfter(Standing.youngUntil(attempt.startedAt(), rpo)));
      }
    }
    return spans(bounds.tailSet(from, true).headSet(to, false), to, promises, evidence);
  }

  private static List<Span<Standing>> spans(
      Iterable<Instant> bounds, Instant to, List<Span<Promise>> promises, Evidence evidence) {
    List<Span<Standing>> spans = new ArrayList<>();
    for (Instant bound : bounds) {
      Standing standing = Standing.at(bound, promiseAt(promises, bound), evidence);
      if (spans.isEmpty()) {
        spans.add(new Span<>(bound, to, standing));
      } else {
        Span<Standing> last = spans.getLast();
        if (!last.what().equals(standing)) {
          spans.set(spans.size() - 1, new Span<>(last.from(), bound, last.what()));
          spans.add(new Span<>(bound, to, standing));
        }
      }
    }
    return spans;
  }

  private static @Nullable Promise promiseAt(List<Span<Promise>> promises, Instant at) {
    for (Span<Promise> promise : promises) {
      if (promise.holds(at)) {
        return promise.what();
      }
    }
    return null;
  }

  /** Intervals are kept in microseconds: the first of them after an instant. */
  private static Instant firstAfter(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS).plus(1, ChronoUnit.MICROS);
  }
}
