package dev.plimsoll.access;

import dev.plimsoll.home.PortalSettings;
import dev.plimsoll.permission.Role;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The token with all rights that {@code PLIMSOLL_ADMIN_TOKEN} may give, for automation. */
@Component
class EnvironmentToken {
  /** The actor of what is done with it. */
  static final String ACTOR = "admin-token";

  private final byte @Nullable [] sha256;

  EnvironmentToken(PortalSettings settings) {
    this.sha256 = settings.adminToken().map(token -> TokenText.sha256(token.value())).orElse(null);
  }

  /** Who holds the token, if it is this one; takes the same time whatever is presented. */
  Optional<PortalUser> owner(String token) {
    if (sha256 == null || !MessageDigest.isEqual(sha256, TokenText.sha256(token))) {
      return Optional.empty();
    }
    return Optional.of(new PortalUser(0, ACTOR, null, Set.of(Role.ADMINISTRATOR), true, 0));
  }
}
