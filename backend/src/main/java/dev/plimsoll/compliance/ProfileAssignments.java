package dev.plimsoll.compliance;

import dev.plimsoll.audit.AuditTrail;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.InvalidInput.FieldError;
import dev.plimsoll.fleet.Shown;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who has which profile, by group and environment. The most specific rule decides: group and
 * environment before group before environment, and of two groups the deeper one; where none speaks
 * of a host, it has the profile Everything.
 */
@Service
public class ProfileAssignments {
  private static final int LONGEST_ENVIRONMENT = 100;

  private final JdbcClient jdbc;
  private final ProfileStore store;
  private final ProfileDrift drift;
  private final AuditTrail audit;
  private final Clock clock;

  ProfileAssignments(
      JdbcClient jdbc,
      ProfileStore store,
      ProfileDrift drift,
      AuditTrail audit,
      @Qualifier("publishClock") Clock clock) {
    this.jdbc = jdbc;
    this.store = store;
    this.drift = drift;
    this.audit = audit;
    this.clock = clock;
  }

  /** The rules in force at an instant, null for now: by group, then by environment. */
  @Requires(Permission.READ)
  @Transactional(readOnly = true)
  public List<AssignedProfile> list(@Nullable Instant asOf) {
    return inForce(asOf == null ? now() : asOf);
  }

  /**
   * Puts these rules in the place of all that there are.
   *
   * @throws InvalidInput naming every bad rule
   */
  @Requires(Permission.MANAGE_CHECKS)
  @Transactional
  public List<AssignedProfile> replace(List<AssignedProfile> wanted) {
    jdbc.sql("lock table profile_assignment in share row exclusive mode").update();
    Instant at = now();
    List<AssignedProfile> before = inForce(at);
    List<Assignments.Rule> rules = checked(wanted, at).rules();
    OffsetDateTime time = at.atOffset(ZoneOffset.UTC);
    Set<Assignments.Rule> kept = new HashSet<>();
    Set<Assignments.Rule> asked = new HashSet<>(rules);
    for (Assignments.Rule rule : open()) {
      if (asked.contains(rule)) {
        kept.add(rule);
      } else {
        jdbc.sql(
                "update profile_assignment set valid_to = ? where valid_to = 'infinity'"
                    + " and group_id is not distinct from ? and environment is not distinct from ?")
            .param(time)
            .param(rule.groupId())
            .param(rule.environment())
            .update();
      }
    }
    for (Assignments.Rule rule : rules) {
      if (!kept.contains(rule)) {
        jdbc.sql(
                "insert into profile_assignment (group_id, environment, profile, valid_from)"
                    + " values (?, ?, ?, ?)")
            .param(rule.groupId())
            .param(rule.environment())
            .param(rule.profile())
            .param(time)
            .update();
      }
    }
    List<AssignedProfile> after = inForce(at);
    if (!after.equals(before)) {
      drift.rejudge(at);
    }
    audit.record(
        "profile.assigned",
        "profile-assignments",
        Map.of("before", words(before), "after", words(after)));
    return after;
  }

  /**
   * The rules as they would hold.
   *
   * @throws InvalidInput naming every bad rule
   */
  Assignments checked(List<AssignedProfile> wanted, Instant at) {
    Map<String, String> profiles = new HashMap<>();
    for (ShippedProfile shipped : ShippedProfile.values()) {
      profiles.put(shipped.label().toLowerCase(Locale.ROOT), shipped.label());
    }
    store.inForce(at).forEach(one -> profiles.put(one.name().toLowerCase(Locale.ROOT), one.name()));
    Map<String, Long> groups = new HashMap<>();
    jdbc.sql("select lower(path) path, id from host_group")
        .query(
            row -> {
              groups.put(row.getString("path"), row.getLong("id"));
            });
    List<FieldError> errors = new ArrayList<>();
    List<Assignments.Rule> rules = new ArrayList<>();
    Set<List<String>> places = new HashSet<>();
    for (int i = 0; i < wanted.size(); i++) {
      AssignedProfile one = wanted.get(i);
      String field = "items[" + i + "]";
      String group = blankToNull(one.group());
      String environment = blankToNull(one.environment());
      Long groupId = group == null ? null : groups.get(group.toLowerCase(Locale.ROOT));
      String profile = profiles.get(one.profile().strip().toLowerCase(Locale.ROOT));
      if (group != null && groupId == null) {
        errors.add(
            new FieldError(
                field + ".group",
                "There is no group \"" + Shown.of(group) + "\". GET /api/v1/groups lists all."));
      }
      if (environment != null
          && (environment.length() > LONGEST_ENVIRONMENT
              || environment.chars().anyMatch(Character::isISOControl))) {
        errors.add(
            new FieldError(
                field + ".environment",
                "is longer than "
                    + LONGEST_ENVIRONMENT
                    + " characters or holds control characters. Shorten it."));
      }
      if (profile == null) {
        errors.add(
            new FieldError(
                field + ".profile",
                "There is no profile \""
                    + Shown.of(one.profile())
                    + "\". GET /api/v1/profiles lists all."));
      }
      if (!places.add(List.of(lowerCase(group), lowerCase(environment)))) {
        errors.add(
            new FieldError(
                field, "speaks of the same hosts as a rule before it. Leave one of them out."));
      }
      rules.add(new Assignments.Rule(groupId, environment, profile == null ? "" : profile));
    }
    if (!errors.isEmpty()) {
      throw new InvalidInput(errors);
    }
    return new Assignments(rules);
  }

  private List<AssignedProfile> inForce(Instant at) {
    OffsetDateTime time = at.atOffset(ZoneOffset.UTC);
    return jdbc.sql(
            "select g.path, a.environment, a.profile from profile_assignment a"
                + " left join host_group g on g.id = a.group_id"
                + " where a.valid_from <= ? and a.valid_to > ?"
                + " and (a.group_id is null or g.id is not null)"
                + " order by lower(g.path) nulls first, lower(a.environment) nulls first")
        .param(time)
        .param(time)
        .query(
            (row, n) ->
                new AssignedProfile(
                    row.getString("path"), row.getString("environment"), row.getString("profile")))
        .list();
  }

  private List<Assignments.Rule> open() {
    return jdbc.sql(
            "select group_id, environment, profile from profile_assignment"
                + " where valid_to = 'infinity'")
        .query(
            (row, n) ->
                new Assignments.Rule(
                    row.getObject("group_id", Long.class),
                    row.getString("environment"),
                    row.getString("profile")))
        .list();
  }

  private static List<String> words(List<AssignedProfile> rules) {
    return rules.stream()
        .map(
            rule ->
                (rule.group() == null ? "any group" : rule.group())
                    + ", "
                    + (rule.environment() == null ? "any environment" : rule.environment())
                    + ": "
                    + rule.profile())
        .toList();
  }

  private static String lowerCase(@Nullable String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }

  private static @Nullable String blankToNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
