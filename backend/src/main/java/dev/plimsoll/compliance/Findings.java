package dev.plimsoll.compliance;

import dev.plimsoll.audit.AuditTrail;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.Shown;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** What people do with findings. */
@Service
public class Findings {
  private static final Set<String> BY_HAND = Set.of("OPEN", "ACKNOWLEDGED");
  private static final int LONGEST_ASSIGNEE = 100;
  private static final int LONGEST_URL = 2000;
  private static final int LONGEST_COMMENT = 10_000;
  private static final Instant EARLIEST_DUE = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LATEST_DUE = Instant.parse("2200-01-01T00:00:00Z");
  private static final JsonMapper MAPPER = new JsonMapper();

  private final JdbcClient jdbc;
  private final AuditTrail audit;
  private final Clock clock;

  Findings(JdbcClient jdbc, AuditTrail audit, @Qualifier("publishClock") Clock clock) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Changes a finding and keeps each step in its history. What would stay as it is, is left alone.
   *
   * @throws NoSuchFinding if there is none
   * @throws InvalidInput naming every bad field, such as a status that cannot be set by hand
   */
  @Requires(Permission.TRIAGE)
  @Transactional
  public void change(long findingId, Change change) {
    Finding before = lock(findingId);
    check(before, change);
    Finding after = before.with(change);
    List<Step> steps = steps(before, after, change);
    if (steps.isEmpty()) {
      return;
    }
    store(findingId, after);
    Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
    String actor = actor();
    Map<String, Object> done = new LinkedHashMap<>();
    for (Step step : steps) {
      jdbc.sql(
              "insert into finding_event (finding_id, at, actor, kind, detail)"
                  + " values (?, ?, ?, ?, ?::jsonb)")
          .param(findingId)
          .param(at.atOffset(ZoneOffset.UTC))
          .param(actor)
          .param(step.kind())
          .param(MAPPER.writeValueAsString(step.detail()))
          .update();
      done.putAll(step.detail());
    }
    audit.record(
        "finding.changed",
        "finding:%d %s on %s".formatted(findingId, before.check(), before.host()),
        Map.of("before", before.detail(done.keySet()), "after", done));
  }

  private Finding lock(long findingId) {
    return jdbc.sql(
            "select f.check_id, h.name, f.status, f.assignee, f.due_at, f.external_url"
                + " from finding f join host h on h.id = f.host_id where f.id = ?"
                + " for update of f")
        .param(findingId)
        .query(
            (row, n) -> {
              OffsetDateTime dueAt = row.getObject("due_at", OffsetDateTime.class);
              return new Finding(
                  row.getString("check_id"),
                  row.getString("name"),
                  row.getString("status"),
                  row.getString("assignee"),
                  dueAt == null ? null : dueAt.toInstant(),
                  row.getString("external_url"));
            })
        .optional()
        .orElseThrow(() -> new NoSuchFinding(findingId));
  }

  private void store(long findingId, Finding after) {
    Instant dueAt = after.dueAt();
    jdbc.sql(
            "update finding set status = ?, assignee = ?, due_at = ?::timestamptz,"
                + " external_url = ?, version = version + 1 where id = ?")
        .param(after.status())
        .param(after.assignee())
        .param(dueAt == null ? null : dueAt.atOffset(ZoneOffset.UTC))
        .param(after.externalUrl())
        .param(findingId)
        .update();
  }

  private static void check(Finding before, Change change) {
    List<InvalidInput.FieldError> errors = new ArrayList<>();
    String status = change.status();
    if (status != null && !BY_HAND.contains(status)) {
      errors.add(
          new InvalidInput.FieldError(
              "status",
              "cannot be set to \""
                  + Shown.of(status)
                  + "\" by hand. Give OPEN or ACKNOWLEDGED; a finding is resolved by the collection"
                  + " that no longer sees it fail."));
    } else if (status != null && !BY_HAND.contains(before.status())) {
      errors.add(
          new InvalidInput.FieldError(
              "status",
              "cannot be set while the finding is "
                  + before.status()
                  + ". It opens again by itself if it fails again."));
    }
    text(errors, "assignee", change.assignee(), LONGEST_ASSIGNEE);
    text(errors, "externalUrl", change.externalUrl(), LONGEST_URL);
    String url = change.externalUrl();
    if (url != null && !url.isEmpty() && !isWebAddress(url)) {
      errors.add(
          new InvalidInput.FieldError(
              "externalUrl",
              "\"" + Shown.of(url) + "\" is no web address. Give one with http:// or https://."));
    }
    Instant dueAt = change.dueAt();
    if (dueAt != null && (dueAt.isBefore(EARLIEST_DUE) || dueAt.isAfter(LATEST_DUE))) {
      errors.add(
          new InvalidInput.FieldError(
              "dueAt", dueAt + " is out of range. Give an instant between 2000 and 2200."));
    }
    String comment = change.comment();
    if (comment != null && comment.isBlank()) {
      errors.add(new InvalidInput.FieldError("comment", "is empty. Write something or leave it."));
    } else if (comment != null && (comment.length() > LONGEST_COMMENT || comment.contains("\0"))) {
      errors.add(
          new InvalidInput.FieldError(
              "comment",
              "has "
                  + comment.length()
                  + " characters. Give at most "
                  + LONGEST_COMMENT
                  + " and no NUL."));
    }
    if (!errors.isEmpty()) {
      throw new InvalidInput(errors);
    }
  }

  private static void text(
      List<InvalidInput.FieldError> errors, String field, @Nullable String text, int longest) {
    if (text == null) {
      return;
    }
    if (text.length() > longest) {
      errors.add(
          new InvalidInput.FieldError(
              field, "has " + text.length() + " characters. Give at most " + longest + "."));
    } else if (text.chars().anyMatch(Character::isISOControl)) {
      errors.add(
          new InvalidInput.FieldError(field, "holds control characters. Give it on one line."));
    }
  }

  /** Screens make a link of it: anything but HTTP could run in the reader's browser. */
  private static boolean isWebAddress(String text) {
    try {
      URI uri = new URI(text);
      return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
          && uri.getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static List<Step> steps(Finding before, Finding after, Change change) {
    List<Step> steps = new ArrayList<>();
    if (!before.status().equals(after.status())) {
      steps.add(new Step("STATUS", detail("status", after.status())));
    }
    if (!Objects.equals(before.assignee(), after.assignee())) {
      steps.add(new Step("ASSIGNED", detail("assignee", after.assignee())));
    }
    if (!Objects.equals(before.dueAt(), after.dueAt())) {
      steps.add(new Step("DUE", detail("dueAt", text(after.dueAt()))));
    }
    if (!Objects.equals(before.externalUrl(), after.externalUrl())) {
      steps.add(new Step("LINKED", detail("externalUrl", after.externalUrl())));
    }
    if (change.comment() != null) {
      steps.add(new Step("COMMENT", detail("text", change.comment())));
    }
    return steps;
  }

  private static Map<String, @Nullable Object> detail(String name, @Nullable Object value) {
    Map<String, @Nullable Object> detail = new LinkedHashMap<>();
    detail.put(name, value);
    return detail;
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  private static String actor() {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    if (who == null) {
      throw new IllegalStateException("Nobody is signed in, so nobody can answer for a finding");
    }
    return who.getName();
  }

  /**
   * What to set; nulls leave things as they are.
   *
   * @param status OPEN or ACKNOWLEDGED; the others cannot be set by hand
   * @param assignee empty to take it away
   * @param withoutDueAt whether to take the due date away
   * @param externalUrl with http or https; empty to take it away
   */
  public record Change(
      @Nullable String status,
      @Nullable String assignee,
      @Nullable Instant dueAt,
      boolean withoutDueAt,
      @Nullable String externalUrl,
      @Nullable String comment) {
    /** A change that takes no due date away. */
    public Change(
        @Nullable String status,
        @Nullable String assignee,
        @Nullable Instant dueAt,
        @Nullable String externalUrl,
        @Nullable String comment) {
      this(status, assignee, dueAt, false, externalUrl, comment);
    }
  }

  private record Step(String kind, Map<String, @Nullable Object> detail) {}

  private record Finding(
      String check,
      String host,
      String status,
      @Nullable String assignee,
      @Nullable Instant dueAt,
      @Nullable String externalUrl) {

    Finding with(Change change) {
      Instant newDueAt = change.dueAt();
      return new Finding(
          check,
          host,
          change.status() == null ? status : change.status(),
          replaced(assignee, change.assignee()),
          newDueAt != null
              ? newDueAt.truncatedTo(ChronoUnit.MICROS)
              : change.withoutDueAt() ? null : dueAt,
          replaced(externalUrl, change.externalUrl()));
    }

    private static @Nullable String replaced(@Nullable String old, @Nullable String given) {
      return given == null ? old : given.isBlank() ? null : given.strip();
    }

    Map<String, @Nullable Object> detail(Set<String> names) {
      Map<String, @Nullable Object> detail = new LinkedHashMap<>();
      detail.put("status", status);
      detail.put("assignee", assignee);
      detail.put("dueAt", text(dueAt));
      detail.put("externalUrl", externalUrl);
      detail.keySet().retainAll(names);
      return detail;
    }
  }
}
