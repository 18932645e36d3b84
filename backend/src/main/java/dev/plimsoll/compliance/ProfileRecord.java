package dev.plimsoll.compliance;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One version of a profile.
 *
 * @param id opaque
 * @param shipped whether it comes with the portal: it follows the catalogue, and only a copy of it
 *     can be changed
 * @param checks the checks in scope; null for the weight of the check's severity
 * @param changedAt since when this version is in force; null for one that ships
 * @param author who made this version; null for one that ships
 * @param hosts how many hosts have it now
 */
public record ProfileRecord(
    String id,
    String name,
    int version,
    boolean shipped,
    String description,
    Map<String, @Nullable Integer> checks,
    @Nullable Instant changedAt,
    @Nullable String author,
    int hosts) {
  public ProfileRecord {
    checks = Collections.unmodifiableMap(new LinkedHashMap<>(checks));
  }

  /** The same choice under another name. */
  public ProfileRecord named(String otherName, String otherDescription) {
    return new ProfileRecord(
        id, otherName, version, shipped, otherDescription, checks, changedAt, author, hosts);
  }
}
