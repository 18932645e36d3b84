package dev.plimsoll.backup;

import dev.plimsoll.audit.AuditTrail;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.InvalidInput.FieldError;
import dev.plimsoll.fleet.NameTaken;
import dev.plimsoll.fleet.Shown;
import dev.plimsoll.inventory.SecretMasking;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.PortalItself;
import dev.plimsoll.permission.Requires;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Addresses that backup jobs call when a run begins and ends. How a run ended is evidence; that
 * none came shows by itself.
 */
@Service
public class Heartbeats {
  /** Calls within a minute that are taken of one heartbeat. */
  static final int MOST_PINGS = 60;

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PERIOD = Duration.ofDays(366);
  private static final Duration LONGEST_GRACE = Duration.ofDays(30);
  private static final Duration TICK = Duration.ofNanos(1000);
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_TEXT = 200;
  private static final int LONGEST_TOKEN = 100;

  /** Of what a job printed, its end tells most; a record takes so much of it. */
  private static final int LONGEST_DETAIL = 1_900;

  private final HeartbeatRows rows;
  private final RecordRules rules;
  private final BackupRecords records;
  private final SecretMasking masking;
  private final AuditTrail audit;
  private final Clock clock;

  Heartbeats(
      HeartbeatRows rows,
      RecordRules rules,
      BackupRecords records,
      SecretMasking masking,
      AuditTrail audit,
      @Qualifier("publishClock") Clock clock) {
    this.rows = rows;
    this.rules = rules;
    this.records = records;
    this.masking = masking;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * A heartbeat's new secret.
   *
   * @param token the last part of its address; shown this once
   */
  public record Issued(long id, String token) {
    /** Prints no secret. */
    @Override
    public String toString() {
      return "Issued[" + id + "]";
    }
  }

  /**
   * The heartbeats that there were at an instant, null for now, by name, with how they did then.
   */
  @Requires(Permission.READ)
  @Transactional(readOnly = true)
  public List<Heartbeat> list(@Nullable Instant asOf) {
    return rows.select(null, asOf == null ? now() : asOf);
  }

  /** One heartbeat as of an instant, null for now. */
  @Requires(Permission.READ)
  @Transactional(readOnly = true)
  public Optional<Heartbeat> find(long id, @Nullable Instant asOf) {
    return rows.select(id, asOf == null ? now() : asOf).stream().findFirst();
  }

  /**
   * Sets a heartbeat up.
   *
   * @throws InvalidInput naming every bad field
   * @throws NameTaken if a source has that name, ignoring case
   */
  @Requires(Permission.MANAGE_HOSTS)
  @Transactional
  public Issued create(HeartbeatDraft draft) {
    HeartbeatDraft checked = checked(draft);
    String token = HeartbeatToken.random();
    long id;
    try {
      id = rows.insert(checked, HeartbeatToken.sha256(token), Actor.signedInOrPortal(), now());
    } catch (DuplicateKeyException e) {
      throw (NameTaken) new NameTaken("backup source", checked.name()).initCause(e);
    }
    audit.record(
        "heartbeat.added",
        subject(id, checked.name()),
        Map.of(
            "host", checked.hostId(),
            "kind", checked.data().kind().word(),
            "name", checked.data().name(),
            "periodSeconds", checked.period().toSeconds(),
            "graceSeconds", checked.grace().toSeconds()));
    return new Issued(id, token);
  }

  /**
   * Gives a heartbeat another address; the old one is none any more.
   *
   * @throws NoSuchHeartbeat if there is none
   */
  @Requires(Permission.MANAGE_HOSTS)
  @Transactional
  public Issued rotate(long id) {
    String token = HeartbeatToken.random();
    String name = rows.rotate(id, HeartbeatToken.sha256(token)).orElseThrow(NoSuchHeartbeat::new);
    audit.record("heartbeat.token-rotated", subject(id, name), Map.of());
    return new Issued(id, token);
  }

  /**
   * Ends a heartbeat. What its job told stays evidence.
   *
   * @throws NoSuchHeartbeat if there is none
   */
  @Requires(Permission.MANAGE_HOSTS)
  @Transactional
  public void remove(long id) {
    String name = rows.remove(id, now()).orElseThrow(NoSuchHeartbeat::new);
    audit.record("heartbeat.removed", subject(id, name), Map.of());
  }

  /**
   * What came of a call.
   *
   * @param at when it arrived
   * @param repeated whether it said again what was just said: then nothing was written
   */
  public record Heard(Instant at, boolean repeated) {}

  /**
   * Takes what a job tells. Whoever has the token may; the end of a run becomes evidence at once.
   *
   * @throws NoSuchHeartbeat if no heartbeat has the token
   * @throws TooManyPings if it is called more often than a job would
   * @throws InvalidInput naming every bad field
   */
  @PortalItself
  @Transactional
  public Heard ping(String token, HeartbeatPing told) {
    HeartbeatRows.Called heartbeat =
        Optional.of(token)
            .filter(text -> text.length() <= LONGEST_TOKEN)
            .flatMap(text -> rows.hold(HeartbeatToken.sha256(text)))
            .orElseThrow(NoSuchHeartbeat::new);
    Instant at = later(now(), rows.lastPing(heartbeat.id()).orElse(null));
    check(told);
    HeartbeatPing clean = saying(told, clean(told.detail()));
    HeartbeatPing ping = saying(clean, masked(clean.detail()));
    String facts = facts(ping.facts());
    if (rows.isRepeat(heartbeat.id(), ping, facts, at)) {
      return new Heard(at, true);
    }
    if (rows.pingsSince(heartbeat.id(), at.minus(MINUTE)) >= MOST_PINGS) {
      throw new TooManyPings(MOST_PINGS);
    }
    if (ping.kind() != HeartbeatPing.Kind.START) {
      RecordDraft record = rules.checked(record(heartbeat, clean, at));
      records.learn(heartbeat.id(), List.of(record));
    }
    rows.insert(heartbeat.id(), ping, facts, at);
    return new Heard(at, false);
  }

  private RecordDraft record(HeartbeatRows.Called heartbeat, HeartbeatPing ping, Instant at) {
    HeartbeatPing.Facts facts = ping.facts();
    return RecordDraft.backup(heartbeat.hostId(), heartbeat.data())
        .succeeded(ping.kind() == HeartbeatPing.Kind.SUCCESS)
        .startedAt(rows.began(heartbeat.id(), ping.run(), at).orElse(at))
        .finishedAt(at)
        .source(heartbeat.name())
        .target(heartbeat.target(), null)
        .snapshotId(facts.snapshotId())
        .bytes(facts.bytes())
        .checksum(facts.checksum())
        .warnings(facts.warnings())
        .method(facts.method())
        .detail(detail(ping))
        .build();
  }

  /** A record's own masking sees all of a text, or what is left of one that was masked before. */
  private @Nullable String detail(HeartbeatPing ping) {
    String said = ping.detail();
    if (said != null && said.length() > LONGEST_DETAIL) {
      String masked = masking.masked(said);
      said = "…" + masked.substring(Math.max(0, masked.length() - LONGEST_DETAIL + 1));
    }
    Integer exit = ping.exitCode();
    if (exit == null || exit == 0) {
      return said;
    }
    String status = "Exit status " + exit + ".";
    return said == null ? status : status + "\n" + said;
  }

  private static void check(HeartbeatPing ping) {
    List<FieldError> errors = new ArrayList<>();
    name("run", ping.run(), errors);
    name("snapshotId", ping.facts().snapshotId(), errors);
    name("checksum", ping.facts().checksum(), errors);
    if (!errors.isEmpty()) {
      throw new InvalidInput(errors);
    }
  }

  private static void name(String field, @Nullable String text, List<FieldError> errors) {
    if (text != null
        && (text.isBlank()
            || text.length() > LONGEST_TEXT
            || text.chars().anyMatch(Character::isISOControl))) {
      errors.add(
          new FieldError(
              field,
              "is empty, longer than "
                  + LONGEST_TEXT
                  + " characters or has a control character. Give another, or leave it out."));
    }
  }

  /** Without what no column takes; null if nothing is left. */
  private static @Nullable String clean(@Nullable String text) {
    String clean = text == null ? "" : text.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "").strip();
    return clean.isEmpty() ? null : clean;
  }

  private @Nullable String masked(@Nullable String text) {
    return text == null ? null : masking.masked(text);
  }

  private static HeartbeatPing saying(HeartbeatPing ping, @Nullable String detail) {
    return new HeartbeatPing(ping.kind(), ping.exitCode(), ping.run(), detail, ping.facts());
  }

  private HeartbeatDraft checked(HeartbeatDraft draft) {
    List<FieldError> errors = new ArrayList<>();
    String name = draft.name().strip();
    if (name.isEmpty()
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      errors.add(
          new FieldError(
              "name",
              "is empty, longer than "
                  + LONGEST_NAME
                  + " characters or has a control character. Give another."));
    }
    range("periodSeconds", draft.period(), MINUTE, LONGEST_PERIOD, errors);
    range("graceSeconds", draft.grace(), Duration.ZERO, LONGEST_GRACE, errors);
    RecordDraft example =
        RecordDraft.backup(draft.hostId(), draft.data())
            .source("heartbeat")
            .finishedAt(now())
            .build();
    try {
      example = rules.checked(example);
    } catch (InvalidInput e) {
      errors.addAll(e.errors());
    }
    if (!errors.isEmpty()) {
      throw new InvalidInput(errors);
    }
    return new HeartbeatDraft(
        name, draft.hostId(), example.data(), draft.target(), draft.period(), draft.grace());
  }

  private static void range(
      String field, Duration value, Duration least, Duration most, List<FieldError> errors) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      errors.add(
          new FieldError(
              field,
              "%d is none. Give %d to %d."
                  .formatted(value.toSeconds(), least.toSeconds(), most.toSeconds())));
    }
  }

  private static @Nullable String facts(HeartbeatPing.Facts facts) {
    if (facts.equals(HeartbeatPing.Facts.NONE)) {
      return null;
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (facts.snapshotId() != null) {
      json.put("snapshotId", facts.snapshotId());
    }
    if (facts.bytes() != null) {
      json.put("bytes", facts.bytes());
    }
    if (facts.checksum() != null) {
      json.put("checksum", facts.checksum());
    }
    if (facts.warnings() != null) {
      json.put("warnings", facts.warnings());
    }
    if (facts.method() != null) {
      json.put("method", facts.method().name());
    }
    return json.toString();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static Instant later(Instant now, @Nullable Instant last) {
    return last == null || now.isAfter(last) ? now : last.plus(TICK);
  }

  private static String subject(long id, String name) {
    return "backup-source:%d %s".formatted(id, Shown.of(name));
  }
}
