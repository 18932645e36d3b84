package dev.plimsoll.compliance;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.ReadingSwitch;
import dev.plimsoll.permission.PortalItself;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which profile each host has at an instant, and what that makes of the catalogue. */
@Component
@PortalItself
public class HostProfiles {
  private final JdbcClient jdbc;
  private final ProfileStore store;
  private final Catalogues catalogues;

  HostProfiles(JdbcClient jdbc, ProfileStore store, Catalogues catalogues) {
    this.jdbc = jdbc;
    this.store = store;
    this.catalogues = catalogues;
  }

  /** The profile that a host has at an instant. */
  Profile of(long hostId, Instant at) {
    Standing standing = standings(at, hostId).get(hostId);
    String name =
        standing == null ? Profile.EVERYTHING.name() : assignments(at).effective(standing.place());
    return named(name, at);
  }

  /**
   * What counts on each host at an instant, under the current catalogue; hosts that were
   * decommissioned then are left out.
   */
  public Map<Long, Weights> weights(Instant at) {
    Checklist checklist = catalogues.current().checklist();
    Assignments assignments = assignments(at);
    Map<String, Profile> profiles = new HashMap<>();
    Map<String, Weights> known = new HashMap<>();
    Map<Long, Weights> byHost = new HashMap<>();
    standings(at, null)
        .forEach(
            (host, standing) -> {
              Profile profile =
                  profiles.computeIfAbsent(
                      assignments.effective(standing.place()), name -> named(name, at));
              byHost.put(
                  host,
                  known.computeIfAbsent(
                      profile.name() + standing.switchedOn(),
                      key -> Weights.of(profile, checklist.rules(), standing.switchedOn())));
            });
    return byHost;
  }

  /** The version of a profile that is in force at an instant. */
  Profile named(String name, Instant at) {
    return ShippedProfile.named(name)
        .map(ShippedProfile::profile)
        .or(() -> store.find(name, at).map(ProfileStore.Version::profile))
        .orElse(Profile.EVERYTHING);
  }

  /** One version of a profile; empty if there is none. */
  Optional<Profile> version(String name, int version) {
    return ShippedProfile.named(name)
        .map(ShippedProfile::profile)
        .or(
            () ->
                store.versions(name).stream()
                    .filter(v -> v.version() == version)
                    .findFirst()
                    .map(ProfileStore.Version::profile));
  }

  Assignments assignments(Instant at) {
    OffsetDateTime time = at.atOffset(ZoneOffset.UTC);
    return new Assignments(
        jdbc.sql(
                "select group_id, environment, profile from profile_assignment"
                    + " where valid_from <= ? and valid_to > ?")
            .param(time)
            .param(time)
            .query(
                (row, n) ->
                    new Assignments.Rule(
                        row.getObject("group_id", Long.class),
                        row.getString("environment"),
                        row.getString("profile")))
            .list());
  }

  /**
   * What decides the scope of a host's checks, beside the assignments.
   *
   * @param switchedOn its optional readings
   */
  record Standing(String name, Assignments.Place place, Set<ReadingSwitch> switchedOn) {}

  /**
   * Where hosts stood at an instant. A host's own group is the one of then; what lies above that
   * group is today's tree.
   *
   * @param hostId null for all that were not decommissioned then
   */
  Map<Long, Standing> standings(Instant at, @Nullable Long hostId) {
    Map<Long, Standing> standings = new HashMap<>();
    jdbc.sql(
            """
            with recursive placed as (
              select hh.host_id, hh.name, hh.group_id, hh.environment, hh.readings
              from host_history hh
              where (cast(:host as bigint) is null and not hh.decommissioned or hh.host_id = :host)
                and hh.valid_from <= :at and hh.valid_to > :at),
            above as (
              select p.host_id, g.id, g.parent_id, 0 height
              from placed p join host_group g on g.id = p.group_id
              union all
              select a.host_id, g.id, g.parent_id, a.height + 1
              from above a join host_group g on g.id = a.parent_id)
            select p.host_id, p.name, p.environment, p.readings,
              coalesce((select array_agg(a.id order by a.height) from above a
                        where a.host_id = p.host_id), '{}') groups
            from placed p
            """)
        .param("host", hostId)
        .param("at", at.atOffset(ZoneOffset.UTC))
        .query(
            row -> {
              standings.put(
                  row.getLong("host_id"),
                  new Standing(
                      row.getString("name"),
                      new Assignments.Place(
                          List.of((Long[]) row.getArray("groups").getArray()),
                          row.getString("environment")),
                      Arrays.stream((String[]) row.getArray("readings").getArray())
                          .map(ReadingSwitch::of)
                          .collect(Collectors.toUnmodifiableSet())));
            });
    return standings;
  }

  /** How many checks are in scope on at least one host scored under one of these. */
  int union(Set<ScoreBasis> bases) {
    Checklist checklist = catalogues.current().checklist();
    return (int)
        bases.stream()
            .map(
                basis ->
                    version(basis.profile(), basis.profileVersion())
                        .map(p -> Weights.of(p, checklist.rules(), basis.switchedOn()))
                        .orElse(null))
            .filter(Objects::nonNull)
            .flatMap(weights -> weights.byCheck().keySet().stream())
            .distinct()
            .count();
  }
}
