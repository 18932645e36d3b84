package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.Severity.HIGH;
import static dev.plimsoll.checklist.Severity.MEDIUM;

import dev.plimsoll.checklist.SupportTable.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Whether somebody still repairs what runs the containers. */
final class EngineSupportChecks {
  private static final Field COMPONENTS = Field.of(".version.Components");
  private static final Field COMMIT = Field.of(".version.GitCommit");
  private static final Field SYSTEM = Field.of(".info.OperatingSystem");
  private static final Field RELEASE = Field.of(".info.OSVersion");
  private static final Field KERNEL = Field.of(".info.KernelVersion");
  private static final List<String> WATCHED = List.of("Engine", "containerd", "runc");

  private EngineSupportChecks() {}

  static final Check VERSION =
      RuleBuilder.engine("ENG-VERSION", HIGH)
          .cis("1.2.2")
          .nist("4.4.1")
          .title("Engine, containerd and runc are supported and above known-bad versions")
          .rationale("Ways out of a container are closed in the runtime, release by release.")
          .remediation(
              "Upgrade the engine's packages to a branch that is maintained, and keep the support"
                  + " table up to date.")
          .judgedBy(EngineSupportChecks::version);

  static final Check KERNEL_SUPPORTED =
      RuleBuilder.engine("ENG-KERNEL", MEDIUM)
          .cis("1.2.1")
          .nist("4.5.3")
          .title("Host kernel and OS are supported")
          .rationale("All containers share the host's kernel, and with it every hole that it has.")
          .remediation("Upgrade the host to a release that still gets security updates.")
          .judgedBy(EngineSupportChecks::kernelSupported);

  /** What is found of several things, of which each alone decides. */
  private static final class Findings {
    private final List<Evidence> bad = new ArrayList<>();
    private final List<Evidence> unclear = new ArrayList<>();
    private final List<String> why = new ArrayList<>();
    private @Nullable Instant endsAt;

    void bad(String reason, Evidence... evidence) {
      if (bad.isEmpty()) {
        why.clear();
      }
      bad.addAll(List.of(evidence));
      why.add(reason);
    }

    void unclear(String reason, Evidence... evidence) {
      unclear.addAll(List.of(evidence));
      if (bad.isEmpty()) {
        why.add(reason);
      }
    }

    void supportedUntil(@Nullable Instant end) {
      if (end != null && (endsAt == null || end.isBefore(endsAt))) {
        endsAt = end;
      }
    }

    Verdict verdict(Examination x, SupportTable table) {
      String age = table.age();
      if (age != null) {
        why.add(age);
      }
      String reason = why.isEmpty() ? null : String.join("; ", why);
      if (!bad.isEmpty()) {
        Verdict verdict = x.fail(bad, reason);
        return turning(verdict, new Turn(table.decidesUntil(), Outcome.UNKNOWN));
      }
      if (!unclear.isEmpty()) {
        return x.unknown(unclear, reason == null ? "" : reason);
      }
      Instant end = endsAt;
      return turning(
          x.pass(reason),
          end != null && end.isBefore(table.decidesUntil())
              ? new Turn(end, Outcome.FAIL)
              : new Turn(table.decidesUntil(), Outcome.UNKNOWN));
    }

    private static Verdict turning(Verdict verdict, Turn turn) {
      return new Verdict(verdict.outcome(), verdict.evidence(), verdict.reason(), turn);
    }
  }

  private static Verdict version(Examination x) {
    Source engine = x.engine();
    JsonNode components = engine.peek(COMPONENTS);
    if (!components.isArray()) {
      engine.array(COMPONENTS);
    }
    SupportTable table = SupportTable.of(x);
    Findings found = new Findings();
    for (String name : WATCHED) {
      int place = place(components, name);
      if (place < 0) {
        found.unclear(
            "the engine does not name its " + name, engine.evidence(COMPONENTS.path(), components));
      } else {
        component(x, engine, table, name, place, found);
      }
    }
    return found.verdict(x, table);
  }

  private static int place(JsonNode components, String name) {
    for (int i = 0; i < components.size(); i++) {
      if (components.path(i).path("Name").asString("").equalsIgnoreCase(name)) {
        return i;
      }
    }
    return -1;
  }

  private static void component(
      Examination x, Source engine, SupportTable table, String name, int place, Findings found) {
    JsonNode node = engine.peek(COMPONENTS).path(place).path("Version");
    Evidence evidence = engine.evidence(COMPONENTS.entry(place) + ".Version", node);
    x.keep(evidence);
    SoftwareVersion version = SoftwareVersion.parse(node.asString(""));
    if (version == null) {
      found.unclear("the version of " + name + " cannot be compared", evidence);
      return;
    }
    boolean patched = !version.mark().isEmpty() || (name.equals("Engine") && isPatched(engine));
    Row vendor = patched ? table.vendor(name, version) : null;
    Row row = vendor == null ? table.branch(name, version) : vendor;
    if (row == null) {
      if (!patched && table.isOlderThanAll(name, version)) {
        found.bad(name + " is older than every branch that the support table knows", evidence);
      } else {
        found.unclear(name + " " + node.asString("") + " is not in the support table", evidence);
      }
      return;
    }
    String problem = problem(x, row, version);
    if (problem == null) {
      found.supportedUntil(row.endOfLife());
      x.keep(table.evidence(row, "floor"));
    } else if (patched && vendor == null) {
      found.unclear(
          name + " was patched by a distribution, of which the support table has no row", evidence);
    } else {
      found.bad(
          name + problem,
          evidence,
          table.evidence(row, problem.equals(PAST) ? "endOfLife" : "floor"));
    }
  }

  private static final String PAST = " is of a branch that is no longer maintained";

  private static @Nullable String problem(Examination x, Row row, SoftwareVersion version) {
    Instant end = row.endOfLife();
    if (end != null && !x.host().at().isBefore(end)) {
      return PAST;
    }
    SoftwareVersion floor = row.floor();
    return floor == null || version.compareTo(floor) >= 0 ? null : " has holes that are known";
  }

  /** Some distributions write their own version only into the commit. */
  private static boolean isPatched(Source engine) {
    String commit = engine.peek(COMMIT).asString("").toLowerCase(Locale.ROOT);
    return commit.contains("ubuntu") || commit.contains("debian") || commit.contains("dfsg");
  }

  private static Verdict kernelSupported(Examination x) {
    Source engine = x.engine();
    String name = engine.text(SYSTEM);
    String release = engine.text(RELEASE);
    String kernel = engine.text(KERNEL);
    if (name.isEmpty() || release.isEmpty() || kernel.isEmpty()) {
      return x.unknown("the engine does not know what it runs on");
    }
    SupportTable table = SupportTable.of(x);
    Findings found = new Findings();
    Row row = table.system(name, release);
    Evidence system = engine.evidence(SYSTEM.path(), engine.peek(SYSTEM));
    Evidence running = engine.evidence(KERNEL.path(), engine.peek(KERNEL));
    if (row == null) {
      found.unclear("this operating system is not in the support table", system);
      return found.verdict(x, table);
    }
    Instant end = row.endOfLife();
    if (end != null && !x.host().at().isBefore(end)) {
      found.bad(
          "the release gets no security updates any more",
          system,
          table.evidence(row, "endOfLife"));
    }
    SoftwareVersion version = SoftwareVersion.parse(kernel);
    SoftwareVersion floor = row.floor();
    if (version == null || floor == null) {
      found.unclear("the kernel's version cannot be compared", running);
    } else if (version.compareTo(floor) < 0) {
      found.bad(
          "the kernel is older than the release's own", running, table.evidence(row, "kernel"));
    } else {
      x.keep(table.evidence(row, "kernel"));
    }
    found.supportedUntil(end);
    return found.verdict(x, table);
  }
}
