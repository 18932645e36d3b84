package dev.plimsoll.compliance;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.HostFacts;
import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.checklist.Verdict;
import dev.plimsoll.inventory.Sha256;
import dev.plimsoll.inventory.StoredFacts;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Judges everything on a host by every check of its kind. Pure: equal facts, equal judgements. */
final class Judge {
  /** A container that stopped counts this much longer, so that stopping it hides nothing. */
  static final Duration STOPPED_COUNTS = Duration.ofDays(7);

  private Judge() {}

  static List<Judgement> judge(Checklist checklist, StoredFacts.Known known) {
    HostFacts host = known.facts();
    List<Judgement> judgements = new ArrayList<>(known.subjects().size());
    for (StoredFacts.KnownSubject subject : known.subjects()) {
      List<Rule> rules = checklist.rules(subject.kind());
      if (rules.isEmpty()) {
        continue;
      }
      List<Verdict> verdicts = checklist.judge(host, subject.kind(), subject.dockerId());
      judgements.add(
          switch (subject.kind()) {
            case CONTAINER -> {
              Reading reading = host.containers().get(subject.dockerId());
              Counting counting = counting(reading, host.at());
              yield new Judgement(
                  subject.id(),
                  subject.kind(),
                  rules,
                  verdicts,
                  host.switchedOn(),
                  workload(host, reading),
                  counting.inScore(),
                  counting.until());
            }
            case IMAGE ->
                new Judgement(
                    subject.id(),
                    subject.kind(),
                    rules,
                    verdicts,
                    host.switchedOn(),
                    content(host.images().get(subject.dockerId())),
                    true,
                    null);
            default ->
                new Judgement(
                    subject.id(),
                    subject.kind(),
                    rules,
                    verdicts,
                    host.switchedOn(),
                    null,
                    true,
                    null);
          });
    }
    return judgements;
  }

  private static @Nullable Sha256 workload(HostFacts host, @Nullable Reading reading) {
    return reading instanceof Reading.Read read ? Workload.of(host, read.document()) : null;
  }

  private static @Nullable Sha256 content(@Nullable Reading reading) {
    return reading instanceof Reading.Read read
        ? Workload.contentOf(read.document().path("inspect"))
        : null;
  }

  private record Counting(boolean inScore, @Nullable Instant until) {
    static final Counting YES = new Counting(true, null);
    static final Counting NO = new Counting(false, null);
  }

  /**
   * Whether a container counts: not if it never started, nor if it stopped long ago and nothing
   * will start it again. What could not be read counts: not looking must not raise a score.
   */
  private static Counting counting(@Nullable Reading reading, Instant at) {
    if (!(reading instanceof Reading.Read read)) {
      return Counting.YES;
    }
    JsonNode seen = read.observation();
    if (!seen.path("everStarted").asBoolean(true)) {
      return Counting.NO;
    }
    String finishedAt = seen.path("finishedAt").asString("");
    if (finishedAt.isEmpty() || startsAgain(read.document())) {
      return Counting.YES;
    }
    try {
      Instant until = Instant.parse(finishedAt).plus(STOPPED_COUNTS);
      return until.isAfter(at) ? new Counting(true, until) : Counting.NO;
    } catch (DateTimeParseException e) {
      return Counting.YES; // an engine that does not say when: it may have been just now
    }
  }

  private static boolean startsAgain(JsonNode container) {
    String policy = container.path("HostConfig").path("RestartPolicy").path("Name").asString("");
    return !policy.isEmpty() && !policy.equals("no");
  }
}
