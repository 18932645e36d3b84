package dev.plimsoll.checklist;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * What is known of a host's own files and settings, in three ways of equal standing: read over SSH,
 * reported by docker-bench-security, signed for by a person. The newest definite answer that has
 * not lapsed counts; where there is none, nobody knows.
 */
final class HostFileAnswers {
  private static final Field SSH = Field.of(".ssh");
  private static final String THREE_WAYS =
      "Switch the reading \"host-files\" on (hosts reached over SSH), upload a docker-bench-security"
          + " report, or sign an attestation.";

  /** What docker-bench-security says beside INFO where the thing to be judged is not there. */
  private static final Set<String> ABSENT =
      Set.of(
          "File not found",
          "Directory not found",
          "No TLS CA certificate found",
          "No TLS Server certificate found",
          "No TLS Key found");

  /**
   * Number at which docker-bench-security 1.6 looks at the unit {@code docker.socket} where the
   * benchmark means the socket {@code docker.sock} (its pull request 574): its answer is another
   * question's.
   */
  private static final String ASKS_SOMETHING_ELSE = "1.1.9";

  private HostFileAnswers() {}

  /**
   * The verdict of a check that all three ways can answer.
   *
   * @param rule what the check demands
   * @param overSsh judges what was read over SSH
   */
  static Verdict judge(Examination x, Rule rule, RuleCheck.Judgement overSsh) {
    List<Answer> answers = new ArrayList<>(signed(x.host(), rule.id(), null));
    for (HostReport report : x.host().hostReports()) {
      Answer answer = reported(report, rule);
      if (answer != null) {
        answers.add(answer);
      }
    }
    Verdict read = read(x, overSsh);
    if (read != null && definite(read.outcome())) {
      answers.add(
          new Answer(
              read.outcome(),
              x.host().at(),
              null,
              read.evidence(),
              said("Over SSH", read.reason())));
    }
    Answer newest = newest(answers, x.host().at());
    return newest == null ? nobodyKnows(x, read) : verdict(newest, answers);
  }

  /**
   * The verdict of a check that only a person can answer.
   *
   * @param longest how long after it was signed an attestation counts at most; null for as long as
   *     it says
   * @param missing what to do where nobody signed
   */
  static Verdict attested(Examination x, String check, @Nullable Duration longest, String missing) {
    List<Answer> answers = signed(x.host(), check, longest);
    Answer newest = newest(answers, x.host().at());
    if (newest == null) {
      x.keep(new Evidence("attestations", null, null));
      return x.unknown(missing);
    }
    return verdict(newest, answers);
  }

  /**
   * One way's definite answer.
   *
   * @param at as of when it was true
   * @param lapsesAt from when on it says nothing; null if that is the host's freshness to say
   */
  private record Answer(
      Outcome outcome,
      Instant at,
      @Nullable Instant lapsesAt,
      List<Evidence> evidence,
      String reason) {
    boolean counts(Instant now) {
      return lapsesAt == null || lapsesAt.isAfter(now);
    }
  }

  private static Verdict verdict(Answer newest, List<Answer> answers) {
    Instant lapse = newest.lapsesAt();
    Turn turn = null;
    if (lapse != null) {
      Answer next = newest(answers, lapse);
      turn = new Turn(lapse, next == null ? Outcome.UNKNOWN : next.outcome());
    }
    return new Verdict(newest.outcome(), newest.evidence(), newest.reason(), turn);
  }

  private static @Nullable Answer newest(List<Answer> answers, Instant now) {
    return answers.stream()
        .filter(answer -> answer.counts(now))
        .max(Comparator.comparing(Answer::at))
        .orElse(null);
  }

  private static boolean definite(Outcome outcome) {
    return outcome != Outcome.UNKNOWN;
  }

  /** What was read over SSH says, if that is switched on and anything was read. */
  private static @Nullable Verdict read(Examination x, RuleCheck.Judgement overSsh) {
    boolean readable =
        x.host().switchedOn().contains(ReadingSwitch.HOST_FILES)
            && x.document().peek(SSH).isObject();
    return readable ? x.aside(overSsh) : null;
  }

  private static Verdict nobodyKnows(Examination x, @Nullable Verdict read) {
    if (read != null) {
      String reason = read.reason() == null ? "not readable" : read.reason();
      return x.unknown(
          read.evidence(), "Over SSH: " + reason + ". Give the right to read it, upload, or sign.");
    }
    x.document().look(SSH);
    return x.unknown("Nothing that still counts is known of the host's files. " + THREE_WAYS);
  }

  private static List<Answer> signed(HostFacts host, String check, @Nullable Duration longest) {
    List<Answer> answers = new ArrayList<>();
    for (Attestation attestation : host.attestations()) {
      if (attestation.check().equals(check) && definite(attestation.outcome())) {
        Instant lapse = attestation.expiresAt();
        if (longest != null && attestation.signedAt().plus(longest).isBefore(lapse)) {
          lapse = attestation.signedAt().plus(longest);
        }
        Evidence statement =
            new Evidence(
                ".statement",
                CompactJson.of(StringNode.valueOf(attestation.statement())),
                attestation.documentSha256());
        answers.add(
            new Answer(
                attestation.outcome(),
                attestation.signedAt(),
                lapse,
                List.of(statement),
                said(
                    "Signed by %s on %s, counts until %s"
                        .formatted(attestation.author(), day(attestation.signedAt()), day(lapse)),
                    attestation.statement())));
      }
    }
    return answers;
  }

  private static @Nullable Answer reported(HostReport report, Rule rule) {
    JsonNode document = report.document();
    String benchmark = document.path(HostReport.BENCHMARK).asString("");
    String number =
        rule.references().stream()
            .filter(reference -> reference.source().equals(benchmark))
            .map(Reference::number)
            .findFirst()
            .orElse("");
    JsonNode entry = document.path(HostReport.RESULTS).path(number);
    Outcome outcome = number.equals(ASKS_SOMETHING_ELSE) ? null : outcome(entry);
    if (outcome == null) {
      return null;
    }
    String result = entry.path(HostReport.RESULT).asString("");
    String details = entry.path(HostReport.DETAILS).asString("");
    String path = ".%s['%s'].".formatted(HostReport.RESULTS, number);
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(evidence(report, path + HostReport.RESULT, entry.path(HostReport.RESULT)));
    if (!details.isEmpty()) {
      evidence.add(evidence(report, path + HostReport.DETAILS, entry.path(HostReport.DETAILS)));
    }
    return new Answer(
        outcome,
        report.takenAt(),
        report.expiresAt(),
        evidence,
        said(
            "%s %s (%s, number %s) of %s, counts until %s"
                .formatted(
                    document.path(HostReport.TOOL).asString(""),
                    document.path(HostReport.VERSION).asString(""),
                    benchmark,
                    number,
                    day(report.takenAt()),
                    day(report.expiresAt())),
            details.isEmpty() ? result : result + ", " + details));
  }

  private static @Nullable Outcome outcome(JsonNode entry) {
    return switch (entry.path(HostReport.RESULT).asString("")) {
      case "PASS" -> Outcome.PASS;
      case "WARN" -> Outcome.FAIL;
      case "INFO" ->
          ABSENT.contains(entry.path(HostReport.DETAILS).asString(""))
              ? Outcome.NOT_APPLICABLE
              : null;
      default -> null;
    };
  }

  private static Evidence evidence(HostReport report, String path, JsonNode node) {
    return new Evidence(path, CompactJson.of(node), report.documentSha256());
  }

  private static String said(String source, @Nullable String what) {
    return what == null ? source : source + ": " + what;
  }

  private static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }
}
