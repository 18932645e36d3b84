package dev.plimsoll.access;

import dev.plimsoll.permission.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.CredentialsContainer;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

/**
 * Who is signed in: the principal of a session or of an API call. Its authorities are the names of
 * its permissions, and {@code ROLE_…} for each role.
 */
public final class PortalUser implements UserDetails, CredentialsContainer {
  private static final long serialVersionUID = 1L;

  private final long id;
  private final String name;
  private @Nullable String passwordHash;
  private final TreeSet<Role> roles;
  private final boolean enabled;
  private final int version;

  PortalUser(
      long id,
      String name,
      @Nullable String passwordHash,
      Set<Role> roles,
      boolean enabled,
      int version) {
    this.id = id;
    this.name = name;
    this.passwordHash = passwordHash;
    this.roles = new TreeSet<>(roles);
    this.enabled = enabled;
    this.version = version;
  }

  /** The user's ID; 0 for the token that the environment gives. */
  public long id() {
    return id;
  }

  /** The user's roles at sign-in; when they change, the session ends. */
  public Set<Role> roles() {
    return Set.copyOf(roles);
  }

  int version() {
    return version;
  }

  @Override
  public Collection<? extends GrantedAuthority> getAuthorities() {
    List<GrantedAuthority> authorities = new ArrayList<>();
    for (Role role : roles) {
      authorities.add(new SimpleGrantedAuthority("ROLE_" + role.name()));
    }
    roles.stream()
        .flatMap(role -> role.permissions().stream())
        .distinct()
        .forEach(permission -> authorities.add(new SimpleGrantedAuthority(permission.name())));
    return authorities;
  }

  @Override
  public @Nullable String getPassword() {
    return passwordHash;
  }

  @Override
  public String getUsername() {
    return name;
  }

  @Override
  public boolean isEnabled() {
    return enabled;
  }

  @Override
  public void eraseCredentials() {
    passwordHash = null;
  }

  @Override
  public String toString() {
    return "PortalUser[" + id + " " + name + " " + roles + "]";
  }
}
