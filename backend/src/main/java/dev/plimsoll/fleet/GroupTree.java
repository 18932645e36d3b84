package dev.plimsoll.fleet;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds groups by path and grows the tree where one is missing. */
@Component
class GroupTree {
  private static final long LOCK = 0x706c6d_67726f75L;

  private final GroupRepository groups;
  private final JdbcClient jdbc;
  private final Clock clock;

  GroupTree(GroupRepository groups, JdbcClient jdbc, Clock clock) {
    this.groups = groups;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Lets one transaction at a time change the tree's shape. */
  void lock() {
    jdbc.sql("select pg_advisory_xact_lock(:lock)").param("lock", LOCK).query().listOfRows();
  }

  /** The group of that path, ignoring case. */
  Optional<HostGroup> find(List<String> names) {
    return groups.findByPath(String.join("/", names));
  }

  /** The group of that path, made where absent, and those above it. */
  HostGroup findOrCreate(List<String> names) {
    Optional<HostGroup> existing = find(names);
    if (existing.isPresent()) {
      return existing.get();
    }
    lock();
    @Nullable HostGroup group = null;
    for (int depth = 1; depth <= names.size(); depth++) {
      @Nullable HostGroup parent = group;
      String name = names.get(depth - 1);
      group =
          find(names.subList(0, depth))
              .orElseGet(() -> groups.save(new HostGroup(parent, name, clock.instant())));
    }
    groups.flush();
    if (group == null) {
      throw new IllegalArgumentException("A path has at least one name");
    }
    return group;
  }
}
