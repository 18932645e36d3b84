package dev.plimsoll.permission;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.core.annotation.AnnotationTemplateExpressionDefaults;

/** Makes {@link Requires} checked before a service method runs. */
@Configuration(proxyBeanMethods = false)
@EnableMethodSecurity
class PermissionConfiguration {
  /** Fills {@code {value}} in the expression of {@link Requires}. */
  @Bean
  static AnnotationTemplateExpressionDefaults annotationTemplates() {
    return new AnnotationTemplateExpressionDefaults();
  }
}
