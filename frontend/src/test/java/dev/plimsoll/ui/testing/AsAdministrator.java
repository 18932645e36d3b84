package dev.plimsoll.ui.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.security.test.context.support.WithMockUser;

/** Signed in with the role administrator. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@WithMockUser(
    username = "administrator",
    authorities = {
      "ROLE_ADMINISTRATOR",
      "READ",
      "COLLECT",
      "TRIAGE",
      "MANAGE_BACKUPS",
      "MANAGE_HOSTS",
      "MANAGE_CHECKS",
      "MANAGE_PEOPLE",
      "READ_AUDIT",
      "READ_METRICS"
    })
public @interface AsAdministrator {}
