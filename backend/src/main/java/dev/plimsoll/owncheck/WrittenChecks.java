package dev.plimsoll.owncheck;

import dev.plimsoll.audit.AuditTrail;
import dev.plimsoll.compliance.Rejudging;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.NameTaken;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The checks that a company writes itself: draft, change, activate, retire. */
@Service
public class WrittenChecks {
  private final OwnCheckRows rows;
  private final Rejudging rejudging;
  private final AuditTrail audit;

  WrittenChecks(OwnCheckRows rows, Rejudging rejudging, AuditTrail audit) {
    this.rows = rows;
    this.rejudging = rejudging;
    this.audit = audit;
  }

  /** All own checks by ID, as they are now or were at an instant. */
  @Requires(Permission.READ)
  @Transactional(readOnly = true)
  public List<OwnCheckRecord> list(@Nullable Instant asOf) {
    return rows.all(asOf);
  }

  /** One of them, as it is now. */
  @Requires(Permission.READ)
  @Transactional(readOnly = true)
  public Optional<OwnCheckRecord> find(String id) {
    return rows.find(id);
  }

  /** Its revisions, newest first; none if there is no such check. */
  @Requires(Permission.READ)
  @Transactional(readOnly = true)
  public List<OwnCheckRecord> revisions(String id) {
    return rows.revisions(id);
  }

  /** What is wrong with an expression; nothing if it compiles. */
  @Requires(Permission.READ)
  @Transactional(readOnly = true)
  public List<Problem> problems(String expression) {
    try {
      Expression.compile(expression);
      return List.of();
    } catch (InvalidExpression e) {
      return e.problems();
    }
  }

  /**
   * Keeps a check that judges nothing yet.
   *
   * @throws InvalidInput naming every bad field, and the place where an expression does not compile
   * @throws NameTaken if there is or was a check of that ID
   */
  @Requires(Permission.MANAGE_CHECKS)
  @Transactional
  public OwnCheckRecord draft(OwnCheckDraft draft) {
    OwnCheckDraft checked = DraftRules.check(draft);
    if (rows.find(checked.id()).isPresent()) {
      throw new NameTaken("own check", checked.id());
    }
    try {
      OwnCheckRecord record = rows.next(null, checked, OwnCheckStatus.DRAFT, who());
      audit.record("own-check.drafted", subject(record), changes(null, checked));
      return record;
    } catch (DuplicateKeyException e) {
      NameTaken taken = new NameTaken("own check", checked.id());
      taken.initCause(e);
      throw taken;
    }
  }

  /**
   * Makes another revision of a check. One that is active judges by it from now on.
   *
   * @param change from what the check is at that moment; its ID stays
   * @throws NoSuchOwnCheck if there is none
   * @throws InvalidInput naming every bad field, and the place where an expression does not compile
   * @throws NotInThisStatus if it is retired, or would judge another kind of subject than it did
   */
  @Requires(Permission.MANAGE_CHECKS)
  @Transactional
  public OwnCheckRecord change(String id, UnaryOperator<OwnCheckDraft> change) {
    OwnCheckRecord before = lock(id);
    OwnCheckDraft wanted = change.apply(before.draft());
    if (!wanted.id().equals(id)) {
      throw new InvalidInput("id", "cannot be changed. Write another check, and retire this one.");
    }
    OwnCheckDraft checked = DraftRules.check(wanted);
    if (checked.equals(before.draft())) {
      return before;
    }
    if (before.status() == OwnCheckStatus.RETIRED) {
      throw new NotInThisStatus(id, "is retired. Activate it again before you change it.");
    }
    if (before.status() == OwnCheckStatus.ACTIVE && checked.subject() != before.draft().subject()) {
      throw new NotInThisStatus(
          id,
          "judges %ss, and its verdicts do. Write another check for %ss, and retire this one."
              .formatted(before.draft().subject().word(), checked.subject().word()));
    }
    OwnCheckRecord after = rows.next(before, checked, before.status(), who());
    if (before.status() == OwnCheckStatus.ACTIVE) {
      rejudging.requestAll();
    }
    audit.record("own-check.changed", subject(after), changes(before.draft(), checked));
    return after;
  }

  /**
   * Lets a check judge from now on; every host is judged anew within a short time.
   *
   * @throws NoSuchOwnCheck if there is none
   * @throws InvalidInput if its expression does not compile any more
   */
  @Requires(Permission.MANAGE_CHECKS)
  @Transactional
  public OwnCheckRecord activate(String id) {
    return move(id, OwnCheckStatus.ACTIVE, "own-check.activated");
  }

  /**
   * Ends a check: its verdicts and findings close, what it said in the past stays.
   *
   * @throws NoSuchOwnCheck if there is none
   */
  @Requires(Permission.MANAGE_CHECKS)
  @Transactional
  public OwnCheckRecord retire(String id) {
    return move(id, OwnCheckStatus.RETIRED, "own-check.retired");
  }

  private OwnCheckRecord move(String id, OwnCheckStatus status, String action) {
    OwnCheckRecord before = lock(id);
    if (before.status() == status) {
      return before;
    }
    if (status == OwnCheckStatus.ACTIVE) {
      DraftRules.check(before.draft());
    }
    OwnCheckRecord after = rows.next(before, before.draft(), status, who());
    if (status == OwnCheckStatus.ACTIVE || before.status() == OwnCheckStatus.ACTIVE) {
      rejudging.requestAll();
    }
    audit.record(action, subject(after), Map.of("revision", after.revision()));
    return after;
  }

  private OwnCheckRecord lock(String id) {
    return rows.lock(id).orElseThrow(() -> new NoSuchOwnCheck(id));
  }

  private static Map<String, Object> changes(@Nullable OwnCheckDraft before, OwnCheckDraft after) {
    Map<String, Object> changes = new TreeMap<>();
    Map<String, @Nullable String> past = before == null ? Map.of() : described(before);
    described(after)
        .forEach(
            (field, value) -> {
              String was = past.get(field);
              if (!Objects.equals(was, value)) {
                Map<String, @Nullable String> change = new TreeMap<>();
                change.put("before", was);
                change.put("after", value);
                changes.put(field, change);
              }
            });
    return changes;
  }

  private static Map<String, @Nullable String> described(OwnCheckDraft draft) {
    Map<String, @Nullable String> fields = new TreeMap<>();
    fields.put("title", draft.title());
    fields.put("subject", draft.subject().word());
    fields.put("severity", draft.severity().name());
    fields.put("mode", draft.mode().name());
    fields.put("expression", draft.expression());
    fields.put("applies", draft.applies());
    fields.put("rationale", draft.rationale());
    fields.put("remediation", draft.remediation());
    return fields;
  }

  private static String who() {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    if (who == null) {
      throw new IllegalStateException("nobody is signed in, so nobody can answer for the check");
    }
    return who.getName();
  }

  private static String subject(OwnCheckRecord record) {
    return "own-check:" + record.draft().id();
  }
}
