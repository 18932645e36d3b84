package dev.plimsoll.testing;

import dev.plimsoll.permission.Role;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/** Does something in the name of somebody who holds a role. */
public final class SignedIn {
  private final String name;
  private final Role role;

  private SignedIn(String name, Role role) {
    this.name = name;
    this.role = role;
  }

  /** Somebody of that name and role. */
  public static SignedIn as(String name, Role role) {
    return new SignedIn(name, role);
  }

  /** An administrator called {@code ada}. */
  public static SignedIn administrator() {
    return as("ada", Role.ADMINISTRATOR);
  }

  /** Calls the action and answers what it answers; whoever was signed in before is so again. */
  public <T> T get(Supplier<T> action) {
    SecurityContext before = SecurityContextHolder.getContext();
    SecurityContext own = SecurityContextHolder.createEmptyContext();
    List<SimpleGrantedAuthority> authorities =
        role.permissions().stream()
            .map(permission -> new SimpleGrantedAuthority(permission.name()))
            .toList();
    own.setAuthentication(
        UsernamePasswordAuthenticationToken.authenticated(name, null, authorities));
    SecurityContextHolder.setContext(own);
    try {
      return action.get();
    } finally {
      SecurityContextHolder.setContext(before);
    }
  }

  /** Runs the action. */
  public void run(Runnable action) {
    Boolean done =
        get(
            () -> {
              action.run();
              return true;
            });
    assert done;
  }
}
