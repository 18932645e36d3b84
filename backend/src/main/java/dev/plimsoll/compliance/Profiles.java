package dev.plimsoll.compliance;

import dev.plimsoll.audit.AuditTrail;
import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.NameTaken;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Profiles: which checks are in scope and with what weight. A change makes a version; hosts that
 * have the profile are scored under it within seconds, and their past is told again.
 */
@Service
public class Profiles {
  private final ProfileStore store;
  private final HostProfiles hosts;
  private final ProfileDrift drift;
  private final Catalogues catalogues;
  private final AuditTrail audit;
  private final Clock clock;

  Profiles(
      ProfileStore store,
      HostProfiles hosts,
      ProfileDrift drift,
      Catalogues catalogues,
      AuditTrail audit,
      @Qualifier("publishClock") Clock clock) {
    this.store = store;
    this.hosts = hosts;
    this.drift = drift;
    this.catalogues = catalogues;
    this.audit = audit;
    this.clock = clock;
  }

  /** Those that ship, then a company's own by name, each in the version in force at an instant. */
  @Requires(Permission.READ)
  @Transactional(readOnly = true)
  public List<ProfileRecord> list(@Nullable Instant asOf) {
    Instant at = asOf == null ? now() : asOf;
    Map<String, Integer> reached = reached(at);
    List<ProfileRecord> all = new ArrayList<>();
    Arrays.stream(ShippedProfile.values()).map(one -> record(one, reached)).forEach(all::add);
    store.inForce(at).stream().map(one -> record(one, reached)).forEach(all::add);
    return all;
  }

  /**
   * One version of a profile.
   *
   * @param version null for the newest
   * @throws NoSuchProfile if there is none
   */
  @Requires(Permission.READ)
  @Transactional(readOnly = true)
  public ProfileRecord get(String idOrName, @Nullable Integer version) {
    Map<String, Integer> reached = reached(now());
    Optional<ShippedProfile> shipped = shipped(idOrName);
    if (shipped.isPresent()) {
      if (version != null && version != 1) {
        throw new NoSuchProfile(idOrName, version);
      }
      return record(shipped.get(), reached);
    }
    List<ProfileStore.Version> versions = own(idOrName);
    if (version == null) {
      return record(versions.getFirst(), reached);
    }
    return versions.stream()
        .filter(one -> one.version() == version)
        .findFirst()
        .map(one -> record(one, reached))
        .orElseThrow(() -> new NoSuchProfile(idOrName, version));
  }

  /**
   * All versions of a profile, newest first.
   *
   * @throws NoSuchProfile if there is no such profile
   */
  @Requires(Permission.READ)
  @Transactional(readOnly = true)
  public List<ProfileRecord> versions(String idOrName) {
    Map<String, Integer> reached = reached(now());
    return shipped(idOrName)
        .map(one -> List.of(record(one, reached)))
        .orElseGet(() -> own(idOrName).stream().map(version -> record(version, reached)).toList());
  }

  /**
   * Makes a profile, in version 1.
   *
   * @param checks the checks in scope; null for the weight of the check's severity
   * @throws InvalidInput naming what cannot be
   * @throws NameTaken if there is one of that name, ignoring case
   */
  @Requires(Permission.MANAGE_CHECKS)
  @Transactional
  public ProfileRecord create(
      String name, String description, Map<String, @Nullable Integer> checks) {
    String checked = ProfileRules.name(name);
    ProfileRules.check(description, checks, Set.of(), checklist());
    Instant at = now();
    if (!store.add(checked, at)) {
      throw new NameTaken("profile", checked);
    }
    store.addVersion(checked, 1, at, author(), description.strip(), ordered(checks));
    audit.record(
        "profile.added", subject(checked, 1), Map.of("checks", new TreeMap<>(checks).toString()));
    return get(checked, 1);
  }

  /**
   * Changes a profile, which makes a version; what would stay as it is, is left alone.
   *
   * @param description null to leave it
   * @param checks all checks in scope; null to leave them
   * @throws NoSuchProfile if there is none
   * @throws InvalidInput naming what cannot be; so for one that ships
   */
  @Requires(Permission.MANAGE_CHECKS)
  @Transactional
  public ProfileRecord change(
      String idOrName,
      @Nullable String description,
      @Nullable Map<String, @Nullable Integer> checks) {
    shipped(idOrName)
        .ifPresent(
            one -> {
              throw new InvalidInput(
                  "profile",
                  "\"" + one.label() + "\" ships with the portal. Copy it and change the copy.");
            });
    String name = own(idOrName).getFirst().name();
    store.lock(name);
    ProfileStore.Version before = own(name).getFirst();
    String newDescription = description == null ? before.description() : description.strip();
    Map<String, @Nullable Integer> newChecks =
        checks == null ? before.choice().weights() : ordered(checks);
    ProfileRules.check(newDescription, newChecks, before.choice().weights().keySet(), checklist());
    if (newDescription.equals(before.description())
        && newChecks.equals(before.choice().weights())) {
      return get(name, null);
    }
    int version = before.version() + 1;
    Instant at = now();
    store.addVersion(name, version, at, author(), newDescription, newChecks);
    drift.rejudge(at);
    audit.record(
        "profile.changed", subject(name, version), changes(before.choice().weights(), newChecks));
    return get(name, version);
  }

  private static Map<String, String> changes(
      Map<String, @Nullable Integer> before, Map<String, @Nullable Integer> after) {
    Map<String, String> changes = new TreeMap<>();
    before.forEach(
        (check, weight) -> {
          if (!after.containsKey(check)) {
            changes.put(check, "left the scope");
          }
        });
    after.forEach(
        (check, weight) -> {
          if (!before.containsKey(check)) {
            changes.put(check, "came into scope, weight " + word(weight));
          } else if (!Objects.equals(weight, before.get(check))) {
            changes.put(check, "weight " + word(before.get(check)) + " to " + word(weight));
          }
        });
    return changes;
  }

  private static String word(@Nullable Integer weight) {
    return weight == null ? "of its severity" : weight.toString();
  }

  private ProfileRecord record(ShippedProfile profile, Map<String, Integer> reached) {
    Map<String, @Nullable Integer> checks = new LinkedHashMap<>();
    for (Rule rule : checklist().rules()) {
      if (profile.weight(rule) != null) {
        checks.put(rule.id(), null);
      }
    }
    return new ProfileRecord(
        profile.id(),
        profile.label(),
        1,
        true,
        profile.description(),
        checks,
        null,
        null,
        reached.getOrDefault(profile.label(), 0));
  }

  private static ProfileRecord record(ProfileStore.Version version, Map<String, Integer> reached) {
    return new ProfileRecord(
        Long.toString(version.id()),
        version.name(),
        version.version(),
        false,
        version.description(),
        version.choice().weights(),
        version.validFrom(),
        version.author(),
        reached.getOrDefault(version.name(), 0));
  }

  /** How many hosts have each profile. */
  private Map<String, Integer> reached(Instant at) {
    Assignments assignments = hosts.assignments(at);
    Map<String, Integer> reached = new HashMap<>();
    hosts
        .standings(at, null)
        .values()
        .forEach(
            standing -> reached.merge(assignments.effective(standing.place()), 1, Integer::sum));
    return reached;
  }

  private static Optional<ShippedProfile> shipped(String idOrName) {
    return ShippedProfile.named(idOrName)
        .or(
            () ->
                Arrays.stream(ShippedProfile.values())
                    .filter(one -> one.id().equals(idOrName.toLowerCase(Locale.ROOT)))
                    .findFirst());
  }

  private List<ProfileStore.Version> own(String idOrName) {
    List<ProfileStore.Version> versions = store.versions(idOrName);
    if (versions.isEmpty() && idOrName.matches("[0-9]{1,18}")) {
      versions = store.name(Long.parseLong(idOrName)).map(store::versions).orElse(List.of());
    }
    if (versions.isEmpty()) {
      throw new NoSuchProfile(idOrName);
    }
    return versions;
  }

  /** In the catalogue's order, so that equal choices are stored alike. */
  private Map<String, @Nullable Integer> ordered(Map<String, @Nullable Integer> checks) {
    Map<String, @Nullable Integer> ordered = new LinkedHashMap<>();
    for (Rule rule : checklist().rules()) {
      if (checks.containsKey(rule.id())) {
        ordered.put(rule.id(), checks.get(rule.id()));
      }
    }
    checks.forEach(ordered::putIfAbsent);
    return ordered;
  }

  private Checklist checklist() {
    return catalogues.current().checklist();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static String author() {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    if (who == null) {
      throw new IllegalStateException("Nobody is signed in, so nobody can answer for a profile");
    }
    return who.getName();
  }

  private static String subject(String name, int version) {
    return "profile:" + name + " version " + version;
  }
}
