package dev.plimsoll.owncheck;

import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.fleet.HostPlacements;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.inventory.Documents;
import dev.plimsoll.inventory.SubjectStates;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Judges stored history by a check that does not count yet: who would fail, today and a quarter
 * ago. Nothing is stored.
 */
@Service
public class TryOut {
  /** How long one try-out may take; what it has found until then is its answer. */
  public static final Duration TIME_LIMIT = Duration.ofSeconds(30);

  /** Most instants that are asked about at once. */
  public static final int MOST_INSTANTS = 8;

  private static final int AT_ONCE = 2;

  private final SubjectStates states;
  private final HostPlacements placements;
  private final Documents documents;
  private final Clock published;
  private final Clock clock;
  private final Semaphore running = new Semaphore(AT_ONCE);

  TryOut(
      SubjectStates states,
      HostPlacements placements,
      Documents documents,
      @Qualifier("publishClock") Clock published,
      Clock clock) {
    this.states = states;
    this.placements = placements;
    this.documents = documents;
    this.published = published;
    this.clock = clock;
  }

  /**
   * What is asked.
   *
   * @param at instants, none in the future
   * @param hostId of one host; null for the whole fleet
   * @param limit how many of those that fail are shown, 1 to 1000
   * @param after shows those behind this place; null for the first
   */
  public record Request(
      SubjectKind subject,
      String expression,
      @Nullable String applies,
      List<Instant> at,
      @Nullable Long hostId,
      int limit,
      TryOutResult.@Nullable Place after) {
    public Request {
      at = List.copyOf(at);
    }

    /** The first that fail, over the whole fleet. */
    public static Request first(
        SubjectKind subject,
        String expression,
        @Nullable String applies,
        List<Instant> at,
        int limit) {
      return new Request(subject, expression, applies, at, null, limit, null);
    }
  }

  /**
   * Judges by a check that may not be stored at all.
   *
   * @throws InvalidInput if an expression does not compile or an instant lies in the future
   * @throws TooManyTryOuts if others are running
   */
  @Requires(Permission.MANAGE_CHECKS)
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  public TryOutResult run(Request request) {
    DraftRules.Compiled passed = DraftRules.expressions(request.expression(), request.applies());
    if (request.at().isEmpty() || request.at().size() > MOST_INSTANTS) {
      throw new InvalidInput(
          "at", "holds %d instants. Give 1 to %d.".formatted(request.at().size(), MOST_INSTANTS));
    }
    Instant now = published.instant();
    for (Instant at : request.at()) {
      if (at.isAfter(now)) {
        throw new InvalidInput("at", at + " lies in the future. Ask about now or the past.");
      }
    }
    if (!running.tryAcquire()) {
      throw new TooManyTryOuts();
    }
    try {
      Instant started = clock.instant();
      Judging judging =
          new Judging(
              request, passed.expression(), passed.applies(), states, placements, documents);
      List<TryOutResult.AtInstant> instants = new ArrayList<>();
      for (int i = 0; i < request.at().size(); i++) {
        // Each instant gets its share of what is left, so that the last one is not the one to
        // starve.
        Duration left = Duration.between(clock.instant(), started.plus(TIME_LIMIT));
        Instant end = clock.instant().plus(left.dividedBy(request.at().size() - i));
        instants.add(judging.at(request.at().get(i), () -> clock.instant().isAfter(end)));
      }
      return new TryOutResult(instants);
    } finally {
      running.release();
    }
  }
}
