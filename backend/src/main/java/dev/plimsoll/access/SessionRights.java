package dev.plimsoll.access;

import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts {@link FreshRights} behind the security chains, where it is known who asks. */
@Configuration(proxyBeanMethods = false)
class SessionRights {
  @Bean
  static FilterRegistrationBean<FreshRights> freshRights(JdbcClient jdbc) {
    FilterRegistrationBean<FreshRights> registration =
        new FilterRegistrationBean<>(new FreshRights(jdbc));
    registration.setOrder(SecurityFilterProperties.DEFAULT_FILTER_ORDER + 1);
    return registration;
  }
}
