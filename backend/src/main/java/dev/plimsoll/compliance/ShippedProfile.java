package dev.plimsoll.compliance;

import dev.plimsoll.checklist.Benchmark;
import dev.plimsoll.checklist.Rule;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Profiles that come with the portal. They are derived from the catalogue and follow it: a check
 * that is added to it is added to them, with the weight of its severity.
 */
public enum ShippedProfile implements Choice {
  EVERYTHING("everything", "Everything", "Every check of the catalogue and every own check."),
  CIS_DOCKER_1_8(
      "cis-docker-1.8",
      "CIS Docker 1.8",
      "Checks that answer to a recommendation of CIS Docker Benchmark 1.8."),
  CIS_DOCKER_1_6(
      "cis-docker-1.6",
      "CIS Docker 1.6",
      "Checks that answer to a recommendation of CIS Docker Benchmark 1.6, which 1.7 numbers alike."),
  NIST_SP_800_190(
      "nist-sp-800-190", "NIST SP 800-190", "Checks that answer to a section of NIST SP 800-190."),
  ESSENTIALS(
      "essentials",
      "Essentials",
      "What matters most: an ordinary user, no set-id files, namespaces, scanned images, and"
          + " storage that survives.");

  private final String id;
  private final String label;
  private final String description;

  ShippedProfile(String id, String label, String description) {
    this.id = id;
    this.label = label;
    this.description = description;
  }

  /** The one that is called so, ignoring case. */
  static Optional<ShippedProfile> named(String name) {
    return Arrays.stream(values()).filter(one -> one.label.equalsIgnoreCase(name)).findFirst();
  }

  /** Opaque ID, as the API gives it. */
  public String id() {
    return id;
  }

  /** The profile's name. */
  public String label() {
    return label;
  }

  /** What it covers, in one sentence. */
  public String description() {
    return description;
  }

  /** As a profile; its version is always 1, for the number of the catalogue tells its content. */
  public Profile profile() {
    return new Profile(label, 1, this);
  }

  @Override
  public @Nullable Integer weight(Rule rule) {
    return covers(rule) ? (Integer) rule.weight() : null;
  }

  private boolean covers(Rule rule) {
    return switch (this) {
      case EVERYTHING -> true;
      case CIS_DOCKER_1_8 -> answersTo(rule, Benchmark.CIS_DOCKER_1_8.source());
      case CIS_DOCKER_1_6 -> answersTo(rule, Benchmark.CIS_DOCKER_1_6.source());
      case NIST_SP_800_190 -> answersTo(rule, "NIST SP 800-190");
      case ESSENTIALS -> rule.step() != null;
    };
  }

  private static boolean answersTo(Rule rule, String benchmark) {
    return rule.references().stream().anyMatch(reference -> reference.source().equals(benchmark));
  }
}
