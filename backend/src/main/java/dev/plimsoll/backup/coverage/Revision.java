package dev.plimsoll.backup.coverage;

import dev.plimsoll.backup.coverage.Stretch.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What has to be written so that what is kept says the same as a timeline: nothing that was said of
 * the past is edited.
 *
 * @param ended stretches that lasted and end now, with their new end
 * @param superseded stretches that turned out otherwise
 * @param added stretches that begin to be known
 * @param forecast stretches that last, with another forecast than is kept
 */
public record Revision(
    List<Stretch> ended, List<Stretch> superseded, List<Stretch> added, List<Stretch> forecast) {

  public Revision {
    ended = List.copyOf(ended);
    superseded = List.copyOf(superseded);
    added = List.copyOf(added);
    forecast = List.copyOf(forecast);
  }

  /** Writes what time alone has changed, and what changes at this instant. */
  public static Revision foreseen(List<Stretch> kept, List<Span<Standing>> spans, Instant at) {
    return revise(kept, spans, at, true);
  }

  /** Writes what is learned at this instant of the time before it. */
  public static Revision learned(List<Stretch> kept, List<Span<Standing>> spans, Instant at) {
    return revise(kept, spans, at, false);
  }

  /**
   * The revision.
   *
   * @param kept what is held for true now and does not end before the first span begins, in order
   * @param spans in order and without gaps
   */
  private static Revision revise(
      List<Stretch> kept, List<Span<Standing>> spans, Instant at, boolean foreseen) {
    Map<Instant, Stretch> wanted = new HashMap<>();
    List<Stretch> ended = new ArrayList<>();
    List<Stretch> superseded = new ArrayList<>();
    List<Stretch> forecast = new ArrayList<>();
    List<Stretch> order = wanted(kept, spans, at, foreseen);
    order.forEach(stretch -> wanted.put(stretch.from(), stretch));
    for (Stretch before : kept) {
      Stretch after = wanted.get(before.from());
      if (after != null && after.standing().equals(before.standing())) {
        if (after.to().equals(before.to())) {
          wanted.remove(before.from());
          if (!Objects.equals(after.turn(), before.turn())) {
            forecast.add(
                new Stretch(
                    before.from(),
                    before.to(),
                    before.knownFrom(),
                    before.standing(),
                    after.turn()));
          }
          continue;
        }
        if (before.lasts() && (foreseen || after.to().equals(at))) {
          wanted.remove(before.from());
          ended.add(
              new Stretch(before.from(), after.to(), before.knownFrom(), before.standing(), null));
          continue;
        }
      }
      superseded.add(before);
    }
    return new Revision(
        ended,
        superseded,
        order.stream().filter(stretch -> wanted.containsKey(stretch.from())).toList(),
        forecast);
  }

  /** The stretches that should be kept in the place of those that are. */
  private static List<Stretch> wanted(
      List<Stretch> kept, List<Span<Standing>> spans, Instant at, boolean foreseen) {
    List<Stretch> wanted = new ArrayList<>();
    Instant begin = spans.isEmpty() ? at : spans.getFirst().from();
    if (!kept.isEmpty() && kept.getFirst().from().isBefore(begin)) {
      Stretch first = kept.getFirst();
      wanted.add(stretch(first.from(), begin, first.standing(), at, foreseen));
    }
    for (int i = 0; i < spans.size() && !spans.get(i).from().isAfter(at); i++) {
      Span<Standing> span = spans.get(i);
      boolean ahead = span.to().isAfter(at);
      Stretch next =
          new Stretch(
              span.from(),
              ahead ? Instant.MAX : span.to(),
              foreseen ? span.from() : at,
              span.what(),
              ahead && i + 1 < spans.size() ? new Turn(span.to(), spans.get(i + 1).what()) : null);
      Stretch last = wanted.isEmpty() ? null : wanted.getLast();
      if (last != null && last.standing().equals(next.standing())) {
        wanted.set(
            wanted.size() - 1,
            new Stretch(last.from(), next.to(), last.knownFrom(), last.standing(), next.turn()));
      } else {
        wanted.add(next);
      }
    }
    return wanted;
  }

  private static Stretch stretch(
      Instant from, Instant to, Standing standing, Instant at, boolean foreseen) {
    return new Stretch(from, to, foreseen ? from : at, standing, null);
  }
}
