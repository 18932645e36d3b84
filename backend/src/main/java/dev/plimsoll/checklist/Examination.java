package dev.plimsoll.checklist;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One check looking at one subject: the documents it may open, and what it has seen in them. */
final class Examination {
  /** Entries that a FAIL points to; hostile documents can hold any number. */
  static final int MAX_ENTRIES = 50;

  private final Check.Subject subject;
  private final List<Evidence> seen = new ArrayList<>(4);
  private final Source document;

  Examination(Check.Subject subject) {
    this.subject = subject;
    this.document = new Source(subject.reading().sha256(), subject.reading().document(), seen);
  }

  HostFacts host() {
    return subject.host();
  }

  String dockerId() {
    return subject.dockerId();
  }

  /** The subject's own document. */
  Source document() {
    return document;
  }

  /** The subject's observation. */
  Source observation() {
    Reading.Read read = subject.reading();
    return new Source(read.observationSha256(), read.observation(), seen);
  }

  /**
   * The engine's document.
   *
   * @throws Unanswerable if it was not read
   */
  Source engine() {
    return open(host().engine());
  }

  /**
   * What was observed of the engine.
   *
   * @throws Unanswerable if it was not read
   */
  Source engineObservation() {
    return switch (host().engine()) {
      case Reading.Read read -> new Source(read.observationSha256(), read.observation(), seen);
      case Reading.Unread unread -> throw new Unanswerable(unread(unread));
    };
  }

  /**
   * Another subject's document.
   *
   * @throws Unanswerable if it was not read
   */
  Source open(Reading reading) {
    return switch (reading) {
      case Reading.Read read -> new Source(read.sha256(), read.document(), seen);
      case Reading.Unread unread -> throw new Unanswerable(unread(unread));
    };
  }

  /**
   * What a check says of the engine that runs the subject.
   *
   * @throws Unanswerable if the engine was not read
   */
  Verdict onEngine(Check check) {
    return switch (host().engine()) {
      case Reading.Read read -> check.judge(new Check.Subject(host(), Checklist.ENGINE_ID, read));
      case Reading.Unread unread -> throw new Unanswerable(unread(unread));
    };
  }

  /** What a judgement says of the same subject; what it sees is not kept here. */
  Verdict aside(RuleCheck.Judgement judgement) {
    try {
      return judgement.of(new Examination(subject));
    } catch (Unanswerable unanswerable) {
      return unanswerable.verdict();
    }
  }

  /** What another check says of the same subject. */
  Verdict onSelf(Check check) {
    return check.judge(subject);
  }

  /** Keeps evidence that was not read through a {@link Source}. */
  void keep(Evidence evidence) {
    seen.add(evidence);
  }

  Verdict pass() {
    return pass(null);
  }

  Verdict pass(@Nullable String reason) {
    return new Verdict(Outcome.PASS, seen, reason, null);
  }

  /** Everything seen together is what fails. */
  Verdict fail(@Nullable String reason) {
    return fail(seen, reason);
  }

  /** Just these entries fail. */
  Verdict fail(List<Evidence> entries, @Nullable String reason) {
    if (entries.size() > MAX_ENTRIES) {
      String cut = "the first %d of %d entries are shown".formatted(MAX_ENTRIES, entries.size());
      return new Verdict(
          Outcome.FAIL,
          entries.subList(0, MAX_ENTRIES),
          reason == null ? cut : reason + "; " + cut,
          null);
    }
    return new Verdict(Outcome.FAIL, entries, reason, null);
  }

  Verdict unknown(String reason) {
    return unknown(seen, reason);
  }

  Verdict unknown(List<Evidence> missing, String reason) {
    return new Verdict(
        Outcome.UNKNOWN,
        missing.size() > MAX_ENTRIES ? missing.subList(0, MAX_ENTRIES) : missing,
        reason,
        null);
  }

  Verdict notApplicable(String reason) {
    return new Verdict(Outcome.NOT_APPLICABLE, seen, reason, null);
  }

  /** Another check's answer becomes this one's, with what both saw. */
  Verdict inherit(Verdict other, String reason) {
    seen.addAll(other.evidence());
    return new Verdict(
        other.outcome(),
        seen,
        other.reason() == null ? reason : reason + ": " + other.reason(),
        other.turn());
  }

  /** UNKNOWN because of a call that failed. */
  static Verdict unread(Reading.Unread unread) {
    return new Verdict(Outcome.UNKNOWN, List.of(evidence(unread)), unread.detail(), null);
  }

  /**
   * UNKNOWN because of a call that failed beside others, as the subject's document keeps it.
   *
   * @param failed the object {@code {"call":…,"status":…,"detail":…}}
   */
  static Unanswerable partUnread(JsonNode failed) {
    return new Unanswerable(
        unread(
            new Reading.Unread(
                failed.path("call").asString("?"),
                failed.path("status").asInt(0),
                failed.path("detail").asString(""))));
  }

  /** A failed call as evidence. */
  static Evidence evidence(Reading.Unread unread) {
    return new Evidence(unread.call(), "{\"status\":" + unread.status() + "}", null);
  }
}
