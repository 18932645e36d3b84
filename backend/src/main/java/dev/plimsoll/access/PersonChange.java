package dev.plimsoll.access;

import dev.plimsoll.permission.Role;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What to set of an account, by the rules of {@link NewPerson}; nulls leave things as they are. */
public record PersonChange(
    @Nullable String name,
    @Nullable String password,
    @Nullable Set<Role> roles,
    @Nullable Boolean enabled) {
  public PersonChange {
    roles = roles == null ? null : Set.copyOf(roles);
  }

  @Override
  public String toString() {
    return "PersonChange[" + name + " " + roles + " " + enabled + "]";
  }
}
