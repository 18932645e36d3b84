package dev.plimsoll.backup.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/**
 * Whatever is learned in whatever order, what is kept answers for every pair of instants as if it
 * were worked out anew from what was known then.
 */
class RevisionPropertiesTest {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final int HOURS = 200;

  /** Something that is learned of a backup. */
  record Learned(int learnedAt, int age, int took, boolean succeeded, int goneAfter) {
    Instant at() {
      return hour(learnedAt);
    }

    Attempt attempt(Instant known) {
      Instant gone = hour(learnedAt + goneAfter);
      return new Attempt(
          hour(learnedAt - age - took),
          hour(learnedAt - age),
          goneAfter == 0 || gone.isAfter(known) ? Instant.MAX : gone,
          succeeded ? Attempt.Outcome.SUCCEEDED : Attempt.Outcome.FAILED,
          true,
          null,
          Instant.MAX);
    }
  }

  /** What is kept, with since and until when it is held for true. */
  private record Row(Stretch stretch, Instant knownTo) {}

  private static final Promise PROMISE =
      new Promise(1L, 1, "daily", Duration.ofHours(24), null, false, null);
  private static final List<Span<Promise>> PROMISES =
      List.of(new Span<>(BEGIN, Instant.MAX, PROMISE));

  @Property(tries = 300)
  void answersAsIfWorkedOutAnew(@ForAll("stories") List<Learned> story) {
    List<Row> rows = new ArrayList<>();
    keep(rows, BEGIN, Revision.foreseen(List.of(), timeline(BEGIN, story, BEGIN), BEGIN));
    for (Instant now : instants(story)) {
      turn(rows, story, now);
      List<Learned> news =
          story.stream()
              .filter(
                  one ->
                      one.at().equals(now)
                          || (one.goneAfter() > 0
                              && hour(one.learnedAt() + one.goneAfter()).equals(now)))
              .toList();
      Instant since =
          news.stream()
              .map(one -> one.at().equals(now) ? one.attempt(now).finishedAt() : now)
              .min(Comparator.naturalOrder())
              .orElse(now);
      Instant from = since.isBefore(BEGIN) ? BEGIN : since;
      keep(rows, now, Revision.learned(current(rows, from), timeline(from, story, now), now));
    }
    for (int known = 0; known < HOURS; known += 3) {
      for (int at = 0; at <= known; at += 2) {
        Standing anew = Standing.at(hour(at), PROMISE, evidence(story, hour(known)));
        assertThat(answer(rows, hour(at), hour(known)))
            .as("as of hour %d, known at hour %d", at, known)
            .isEqualTo(anew);
      }
    }
  }

  @Provide
  Arbitrary<List<Learned>> stories() {
    Arbitrary<Learned> learned =
        Combinators.combine(
                Arbitraries.integers().between(1, HOURS - 20),
                Arbitraries.integers().between(0, 60),
                Arbitraries.integers().between(0, 5),
                Arbitraries.frequencyOf(
                    net.jqwik.api.Tuple.of(4, Arbitraries.just(true)),
                    net.jqwik.api.Tuple.of(1, Arbitraries.just(false))),
                Arbitraries.frequencyOf(
                    net.jqwik.api.Tuple.of(3, Arbitraries.just(0)),
                    net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(1, 40))))
            .as(Learned::new);
    return learned.list().ofMaxSize(8);
  }

  private static List<Instant> instants(List<Learned> story) {
    List<Instant> instants = new ArrayList<>();
    story.forEach(
        one -> {
          instants.add(one.at());
          if (one.goneAfter() > 0) {
            instants.add(hour(one.learnedAt() + one.goneAfter()));
          }
        });
    instants.add(hour(HOURS));
    return instants.stream().distinct().sorted().toList();
  }

  /** The job of due turns comes by now and then; here only before something is learned. */
  private void turn(List<Row> rows, List<Learned> story, Instant now) {
    Stretch open = current(rows, now).getLast();
    if (open.turn() != null && !open.turn().at().isAfter(now)) {
      Instant from = open.turn().at();
      Instant justBefore = now.minusNanos(1);
      keep(
          rows,
          now,
          Revision.foreseen(current(rows, from), timeline(from, story, justBefore), now));
    }
  }

  private static void keep(List<Row> rows, Instant now, Revision revision) {
    rows.replaceAll(
        row -> {
          boolean held = row.knownTo().equals(Instant.MAX);
          if (held && revision.superseded().contains(row.stretch())) {
            return new Row(row.stretch(), now);
          }
          Stretch same = held ? sameStart(row.stretch(), revision) : null;
          return same == null ? row : new Row(same, Instant.MAX);
        });
    revision.added().forEach(stretch -> rows.add(new Row(stretch, Instant.MAX)));
  }

  private static @Nullable Stretch sameStart(Stretch stretch, Revision revision) {
    for (Stretch changed : revision.ended()) {
      if (stretch.lasts() && changed.from().equals(stretch.from())) {
        return changed;
      }
    }
    for (Stretch changed : revision.forecast()) {
      if (stretch.lasts() && changed.from().equals(stretch.from())) {
        return changed;
      }
    }
    return null;
  }

  private static List<Stretch> current(List<Row> rows, Instant from) {
    return rows.stream()
        .filter(row -> row.knownTo().equals(Instant.MAX))
        .map(Row::stretch)
        .filter(stretch -> stretch.to().isAfter(from))
        .sorted(Comparator.comparing(Stretch::from))
        .toList();
  }

  private List<Span<Standing>> timeline(Instant from, List<Learned> story, Instant known) {
    return Timeline.of(from, Instant.MAX, PROMISES, evidence(story, known));
  }

  private static Evidence evidence(List<Learned> story, Instant known) {
    return new Evidence(
        story.stream()
            .filter(one -> !one.at().isAfter(known))
            .map(one -> one.attempt(known))
            .toList(),
        List.of());
  }

  private static Standing answer(List<Row> rows, Instant at, Instant known) {
    List<Standing> answers =
        rows.stream()
            .filter(
                row ->
                    !row.stretch().from().isAfter(at)
                        && row.stretch().to().isAfter(at)
                        && !row.stretch().knownFrom().isAfter(known)
                        && row.knownTo().isAfter(known))
            .map(
                row -> {
                  Stretch.Turn turn = row.stretch().turn();
                  return turn != null && !turn.at().isAfter(at)
                      ? turn.to()
                      : row.stretch().standing();
                })
            .toList();
    assertThat(answers).hasSize(1);
    return answers.getFirst();
  }

  private static Instant hour(int hours) {
    return BEGIN.plus(Duration.ofHours(hours));
  }
}
