package dev.plimsoll.owncheck;

import dev.plimsoll.checklist.Check;
import dev.plimsoll.checklist.Evidence;
import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.checklist.Verdict;
import dev.plimsoll.compliance.OwnChecks;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The own checks that judge now, each revision compiled once in a process. */
@Component
class ActiveChecks implements OwnChecks {
  private static final Logger LOG = LoggerFactory.getLogger(ActiveChecks.class);

  private final OwnCheckRows rows;
  private volatile Compiled compiled = new Compiled(List.of(), Active.NONE);

  ActiveChecks(OwnCheckRows rows) {
    this.rows = rows;
  }

  @Override
  public Active active() {
    List<OwnCheckRecord> now = rows.active();
    Compiled before = compiled;
    if (before.records().equals(now)) {
      return before.active();
    }
    List<Check> checks = new ArrayList<>(now.size());
    now.forEach(record -> checks.add(check(record)));
    Active active = new Active(checks, fingerprint(now));
    compiled = new Compiled(now, active);
    return active;
  }

  /** Whether any check that judges asks where a host stands. */
  boolean readHosts() {
    return active().checks().stream()
        .anyMatch(check -> check instanceof OwnCheck own && own.readsHost());
  }

  /** A revision never changes, so its number tells how it judges. */
  private static String fingerprint(List<OwnCheckRecord> records) {
    return records.stream()
        .map(record -> record.draft().id() + "@" + record.revision())
        .collect(Collectors.joining(","));
  }

  private static Check check(OwnCheckRecord record) {
    Rule rule = rule(record.draft());
    try {
      String applies = record.draft().applies();
      return new OwnCheck(
          rule,
          Expression.compile(record.draft().expression()),
          applies == null ? null : Expression.compile(applies));
    } catch (InvalidExpression e) {
      LOG.error("{} was written for another version and does not compile any more", rule.id(), e);
      return new Unreadable(rule, e.words());
    }
  }

  private static Rule rule(OwnCheckDraft draft) {
    return new Rule(
        draft.id(),
        draft.title(),
        draft.subject(),
        draft.severity(),
        draft.mode(),
        List.of(),
        draft.rationale(),
        draft.remediation(),
        null,
        false);
  }

  private record Compiled(List<OwnCheckRecord> records, Active active) {}

  /** A check whose expression this version cannot compile: unknown, not gone. */
  private record Unreadable(Rule rule, String why) implements Check {
    @Override
    public Verdict judge(Subject subject) {
      return new Verdict(
          Outcome.UNKNOWN,
          List.of(
              new Evidence(
                  ".", subject.reading().document().toString(), subject.reading().sha256())),
          "the expression does not compile any more: " + why,
          null);
    }
  }
}
