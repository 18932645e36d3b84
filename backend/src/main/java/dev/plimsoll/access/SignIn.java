package dev.plimsoll.access;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/**
 * Signs people in by name and password. Whatever was wrong, the answer is the same; every attempt
 * is audited, and guessing is slowed down ({@link SignInRefused}).
 */
@Component
class SignIn implements AuthenticationProvider {
  private static final int LONGEST_NAME = 100;

  private final DaoAuthenticationProvider passwords;
  private final SignInFailures failures;

  SignIn(AppUsers users, PasswordEncoder encoder, SignInFailures failures) {
    this.passwords =
        new DaoAuthenticationProvider(
            name ->
                users
                    .findByNameIgnoreCase(recordable(name))
                    .map(AppUser::toPortalUser)
                    .orElseThrow(() -> new UsernameNotFoundException("No such user")));
    this.passwords.setPasswordEncoder(encoder);
    this.failures = failures;
  }

  @Override
  public Authentication authenticate(Authentication attempt) {
    String name = recordable(attempt.getName());
    String address = address(attempt);
    Optional<Instant> refusedUntil = failures.begin(name, address);
    if (refusedUntil.isPresent()) {
      throw new SignInRefused(refusedUntil.get());
    }
    Authentication signedIn;
    try {
      signedIn = passwords.authenticate(attempt);
    } catch (InternalAuthenticationServiceException e) {
      throw e;
    } catch (AuthenticationException e) {
      failures.failed(name, address);
      throw new BadCredentialsException("The name or the password is wrong.", e);
    }
    if (signedIn == null || !(signedIn.getPrincipal() instanceof PortalUser user)) {
      throw new InternalAuthenticationServiceException("The password check answered nobody");
    }
    failures.succeeded(user, name, address);
    return signedIn;
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
  }

  /** A stranger's text as the trail can hold it. */
  private static String recordable(String typed) {
    String printable = typed.replaceAll("\\p{Cntrl}", "?");
    return printable.length() > LONGEST_NAME ? printable.substring(0, LONGEST_NAME) : printable;
  }

  private static String address(Authentication attempt) {
    @Nullable Object details = attempt.getDetails();
    return details instanceof WebAuthenticationDetails web && web.getRemoteAddress() != null
        ? web.getRemoteAddress()
        : "unknown";
  }
}
