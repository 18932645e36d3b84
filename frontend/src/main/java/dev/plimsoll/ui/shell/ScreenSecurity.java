package dev.plimsoll.ui.shell;

import com.vaadin.flow.spring.security.VaadinSecurityConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer.AuthorizedUrl;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Locks the screens: everybody signs in first. What no earlier chain claims (the API and the
 * actuator have their own) comes here.
 */
@Configuration(proxyBeanMethods = false)
class ScreenSecurity {
  @Bean
  @Order(Ordered.LOWEST_PRECEDENCE)
  SecurityFilterChain screens(HttpSecurity http) throws Exception {
    http.authorizeHttpRequests(
        requests ->
            requests
                .requestMatchers(
                    "/plimsoll.css", "/plimsoll.svg", "/plimsoll-*.js", "/webjars/**", "/aura/**")
                .permitAll());
    return http.with(
            VaadinSecurityConfigurer.vaadin(),
            vaadin ->
                vaadin
                    .loginView(SignInView.class)
                    // An address where nothing is gets the portal's own answer.
                    .anyRequest(AuthorizedUrl::authenticated))
        .build();
  }
}
