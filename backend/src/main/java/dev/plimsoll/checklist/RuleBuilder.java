package dev.plimsoll.checklist;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Words a rule next to the function that judges it. */
final class RuleBuilder {
  private static final String CIS_1_6 = Benchmark.CIS_DOCKER_1_6.source();
  private static final String CIS_1_8 = Benchmark.CIS_DOCKER_1_8.source();
  private static final String NIST = "NIST SP 800-190";
  private static final String NIST_800_53 = "NIST SP 800-53";
  private static final String STIG = "DISA STIG Docker Enterprise 2.x";

  private final String id;
  private final SubjectKind subject;
  private final Severity severity;
  private final List<Reference> references = new ArrayList<>();
  private Mode mode = Mode.SCORED;
  private String title = "";
  private String rationale = "";
  private String remediation = "";
  private boolean linuxOnly;
  private @Nullable ReadingSwitch needs;
  private boolean attestable;

  private RuleBuilder(String id, SubjectKind subject, Severity severity) {
    this.id = id;
    this.subject = subject;
    this.severity = severity;
  }

  static RuleBuilder engine(String id, Severity severity) {
    return new RuleBuilder(id, SubjectKind.ENGINE, severity);
  }

  static RuleBuilder container(String id, Severity severity) {
    return new RuleBuilder(id, SubjectKind.CONTAINER, severity);
  }

  static RuleBuilder image(String id, Severity severity) {
    return new RuleBuilder(id, SubjectKind.IMAGE, severity);
  }

  static RuleBuilder volume(String id, Severity severity) {
    return new RuleBuilder(id, SubjectKind.VOLUME, severity);
  }

  static RuleBuilder network(String id, Severity severity) {
    return new RuleBuilder(id, SubjectKind.NETWORK, severity);
  }

  static RuleBuilder swarm(String id, Severity severity) {
    return new RuleBuilder(id, SubjectKind.SWARM, severity);
  }

  static RuleBuilder hostFile(String id, Severity severity) {
    return new RuleBuilder(id, SubjectKind.HOST_FILE, severity);
  }

  /** A recommendation that has one number in both benchmarks. */
  RuleBuilder cis(String number) {
    return cis(number, number);
  }

  /** A recommendation that benchmark 1.8 renumbered. */
  RuleBuilder cis(String in16, String in18) {
    references.add(new Reference(CIS_1_6, in16));
    return cis18(in18);
  }

  /** A recommendation that benchmark 1.8 introduced. */
  RuleBuilder cis18(String number) {
    references.add(new Reference(CIS_1_8, number));
    return this;
  }

  RuleBuilder nist(String section) {
    references.add(new Reference(NIST, section));
    return this;
  }

  /** A control of NIST SP 800-53: of backups SP 800-190 says nothing. */
  RuleBuilder nist53(String control) {
    references.add(new Reference(NIST_800_53, control));
    return this;
  }

  RuleBuilder stig(String number) {
    references.add(new Reference(STIG, number));
    return this;
  }

  RuleBuilder advisory() {
    mode = Mode.ADVISORY;
    return this;
  }

  /** Answered by imported records, not by the engine. */
  RuleBuilder evidence() {
    mode = Mode.EVIDENCE;
    return this;
  }

  /** A person may sign for it where no machine can look. */
  RuleBuilder attestable() {
    attestable = true;
    return this;
  }

  /** Says nothing unless this reading is switched on for the host. */
  RuleBuilder needs(ReadingSwitch reading) {
    needs = reading;
    return this;
  }

  /** Has no meaning for Windows engines, containers and images. */
  RuleBuilder linuxOnly() {
    linuxOnly = true;
    return this;
  }

  RuleBuilder title(String text) {
    title = text;
    return this;
  }

  RuleBuilder rationale(String text) {
    rationale = text;
    return this;
  }

  RuleBuilder remediation(String text) {
    remediation = text;
    return this;
  }

  Check judgedBy(RuleCheck.Judgement judgement) {
    return new RuleCheck(rule(), linuxOnly ? OperatingSystem.linuxOnly(judgement) : judgement);
  }

  /**
   * Answered by what was read of the host over SSH, by an uploaded report or by an attestation.
   *
   * @param overSsh judges what was read over SSH
   */
  Check judgedOnHost(RuleCheck.Judgement overSsh) {
    Rule rule = attestable().rule();
    return new RuleCheck(rule, x -> HostFileAnswers.judge(x, rule, overSsh));
  }

  private Rule rule() {
    return new Rule(
        id, title, subject, severity, mode, references, rationale, remediation, needs, attestable);
  }
}
