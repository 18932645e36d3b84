package dev.plimsoll.access;

import dev.plimsoll.permission.Permission;
import java.time.Clock;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;

/**
 * The doors for programs: {@code /api} and {@code /actuator}, by bearer token alone. What people
 * open in a browser has a chain of its own, after these.
 */
@Configuration(proxyBeanMethods = false)
class ApiSecurity {
  private static final int BCRYPT_STRENGTH = 12;

  private final BearerTokenFilter bearer;
  private final ProblemResponses problems;

  ApiSecurity(
      EnvironmentToken environmentToken, ApiTokens tokens, ProblemResponses problems, Clock clock) {
    this.bearer = new BearerTokenFilter(environmentToken, tokens, problems, clock);
    this.problems = problems;
  }

  /** Names the algorithm in the hash, so that a later one can take over. */
  @Bean
  static PasswordEncoder passwordEncoder() {
    return new DelegatingPasswordEncoder(
        "bcrypt", Map.of("bcrypt", new BCryptPasswordEncoder(BCRYPT_STRENGTH)));
  }

  @Bean
  @Order(1)
  SecurityFilterChain apiSecurityFilterChain(HttpSecurity http) {
    return byToken(http, "/api/**")
        .authorizeHttpRequests(
            requests ->
                requests
                    // The address itself is the secret, for jobs that know no headers.
                    .requestMatchers(
                        HttpMethod.POST, "/api/v1/heartbeats/*", "/api/v1/heartbeats/*/*")
                    .permitAll()
                    .anyRequest()
                    .authenticated())
        .build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain actuatorSecurityFilterChain(HttpSecurity http) {
    return byToken(http, "/actuator/**")
        .authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers("/actuator/health", "/actuator/health/**")
                    .permitAll()
                    .requestMatchers("/actuator/prometheus")
                    .hasAuthority(Permission.READ_METRICS.name())
                    .anyRequest()
                    .denyAll())
        .build();
  }

  private HttpSecurity byToken(HttpSecurity http, String paths) {
    return http.securityMatcher(paths)
        // No cookie signs a request in here, so none can be forged.
        .csrf(AbstractHttpConfigurer::disable)
        .formLogin(AbstractHttpConfigurer::disable)
        .httpBasic(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .exceptionHandling(
            handling -> handling.authenticationEntryPoint(problems).accessDeniedHandler(problems))
        .addFilterBefore(bearer, AnonymousAuthenticationFilter.class);
  }
}
