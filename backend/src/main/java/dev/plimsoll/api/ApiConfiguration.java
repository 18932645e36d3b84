package dev.plimsoll.api;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What stands around every call: body limit, idempotency, strict parameters, description. */
@Configuration(proxyBeanMethods = false)
class ApiConfiguration implements WebMvcConfigurer {
  private static final String PATHS = "/api/*";
  private static final String SCHEME = "token";

  /** After the security chains, whose order it follows: strangers must not make us read. */
  private static final int AFTER_SECURITY = SecurityFilterProperties.DEFAULT_FILTER_ORDER + 10;

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new UnknownParameters()).addPathPatterns("/api/**");
  }

  @Bean
  static FilterRegistrationBean<BodyLimitFilter> bodyLimit(
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    FilterRegistrationBean<BodyLimitFilter> registration =
        new FilterRegistrationBean<>(new BodyLimitFilter(problems));
    registration.addUrlPatterns(PATHS);
    registration.setOrder(AFTER_SECURITY);
    return registration;
  }

  @Bean
  static FilterRegistrationBean<IdempotencyFilter> idempotency(
      FirstAnswers answers,
      RequestFingerprint fingerprints,
      TransactionTemplate transaction,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    FilterRegistrationBean<IdempotencyFilter> registration =
        new FilterRegistrationBean<>(
            new IdempotencyFilter(answers, fingerprints, transaction, problems));
    registration.addUrlPatterns(PATHS);
    registration.setOrder(AFTER_SECURITY + 1);
    return registration;
  }

  @Bean
  static OpenAPI openApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Plimsoll")
                .version("v1")
                .description(
                    "Docker hosts, what runs there, how it measures against the checklist. IDs are"
                        + " opaque texts; times are ISO-8601 in UTC; errors are problem details"
                        + " (RFC 9457)."))
        .components(
            new Components()
                .addSecuritySchemes(
                    SCHEME, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer")))
        .addSecurityItem(new SecurityRequirement().addList(SCHEME));
  }
}
