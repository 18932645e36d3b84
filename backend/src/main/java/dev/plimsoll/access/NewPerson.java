package dev.plimsoll.access;

import dev.plimsoll.permission.Role;
import java.util.Set;

/**
 * An account that somebody asks for.
 *
 * @param name 1 to 100 characters, unique ignoring case
 * @param password 12 characters to 72 bytes of UTF-8
 * @param roles at least one
 */
public record NewPerson(String name, String password, Set<Role> roles) {
  public NewPerson {
    roles = Set.copyOf(roles);
  }

  @Override
  public String toString() {
    return "NewPerson[" + name + " " + roles + "]";
  }
}
