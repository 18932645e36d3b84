package dev.plimsoll.home;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What this portal process was told to do and be.
 *
 * @param roles at least one
 * @param collectConcurrency how many hosts are worked on at the same time, 1 to 1,000: hosts that
 *     are waited for do not count
 * @param adminPassword for the first start
 * @param adminToken empty where automation has none
 */
public record PortalSettings(
    Set<PortalRole> roles,
    int collectConcurrency,
    FirstPassword adminPassword,
    Optional<AdminToken> adminToken) {

  private static final String ROLES = "plimsoll.roles";
  private static final String CONCURRENCY = "plimsoll.collect-concurrency";

  static PortalSettings from(StartupSettings settings, PlimsollHome home) {
    return new PortalSettings(
        settings.text(ROLES).map(PortalSettings::roles).orElse(EnumSet.allOf(PortalRole.class)),
        settings
            .text(CONCURRENCY)
            .map(PortalSettings::concurrency)
            .orElseGet(PortalSettings::ofThisMachine),
        settings
            .text("plimsoll.admin-password")
            .<FirstPassword>map(FirstPassword.Given::new)
            .orElseGet(() -> new FirstPassword.Generated(home)),
        settings.text("plimsoll.admin-token").map(PortalSettings::token));
  }

  private static Set<PortalRole> roles(String text) {
    Set<PortalRole> roles = EnumSet.noneOf(PortalRole.class);
    for (String name : text.split(",", -1)) {
      switch (name.strip().toLowerCase(Locale.ROOT)) {
        case "web" -> roles.add(PortalRole.WEB);
        case "collector" -> roles.add(PortalRole.COLLECTOR);
        default ->
            throw new StartupRefusal(
                "PLIMSOLL_ROLES is \"%s\": give web, collector, or both with a comma between."
                    .formatted(text));
      }
    }
    return roles;
  }

  /** Half of the work is the database's, so that twice the processors keep them all busy. */
  private static int ofThisMachine() {
    return Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
  }

  private static int concurrency(String text) {
    if (text.matches("\\d{1,4}")) {
      int number = Integer.parseInt(text);
      if (number >= 1 && number <= 1_000) {
        return number;
      }
    }
    throw new StartupRefusal(
        "PLIMSOLL_COLLECT_CONCURRENCY is \"%s\": give a number from 1 to 1000.".formatted(text));
  }

  private static AdminToken token(String text) {
    if (!text.matches("[\\x21-\\x7e]+")) {
      throw new StartupRefusal(
          "PLIMSOLL_ADMIN_TOKEN holds characters that a request's header cannot carry: use letters, digits and punctuation of ASCII.");
    }
    return new AdminToken(text);
  }
}
