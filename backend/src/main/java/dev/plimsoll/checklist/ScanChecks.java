package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.Severity.CRITICAL;
import static dev.plimsoll.checklist.Severity.HIGH;
import static dev.plimsoll.checklist.Severity.MEDIUM;

import dev.plimsoll.checklist.ImageScan.Finding;
import dev.plimsoll.checklist.ImageScan.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What scanners, and checks of signatures, said of an image. */
final class ScanChecks {
  private static final Field DIGESTS = Field.of(".digests");
  private static final Field ID = Field.of(".inspect.Id");
  private static final Field IDENTITY = Field.of(".inspect.Identity");
  private static final Field SIGNATURES = Field.of(".inspect.Identity.Signature");

  /** A scan says something of the vulnerabilities that were known then, for so long. */
  static final Duration SCAN_HOLDS = Duration.ofDays(7);

  /** So old may the scanner's database have been when it scanned. */
  private static final Duration DATABASE_AGE = Duration.ofDays(2);

  /** Within this time a vulnerability that has a fix is to be gone. */
  static final Duration TIME_TO_FIX = Duration.ofDays(7);

  /** A search for malware says something for so long. */
  static final Duration MALWARE_SCAN_HOLDS = Duration.ofDays(30);

  private ScanChecks() {}

  static final Check SCANNED =
      image("IMG-SCANNED", HIGH)
          .cis("4.4")
          .nist("4.1.1")
          .title("A recognised scanner looked at this exact image recently")
          .rationale("Who does not look does not know what is in it.")
          .remediation("Scan it, for one with trivy image --format json, and upload the report.")
          .judgedBy(ImageChecks.inUse(ScanChecks::scanned));

  static final Check NOTHING_OVERDUE =
      image("IMG-VULNCRIT", CRITICAL)
          .cis("4.4")
          .nist("4.1.1")
          .title("No critical vulnerability with a fix is overdue")
          .rationale("Known, open to anybody, and a rebuild away from being closed.")
          .remediation("Build the image again on patched packages, and deploy it.")
          .judgedBy(ImageChecks.inUse(ScanChecks::nothingOverdue));

  static final Check NO_MALWARE =
      image("IMG-MALWARE", HIGH)
          .nist("4.1.3")
          .title("No malware found")
          .rationale("Its containers do what somebody else wants.")
          .remediation("Stop its containers, remove the image, and find out where it came from.")
          .judgedBy(ImageChecks.inUse(ScanChecks::noMalware));

  static final Check SIGNED =
      image("IMG-SIGNED", MEDIUM)
          .cis("4.5")
          .cis("4.12")
          .nist("4.1.5")
          .title("Signature was verified for this digest")
          .rationale("A name can be moved to another image; a signature cannot.")
          .remediation("Sign it with cosign or notation, verify it, and upload the result.")
          .judgedBy(ImageChecks.inUse(ScanChecks::signed));

  private static RuleBuilder image(String id, Severity severity) {
    return RuleBuilder.image(id, severity).evidence().needs(ReadingSwitch.SCANS);
  }

  /** Reports on the image from scanners whose word counts, the newest first. */
  private static List<ImageScan> reports(Examination x, Subject subject) {
    JsonNode digests = x.observation().peek(DIGESTS);
    return x.host().scans().scans().stream()
        .filter(scan -> scan.subject() == subject && isOf(scan, x.dockerId(), digests))
        .sorted(Comparator.comparing(ImageScan::finishedAt).reversed())
        .toList();
  }

  private static boolean isOf(ImageScan scan, String imageId, JsonNode digests) {
    return scan.image().equals(imageId)
        || digests.values().stream()
            .anyMatch(digest -> digest.asString("").endsWith("@" + scan.image()));
  }

  private static Evidence evidence(ImageScan scan) {
    return new Evidence(
        ".finishedAt", CompactJson.text(scan.finishedAt().toString()), scan.documentSha256());
  }

  private static Verdict scanned(Examination x) {
    Reading.Unread unread = x.host().scans().unread();
    if (unread != null) {
      return Examination.unread(unread);
    }
    List<ImageScan> all = reports(x, Subject.VULNERABILITIES);
    @Nullable ImageScan unclear = null;
    for (ImageScan scan : all) {
      Instant limit = scan.finishedAt().plus(SCAN_HOLDS);
      if (!scan.recognised() || x.host().at().isAfter(limit)) {
        continue;
      }
      if (!scan.complete() || scan.databaseBuiltAt() == null) {
        unclear = unclear == null ? scan : unclear;
      } else if (!isOutdated(scan)) {
        x.keep(evidence(scan));
        return x.pass().until(new Turn(Instants.firstAfter(limit), Outcome.FAIL));
      }
    }
    if (unclear != null) {
      x.keep(evidence(unclear));
      return x.unknown(
          unclear.complete()
              ? "the report does not say how old its database was"
              : "the scanner failed, or did not know what it looked at");
    }
    if (all.isEmpty()) {
      x.document().look(ID);
      return x.fail("no scanner reported on it");
    }
    return x.fail(
        List.of(evidence(all.getFirst())),
        "no report of a recognised scanner is younger than 7 days and made with a current database");
  }

  private static boolean isOutdated(ImageScan scan) {
    Instant built = scan.databaseBuiltAt();
    return built == null || built.plus(DATABASE_AGE).isBefore(scan.finishedAt());
  }

  private static Verdict nothingOverdue(Examination x) {
    Verdict scanned = scanned(x);
    if (scanned.outcome() != Outcome.PASS) {
      return x.unknown(scanned.evidence(), "there is no valid report: IMG-SCANNED speaks of it");
    }
    ImageScan newest =
        reports(x, Subject.VULNERABILITIES).stream()
            .filter(scan -> scan.recognised() && scan.complete() && !isOutdated(scan))
            .findFirst()
            .orElseThrow();
    @Nullable Instant next = null;
    long overdue = 0;
    for (Finding finding : newest.findings()) {
      if (!finding.critical() || !finding.fixAvailable() || finding.notAffected()) {
        continue;
      }
      Instant limit = finding.firstSeen().plus(TIME_TO_FIX);
      if (x.host().at().isAfter(limit)) {
        overdue++;
      } else if (next == null || limit.isBefore(next)) {
        next = limit;
      }
    }
    if (overdue > 0) {
      return x.fail(
          List.of(evidence(newest)),
          overdue + " critical with a fix, known for more than 7 days: " + ids(x, newest));
    }
    Instant lapses = newest.finishedAt().plus(SCAN_HOLDS);
    return next != null && next.isBefore(lapses)
        ? x.pass().until(new Turn(Instants.firstAfter(next), Outcome.FAIL))
        : x.pass().until(new Turn(Instants.firstAfter(lapses), Outcome.UNKNOWN));
  }

  private static String ids(Examination x, ImageScan scan) {
    return scan.findings().stream()
        .filter(f -> f.critical() && f.fixAvailable() && !f.notAffected())
        .filter(f -> x.host().at().isAfter(f.firstSeen().plus(TIME_TO_FIX)))
        .map(Finding::id)
        .sorted()
        .reduce((one, other) -> one + ", " + other)
        .orElse("");
  }

  private static Verdict noMalware(Examination x) {
    Reading.Unread unread = x.host().scans().unread();
    if (unread != null) {
      return Examination.unread(unread);
    }
    for (ImageScan scan : reports(x, Subject.MALWARE)) {
      Instant limit = scan.finishedAt().plus(MALWARE_SCAN_HOLDS);
      if (!scan.recognised() || !scan.complete()) {
        continue;
      }
      x.keep(evidence(scan));
      if (!scan.findings().isEmpty()) {
        return x.fail(
            scan.findings().size() + " hits, the first of them " + scan.findings().getFirst().id());
      }
      return x.host().at().isAfter(limit)
          ? x.unknown("the last search for malware is more than 30 days ago")
          : x.pass().until(new Turn(Instants.firstAfter(limit), Outcome.UNKNOWN));
    }
    x.document().look(ID);
    return x.unknown("nobody searched it for malware");
  }

  private static Verdict signed(Examination x) {
    Reading.Unread unread = x.host().scans().unread();
    List<ImageScan> checked = reports(x, Subject.SIGNATURE);
    for (ImageScan scan : checked) {
      if (scan.recognised() && scan.complete()) {
        x.keep(evidence(scan));
        return scan.findings().isEmpty()
            ? x.pass()
            : x.fail("the signature is not good: " + scan.findings().getFirst().id());
      }
    }
    // What the engine itself verified, from API 1.53 on
    JsonNode signatures = x.document().peek(SIGNATURES);
    for (int i = 0; i < signatures.size(); i++) {
      JsonNode signer = signatures.path(i).path("KnownSigner");
      boolean good = signatures.path(i).path("Error").asString("").isEmpty();
      if (good && !signer.asString("").isEmpty()) {
        x.keep(x.document().evidence(SIGNATURES.entry(i) + ".KnownSigner", signer));
        return x.pass();
      }
    }
    if (unread != null) {
      return Examination.unread(unread);
    }
    if (!signatures.isEmpty() || !checked.isEmpty()) {
      checked.forEach(scan -> x.keep(evidence(scan)));
      x.document().look(SIGNATURES);
      return x.fail("no signature is good and by a listed signer");
    }
    boolean told = x.document().look(IDENTITY).isObject();
    return told
        ? x.fail("the engine verified no signature, and nobody else did")
        : x.unknown("the engine does not tell of signatures, and nobody reported one");
  }
}
