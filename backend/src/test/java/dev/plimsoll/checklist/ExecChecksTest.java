package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.CheckCase.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The fixture's container was made on 1 November, and is judged on the 24th at noon. */
class ExecChecksTest {
  private static final String LONG_AGO = "2026-11-02T00:00:00Z";
  private static final String BEFORE_IT = "2026-10-31T00:00:00Z";
  private static final String YESTERDAY = "2026-11-23T12:00:00Z";
  private static final String LAST_MONTH = "2026-10-20T12:00:00Z";

  static Stream<CheckCase> cases() {
    return Stream.of(
        given(
            "nothing heard for a week",
            "CTR-EXECPRIV=PASS@.execs.privileged,.events.watchedSince",
            h -> watched(h, LONG_AGO)),
        given(
            "nothing heard of an ordinary user's container",
            "CTR-EXECROOT=PASS@.execs.root,.events.watchedSince",
            h -> watched(ordinary(h), LONG_AGO)),
        given(
            "watched for its whole life, which is short",
            "CTR-EXECPRIV=PASS CTR-EXECROOT=PASS@.execs.root,.events.watchedSince,.Created,"
                + ".events.watchedSinceOnEngine",
            h ->
                watched(ordinary(h), "2026-11-24T09:00:00Z")
                    .set(".Created", "\"2026-11-24T10:00:00Z\"")),
        given(
            "made just before watching began",
            "CTR-EXECPRIV=UNKNOWN@.events.watchedSince",
            h -> watched(h, "2026-11-24T09:00:00Z").set(".Created", "\"2026-11-24T08:59:59Z\"")),
        given(
            "a gap three days ago",
            "CTR-EXECPRIV=UNKNOWN@.events.watchedSince CTR-EXECROOT=UNKNOWN@.events.watchedSince",
            h -> watched(ordinary(h), "2026-11-21T12:00:00Z")),
        given(
            "privileged yesterday",
            "CTR-EXECPRIV=FAIL@.execs.privileged CTR-EXECROOT=PASS",
            h -> heard(watched(ordinary(h), LONG_AGO), "privileged", YESTERDAY)),
        given(
            "privileged yesterday, and a gap since",
            "CTR-EXECPRIV=FAIL@.execs.privileged",
            h -> heard(watched(h, "2026-11-24T00:00:00Z"), "privileged", YESTERDAY)),
        given(
            "privileged yesterday, and nobody listens now",
            "CTR-EXECPRIV=FAIL@.execs.privileged",
            h -> heard(interrupted(h), "privileged", YESTERDAY)),
        given(
            "privileged yesterday, and the engine cannot be read",
            "CTR-EXECPRIV=FAIL@.execs.privileged",
            h -> heard(on(h).engineUnread(), "privileged", YESTERDAY)),
        given(
            "privileged last month",
            "CTR-EXECPRIV=PASS",
            h -> heard(watched(h, BEFORE_IT), "privileged", LAST_MONTH)),
        given(
            "an exec that was gone before it was looked at",
            "CTR-EXECPRIV=UNKNOWN@.execs.unread CTR-EXECROOT=UNKNOWN@.execs.unread,.execs.named",
            h -> heard(watched(ordinary(h), LONG_AGO), "unread", YESTERDAY)),
        given(
            "as root yesterday",
            "CTR-EXECROOT=FAIL@.execs.root CTR-EXECPRIV=PASS",
            h -> heard(watched(ordinary(h), LONG_AGO), "root", YESTERDAY)),
        given(
            "as a user whose number nobody knows",
            "CTR-EXECROOT=UNKNOWN@.execs.unread,.execs.named CTR-EXECPRIV=PASS",
            h -> heard(watched(ordinary(h), LONG_AGO), "named", YESTERDAY)),
        given(
            "as root in a container of root's",
            "CTR-EXECROOT=N/A",
            h -> heard(watched(h, LONG_AGO), "root", YESTERDAY)),
        given(
            "as root in a container of nobody knows whose",
            "CTR-EXECROOT=UNKNOWN",
            h -> heard(watched(h, LONG_AGO), "root", YESTERDAY).set(".Config.User", "\"app\"")),
        given(
            "nobody listens",
            "CTR-EXECPRIV=UNKNOWN@.events.interrupted CTR-EXECROOT=UNKNOWN@.events.interrupted",
            h -> interrupted(ordinary(h))),
        given(
            "switched on, and not read since",
            "CTR-EXECPRIV=UNKNOWN@.events.interrupted",
            ExecChecksTest::on),
        given(
            "an engine that never told of anything",
            "CTR-EXECPRIV=UNKNOWN@.events.silent",
            h -> on(h).engineObserves(".events", "{\"silent\":true}")),
        given(
            "a container that never ran",
            "CTR-EXECPRIV=PASS@.everStarted",
            h -> on(h).observe(".everStarted", "false").observe(".state", "\"created\"")),
        given(
            "a Windows container",
            "CTR-EXECPRIV=N/A CTR-EXECROOT=N/A",
            h -> watched(h, LONG_AGO).set(".Platform", "\"windows\"")),
        given(
            "the reading is off",
            "CTR-EXECPRIV=UNKNOWN CTR-EXECROOT=UNKNOWN",
            h -> h.switchedOff(ReadingSwitch.EVENTS)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void judges(CheckCase given) {
    given.verify();
  }

  @ParameterizedTest
  @CsvSource({
    // what was seen, since when is watched, when it turns, and into what
    "privileged, 2026-11-02T00:00:00Z, 2026-11-30T12:00:00Z, PASS",
    "privileged, 2026-11-24T00:00:00Z, 2026-11-30T12:00:00Z, UNKNOWN",
    "unread,     2026-11-02T00:00:00Z, 2026-11-30T12:00:00Z, PASS",
    "unread,     2026-11-24T00:00:00Z, 2026-12-01T00:00:00Z, PASS",
    "root,       2026-11-24T00:00:00Z, 2026-12-01T00:00:00Z, PASS",
  })
  @DisplayName("A verdict knows when it turns by itself, and into what; at that instant it has")
  void turns(String seen, String since, Instant at, Outcome to) {
    HostFixture fixture = heard(watched(new HostFixture(), since), seen, YESTERDAY);
    assertThat(fixture.judge("CTR-EXECPRIV").turn()).isEqualTo(new Turn(at, to));
    assertThat(fixture.at(at.toString()).judge("CTR-EXECPRIV").outcome()).isEqualTo(to);
    assertThat(fixture.at(at.minusNanos(1_000).toString()).judge("CTR-EXECPRIV").outcome())
        .isNotEqualTo(to);
  }

  @Test
  @DisplayName("What is fine, and what nobody listens to, does not turn by itself")
  void turnsNever() {
    assertThat(watched(new HostFixture(), LONG_AGO).judge("CTR-EXECPRIV").turn()).isNull();
    assertThat(interrupted(new HostFixture()).judge("CTR-EXECPRIV").turn()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "0, true, false", "root, true, false", "root:app, true, false", "00:5, true, false",
    "+0, true, false", "1000, false, false", "1000:0, false, false", "toor, false, true",
    "'', false, false", ":0, false, false"
  })
  @DisplayName("Users are told apart as the engine does")
  void users(String user, boolean root, boolean named) {
    ContainerExecs execs =
        ContainerExecs.of(List.of(new ContainerExecs.Exec(HostFixture.AT, false, user)));
    assertThat(execs.root() != null).isEqualTo(root);
    assertThat(execs.named() != null).isEqualTo(named);
    assertThat(execs.privileged()).isNull();
    assertThat(execs.unread()).isNull();
  }

  @Test
  @DisplayName("Of each kind the last counts")
  void last() {
    Instant first = HostFixture.AT.minusSeconds(60);
    ContainerExecs execs =
        ContainerExecs.of(
            List.of(
                new ContainerExecs.Exec(HostFixture.AT, true, "root"),
                new ContainerExecs.Exec(first, true, "root"),
                new ContainerExecs.Exec(first, false, null)));
    assertThat(execs).isEqualTo(new ContainerExecs(HostFixture.AT, HostFixture.AT, null, first));
    assertThat(execs.toJson().propertyNames()).containsExactly("privileged", "root", "unread");
  }

  private static HostFixture on(HostFixture h) {
    return h.switchedOn(ReadingSwitch.EVENTS);
  }

  private static HostFixture ordinary(HostFixture h) {
    return h.set(".Config.User", "\"1000:1000\"");
  }

  private static HostFixture watched(HostFixture h, String since) {
    Instant at = Instant.parse(since);
    return on(h).engineObserves(".events", new EventWatchState.Watched(at, at).toJson().toString());
  }

  private static HostFixture interrupted(HostFixture h) {
    return on(h)
        .engineObserves(
            ".events",
            new EventWatchState.Interrupted(new Reading.Unread("GET /events", 0, "reset"))
                .toJson()
                .toString());
  }

  private static HostFixture heard(HostFixture h, String what, String at) {
    return h.observe(".execs", "{\"%s\":\"%s\"}".formatted(what, at));
  }
}
