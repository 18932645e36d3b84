package dev.plimsoll.permission;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What people are to Plimsoll, and what that lets them do. */
public enum Role {
  /** Sees everything but the audit trail and people. */
  VIEWER,
  /** A program that makes backups: it reports them and sees nothing. */
  REPORTER,
  /** Works on findings, and vouches for what no machine can see. */
  ANALYST,
  /** May do everything. */
  ADMINISTRATOR;

  /** The rights that the role grants. */
  public Set<Permission> permissions() {
    return switch (this) {
      case VIEWER -> EnumSet.of(Permission.READ);
      case REPORTER -> EnumSet.of(Permission.REPORT_BACKUPS);
      case ANALYST ->
          EnumSet.of(
              Permission.READ,
              Permission.COLLECT,
              Permission.TRIAGE,
              Permission.ATTEST,
              Permission.REPORT_BACKUPS,
              Permission.MANAGE_BACKUPS);
      case ADMINISTRATOR -> EnumSet.allOf(Permission.class);
    };
  }

  /** The role as the API and the screens spell it: {@code viewer}, {@code analyst}, … */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
