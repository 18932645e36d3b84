package dev.plimsoll.ui.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.security.test.context.support.WithMockUser;

/** Signed in with the role analyst. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@WithMockUser(
    username = "analyst",
    authorities = {"ROLE_ANALYST", "READ", "COLLECT", "TRIAGE", "ATTEST", "MANAGE_BACKUPS"})
public @interface AsAnalyst {}
