package dev.plimsoll.ui.shell;

import com.vaadin.flow.spring.annotation.SpringComponent;
import com.vaadin.flow.spring.security.AuthenticationContext;
import dev.plimsoll.permission.Permission;

/**
 * What whoever is signed in may do, so that screens offer nothing that would be refused. The
 * services check again.
 */
@SpringComponent
public class Rights {
  private final AuthenticationContext authentication;

  Rights(AuthenticationContext authentication) {
    this.authentication = authentication;
  }

  /** Whether they hold the permission. */
  public boolean may(Permission permission) {
    return authentication.hasAuthority(permission.name());
  }

  /** Their name, as findings are assigned to it. */
  public String name() {
    return authentication
        .getPrincipalName()
        .orElseThrow(() -> new IllegalStateException("nobody is signed in"));
  }
}
