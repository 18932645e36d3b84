package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.Severity.LOW;
import static dev.plimsoll.checklist.Severity.MEDIUM;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What people ran in a container beside its own process, as far as the engine told of it. */
final class ExecChecks {
  /** What happened longer ago counts no more. */
  static final Duration WINDOW = Duration.ofDays(7);

  private static final Field CREATED = Field.of(".Created");

  // Of the engine's observation, see EventWatchState
  private static final Field WATCHED_SINCE = Field.of(".events.watchedSince");
  private static final Field WATCHED_SINCE_ON_ENGINE = Field.of(".events.watchedSinceOnEngine");
  private static final Field SILENT = Field.of(".events.silent");
  private static final Field INTERRUPTED = Field.of(".events.interrupted");

  private ExecChecks() {}

  static final Check NOT_PRIVILEGED =
      RuleBuilder.container("CTR-EXECPRIV", MEDIUM)
          .evidence()
          .needs(ReadingSwitch.EVENTS)
          .cis("5.23")
          .nist("4.4.3")
          .stig("DKER-EE-002080")
          .linuxOnly()
          .title("Nobody used privileged exec")
          .rationale(
              "A privileged process in a container sees every device and has every capability,"
                  + " whatever the container itself was denied.")
          .remediation(
              "Leave --privileged out of docker exec. For work on the host use an administrator's"
                  + " shell there, or an image made for the purpose.")
          .judgedBy(x -> judge(x, ContainerExecs.PRIVILEGED, List.of(ContainerExecs.UNREAD)));

  static final Check NOT_AS_ROOT =
      RuleBuilder.container("CTR-EXECROOT", LOW)
          .evidence()
          .needs(ReadingSwitch.EVENTS)
          .cis("5.24")
          .nist("4.4.3")
          .linuxOnly()
          .title("Nobody used exec as root on a non-root container")
          .rationale(
              "A container that runs as an ordinary user is given up to root by one docker exec -u"
                  + " root; what it changes then stays.")
          .remediation("Leave -u out of docker exec: it then runs as the container's own user.")
          .judgedBy(ExecChecks::asRoot);

  private static Verdict asRoot(Examination x) {
    Verdict ownUser = x.onSelf(UserChecks.NON_ROOT);
    return switch (ownUser.outcome()) {
      case FAIL -> {
        ownUser.evidence().forEach(x::keep);
        yield x.notApplicable("the container itself runs as root");
      }
      case NOT_APPLICABLE -> x.inherit(ownUser, "whether it runs as root is not asked");
      case UNKNOWN -> x.inherit(ownUser, "nobody knows whether it runs as root itself");
      case PASS ->
          judge(x, ContainerExecs.ROOT, List.of(ContainerExecs.UNREAD, ContainerExecs.NAMED));
    };
  }

  /**
   * Judges by when something was last seen. Each of the three outcomes holds until an instant falls
   * out of the window, so that the verdict knows into what it turns.
   *
   * @param failing when what is forbidden was last seen
   * @param doubtful when something was last seen that may have been it
   */
  private static Verdict judge(Examination x, Field failing, List<Field> doubtful) {
    Source seen = x.observation();
    if (seen.peek(ContainerObservation.EVER_STARTED).isBoolean()
        && !seen.peek(ContainerObservation.EVER_STARTED).booleanValue()) {
      seen.look(ContainerObservation.EVER_STARTED);
      return x.pass("it never ran");
    }
    Watch watch = Watch.of(x);
    Moments moments =
        new Moments(
            time(seen, failing),
            doubtful.stream()
                .flatMap(field -> Stream.ofNullable(time(seen, field)))
                .max(Instant::compareTo)
                .orElse(null),
            watch);
    Instant at = x.host().at();
    Verdict verdict =
        switch (moments.outcome(at)) {
          case FAIL -> {
            seen.look(failing);
            yield x.fail("seen at " + moments.failed());
          }
          case PASS -> {
            seen.look(failing);
            watch.show(x);
            yield x.pass();
          }
          default -> {
            if (within(moments.doubted(), at)) {
              doubtful.forEach(seen::look);
              yield x.unknown("what was run at " + moments.doubted() + " could not be looked at");
            }
            watch.show(x);
            yield x.unknown(watch.doubt(x));
          }
        };
    return new Verdict(verdict.outcome(), verdict.evidence(), verdict.reason(), moments.turn(at));
  }

  private static @Nullable Instant time(Source source, Field field) {
    JsonNode node = source.peek(field);
    return node.isString() ? Instants.parse(node.stringValue()) : null;
  }

  private static boolean within(@Nullable Instant moment, Instant at) {
    return moment != null && moment.plus(WINDOW).isAfter(at);
  }

  /**
   * What decides, and when each was.
   *
   * @param failed when what is forbidden was last seen
   * @param doubted when something was last seen that may have been it
   */
  private record Moments(@Nullable Instant failed, @Nullable Instant doubted, Watch watch) {
    Outcome outcome(Instant at) {
      if (within(failed, at)) {
        return Outcome.FAIL;
      }
      return within(doubted, at) || !watch.covers(at) ? Outcome.UNKNOWN : Outcome.PASS;
    }

    @Nullable Turn turn(Instant at) {
      Outcome now = outcome(at);
      return Stream.of(failed, doubted, watch.since())
          .flatMap(Stream::ofNullable)
          .map(moment -> moment.plus(WINDOW))
          .filter(edge -> edge.isAfter(at) && outcome(edge) != now)
          .min(Instant::compareTo)
          .map(edge -> new Turn(edge, outcome(edge)))
          .orElse(null);
    }
  }

  /**
   * How much of the container's life was watched.
   *
   * @param since when watching began that has had no gap since; null if events are not heard now
   * @param wholeLife whether that was before the container was made
   */
  private record Watch(@Nullable Instant since, boolean wholeLife) {
    static Watch of(Examination x) {
      if (x.host().engine() instanceof Reading.Unread) {
        return new Watch(null, false); // what was seen was seen all the same
      }
      Source engine = x.engineObservation();
      Instant onEngine = time(engine, WATCHED_SINCE_ON_ENGINE);
      Instant created = time(x.document(), CREATED);
      return new Watch(
          time(engine, WATCHED_SINCE),
          onEngine != null && created != null && !created.isBefore(onEngine));
    }

    boolean covers(Instant at) {
      return since != null && (wholeLife || !since.plus(WINDOW).isAfter(at));
    }

    /** Keeps as evidence what tells how much was watched. */
    void show(Examination x) {
      Source engine = x.engineObservation();
      if (since != null) {
        engine.look(WATCHED_SINCE);
        if (wholeLife) {
          x.document().look(CREATED);
          engine.look(WATCHED_SINCE_ON_ENGINE);
        }
      } else if (engine.peek(SILENT).isBoolean()) {
        engine.look(SILENT);
      } else {
        engine.look(INTERRUPTED);
      }
    }

    String doubt(Examination x) {
      Source engine = x.engineObservation();
      if (since != null) {
        return "events are watched without a gap since %s only; the container is older, and 7 days"
                .formatted(since)
            + " have not passed";
      }
      if (engine.peek(SILENT).isBoolean()) {
        return "the engine told of no event yet by which a gap could be noticed";
      }
      String detail = engine.peek(INTERRUPTED).path("detail").asString("");
      return detail.isEmpty() ? "events were not heard when it was read" : detail;
    }
  }
}
