package dev.plimsoll.access;

import dev.plimsoll.permission.Role;
import java.time.Instant;
import java.util.Set;

/** An account, without its secrets. */
public record Person(long id, String name, Set<Role> roles, boolean enabled, Instant createdAt) {
  public Person {
    roles = Set.copyOf(roles);
  }
}
