package dev.plimsoll.attest;

import dev.plimsoll.audit.AuditTrail;
import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.compliance.Publishing;
import dev.plimsoll.compliance.Rejudging;
import dev.plimsoll.fleet.HostRecord;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.InvalidInput.FieldError;
import dev.plimsoll.fleet.NoSuchHost;
import dev.plimsoll.fleet.Shown;
import dev.plimsoll.inventory.Document;
import dev.plimsoll.inventory.Documents;
import dev.plimsoll.inventory.Sha256;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What people sign for where no machine can look. */
@Service
public class Attestations {
  /** An attestation says nothing longer than this after it was signed. */
  public static final Duration LONGEST = Duration.ofDays(366);

  /** Most characters of a statement. */
  public static final int LONGEST_STATEMENT = 2_000;

  private static final Duration OLDEST = Duration.ofDays(366);
  private static final String FROM =
      "select a.id, a.host_id, h.name host, a.check_id, a.outcome, a.statement, a.author,"
          + " a.document, a.signed_at, a.received_at, a.expires_at,"
          + " nullif(a.withdrawn_at, 'infinity') withdrawn_at, a.withdrawn_by"
          + " from attestation a join host h on h.id = a.host_id ";

  private final JdbcClient jdbc;
  private final AttestedHosts hosts;
  private final Documents documents;
  private final Publishing publishing;
  private final Rejudging rejudging;
  private final AuditTrail audit;
  private final Clock clock;

  Attestations(
      JdbcClient jdbc,
      AttestedHosts hosts,
      Documents documents,
      Publishing publishing,
      Rejudging rejudging,
      AuditTrail audit,
      @Qualifier("publishClock") Clock clock) {
    this.jdbc = jdbc;
    this.hosts = hosts;
    this.documents = documents;
    this.publishing = publishing;
    this.rejudging = rejudging;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * How long an attestation of a check counts at most: a year; 90 days for a host benchmark, since
   * updates change what it measured.
   */
  public static Duration longest(String check) {
    return check.equals("HST-HARDENED") ? Duration.ofDays(90) : LONGEST;
  }

  /** Checks that a person may sign for, in catalogue order. */
  public static List<Rule> attestable() {
    return Checklist.standard().rules().stream().filter(Rule::attestable).toList();
  }

  /**
   * Signs in the name of whoever is signed in; the host is judged by it at once.
   *
   * @throws InvalidInput naming every bad field
   * @throws NoSuchHost if there is no such host
   */
  @Requires(Permission.ATTEST)
  @Transactional
  public SignedAttestation sign(AttestationDraft draft) {
    HostRecord host = hosts.active(draft.hostId());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Instant signedAt =
        draft.signedAt() == null ? now : draft.signedAt().truncatedTo(ChronoUnit.MICROS);
    Signing signing = checked(draft, signedAt, now);
    Instant at =
        signing.rule().subject() == SubjectKind.HOST_FILE
            ? publishing.toldOfHostFiles(host.id())
            : publishing.told(host.id());
    String author = Author.signedIn();
    Document document = document(host, signing, author);
    documents.store(List.of(document), at);
    long id = insert(host.id(), signing, author, document.sha256(), at);
    audit.record(
        "attestation.signed",
        subject(host.id(), host.name()),
        Map.of(
            "attestation", id,
            "check", signing.rule().id(),
            "outcome", signing.outcome().name(),
            "signedAt", signing.signedAt().toString(),
            "expiresAt", signing.expiresAt().toString(),
            "sha256", document.sha256().hex()));
    rejudging.request(List.of(host.id()));
    publishing.applyDueTurns(host.id());
    return existing(id);
  }

  /**
   * Takes an attestation back; what it said before stays history. One that was taken back already
   * is left alone.
   *
   * @throws NoSuchAttestation if there is none
   */
  @Requires(Permission.ATTEST)
  @Transactional
  public SignedAttestation withdraw(long id) {
    SignedAttestation before = existing(id);
    Instant at = publishing.told(before.hostId());
    int changed =
        jdbc.sql(
                "update attestation set withdrawn_at = ?, withdrawn_by = ?"
                    + " where id = ? and withdrawn_at = 'infinity'")
            .param(time(at))
            .param(Author.signedIn())
            .param(id)
            .update();
    if (changed > 0) {
      audit.record(
          "attestation.withdrawn",
          subject(before.hostId(), before.host()),
          Map.of("attestation", id, "check", before.check(), "author", before.author()));
      rejudging.request(List.of(before.hostId()));
      publishing.applyDueTurns(before.hostId());
    }
    return existing(id);
  }

  /** One attestation; empty if there is none. */
  @Requires(Permission.READ)
  @Transactional(readOnly = true)
  public Optional<SignedAttestation> get(long id) {
    return byId(id);
  }

  /**
   * Attestations that were known at an instant, newest first: withdrawn and expired ones too.
   *
   * @param hostId null for all hosts
   * @param check null for all checks
   * @param asOf null for now
   * @param beforeId only older rows than this one; null for the newest
   * @param limit most rows
   */
  @Requires(Permission.READ)
  @Transactional(readOnly = true)
  public List<SignedAttestation> list(
      @Nullable Long hostId,
      @Nullable String check,
      @Nullable Instant asOf,
      @Nullable Long beforeId,
      int limit) {
    Instant at = asOf == null ? clock.instant() : asOf;
    return jdbc.sql(
            FROM
                + "where (cast(:host as bigint) is null or a.host_id = :host)"
                + " and (cast(:check as text) is null or a.check_id = :check)"
                + " and (cast(:before as bigint) is null or a.id < :before)"
                + " and a.received_at <= :at order by a.id desc limit :limit")
        .param("host", hostId)
        .param("check", check)
        .param("before", beforeId)
        .param("at", time(at))
        .param("limit", limit)
        .query((row, n) -> asKnownAt(at, attestation(row)))
        .list();
  }

  /** Nobody knew then that it would be withdrawn. */
  private static SignedAttestation asKnownAt(Instant at, SignedAttestation now) {
    Instant withdrawn = now.withdrawnAt();
    return withdrawn == null || !withdrawn.isAfter(at)
        ? now
        : new SignedAttestation(
            now.id(),
            now.hostId(),
            now.host(),
            now.check(),
            now.outcome(),
            now.statement(),
            now.author(),
            now.documentSha256(),
            now.signedAt(),
            now.receivedAt(),
            now.expiresAt(),
            null,
            null);
  }

  /** A draft in which nothing is wrong. */
  private record Signing(
      Rule rule, Outcome outcome, String statement, Instant signedAt, Instant expiresAt) {}

  private static Signing checked(AttestationDraft draft, Instant signedAt, Instant now) {
    List<FieldError> errors = new ArrayList<>();
    Rule rule =
        attestable().stream()
            .filter(one -> one.id().equals(draft.check()))
            .findFirst()
            .orElse(null);
    if (rule == null) {
      errors.add(
          new FieldError(
              "check",
              "\"%s\" takes no attestation. Those that do: HST-…, HFI-… and %s."
                  .formatted(Shown.of(draft.check()), others())));
    }
    boolean definite = draft.outcome().equals("PASS") || draft.outcome().equals("FAIL");
    if (!definite) {
      errors.add(
          new FieldError(
              "outcome",
              "\"" + Shown.of(draft.outcome()) + "\" cannot be signed. Give PASS or FAIL."));
    }
    String statement = draft.statement().strip();
    if (statement.isEmpty()) {
      errors.add(new FieldError("statement", "is empty. Say what was looked at, and how."));
    } else if (statement.length() > LONGEST_STATEMENT || hasControls(statement)) {
      errors.add(
          new FieldError(
              "statement",
              "is longer than %,d characters or holds control characters. Shorten it."
                  .formatted(LONGEST_STATEMENT)));
    }
    if (signedAt.isAfter(now)) {
      errors.add(
          new FieldError("signedAt", signedAt + " lies in the future. Leave it out for now."));
    } else if (signedAt.isBefore(now.minus(OLDEST))) {
      errors.add(
          new FieldError(
              "signedAt", signedAt + " is more than a year ago. Look again, then sign."));
    }
    Instant expiresAt = draft.expiresAt();
    if (expiresAt == null) {
      errors.add(new FieldError("expiresAt", "is missing. Give an instant, at most a year ahead."));
    } else if (!expiresAt.isAfter(now)
        || expiresAt.isAfter(signedAt.plus(longest(draft.check())))) {
      errors.add(
          new FieldError(
              "expiresAt",
              "%s is not ahead, or more than %d days after %s. Give an instant between."
                  .formatted(expiresAt, longest(draft.check()).toDays(), signedAt)));
    }
    if (rule == null || expiresAt == null || !errors.isEmpty()) {
      throw new InvalidInput(errors);
    }
    return new Signing(
        rule,
        Outcome.valueOf(draft.outcome()),
        statement,
        signedAt,
        expiresAt.truncatedTo(ChronoUnit.MICROS));
  }

  private static String others() {
    return attestable().stream()
        .filter(rule -> rule.subject() != SubjectKind.HOST_FILE)
        .map(Rule::id)
        .reduce((one, other) -> one + ", " + other)
        .orElse("no other");
  }

  private static boolean hasControls(String text) {
    return text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t');
  }

  private static Document document(HostRecord host, Signing signing, String author) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("host", host.name());
    document.put("check", signing.rule().id());
    document.put("outcome", signing.outcome().name());
    document.put("statement", signing.statement());
    document.put("author", author);
    document.put("signedAt", signing.signedAt().toString());
    document.put("expiresAt", signing.expiresAt().toString());
    return Document.of(document);
  }

  private long insert(long hostId, Signing signing, String author, Sha256 document, Instant at) {
    return jdbc.sql(
            "insert into attestation (host_id, check_id, outcome, statement, author, document,"
                + " signed_at, received_at, expires_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " returning id")
        .param(hostId)
        .param(signing.rule().id())
        .param(signing.outcome().name())
        .param(signing.statement())
        .param(author)
        .param(document.bytes())
        .param(time(signing.signedAt()))
        .param(time(at))
        .param(time(signing.expiresAt()))
        .query(Long.class)
        .single();
  }

  private SignedAttestation existing(long id) {
    return byId(id).orElseThrow(() -> new NoSuchAttestation(id));
  }

  private Optional<SignedAttestation> byId(long id) {
    return jdbc.sql(FROM + "where a.id = ?")
        .param(id)
        .query((row, n) -> attestation(row))
        .optional();
  }

  private static SignedAttestation attestation(ResultSet row) throws SQLException {
    return new SignedAttestation(
        row.getLong("id"),
        row.getLong("host_id"),
        row.getString("host"),
        row.getString("check_id"),
        Outcome.valueOf(row.getString("outcome")),
        row.getString("statement"),
        row.getString("author"),
        Sha256.stored(row.getBytes("document")).hex(),
        instant(row, "signed_at"),
        instant(row, "received_at"),
        instant(row, "expires_at"),
        instantOrNull(row, "withdrawn_at"),
        row.getString("withdrawn_by"));
  }

  private static String subject(long hostId, String name) {
    return "host:%d %s".formatted(hostId, name);
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static OffsetDateTime time(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
