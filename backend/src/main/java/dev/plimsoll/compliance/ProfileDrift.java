package dev.plimsoll.compliance;

import dev.plimsoll.checklist.ReadingSwitch;
import dev.plimsoll.permission.PortalItself;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds the hosts whose last score speaks of something else than it would now: because a profile
 * changed, who is assigned which, the host's place or optional readings, or the tree of groups.
 */
@Component
@PortalItself
class ProfileDrift {
  private final JdbcClient jdbc;
  private final HostProfiles profiles;
  private final Rejudging rejudging;

  ProfileDrift(JdbcClient jdbc, HostProfiles profiles, Rejudging rejudging) {
    this.jdbc = jdbc;
    this.profiles = profiles;
    this.rejudging = rejudging;
  }

  /** Has them judged anew, in the transaction of the change. */
  @Transactional(propagation = Propagation.MANDATORY)
  void rejudge(Instant at) {
    Assignments assignments = profiles.assignments(at);
    Map<String, Profile> named = new HashMap<>();
    Map<Long, Scope> scored = scored();
    List<Long> drifted = new ArrayList<>();
    profiles
        .standings(at, null)
        .forEach(
            (host, standing) -> {
              Profile profile =
                  named.computeIfAbsent(
                      assignments.effective(standing.place()), name -> profiles.named(name, at));
              Scope before = scored.get(host);
              if (before != null
                  && !before.equals(
                      new Scope(
                          new ProfileLabel(profile.name(), profile.version()),
                          standing.switchedOn()))) {
                drifted.add(host);
              }
            });
    if (!drifted.isEmpty()) {
      rejudging.request(drifted);
    }
  }

  private Map<Long, Scope> scored() {
    Map<Long, Scope> scopes = new HashMap<>();
    jdbc.sql(
            "select h.id, s.profile, s.profile_version, s.readings from host h join lateral ("
                + " select profile, profile_version, readings from score"
                + " where scope = 'HOST' and scope_id = h.id order by at desc limit 1) s on true"
                + " where h.decommissioned_at is null")
        .query(
            row -> {
              scopes.put(
                  row.getLong("id"),
                  new Scope(
                      new ProfileLabel(row.getString("profile"), row.getInt("profile_version")),
                      Arrays.stream((String[]) row.getArray("readings").getArray())
                          .map(ReadingSwitch::of)
                          .collect(Collectors.toUnmodifiableSet())));
            });
    return scopes;
  }

  private record Scope(ProfileLabel profile, Set<ReadingSwitch> switchedOn) {}
}
