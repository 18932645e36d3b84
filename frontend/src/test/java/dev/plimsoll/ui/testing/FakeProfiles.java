package dev.plimsoll.ui.testing;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.compliance.NoSuchProfile;
import dev.plimsoll.compliance.ProfilePreview.Effect;
import dev.plimsoll.compliance.ProfilePreview.Effects;
import dev.plimsoll.compliance.ProfileRecord;
import dev.plimsoll.compliance.ShippedProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Profiles held in memory: those that ship, and one of a company's own. */
final class FakeProfiles {
  static final ProfileRecord OWN =
      new ProfileRecord(
          "7",
          "Card data",
          3,
          false,
          "What the card scheme asks of hosts that hold card data.",
          own(),
          Instant.parse("2026-11-20T09:30:00Z"),
          "ada",
          2);
  static final List<ProfileRecord> ALL = all();
  static final Effects EFFECTS =
      new Effects(
          2,
          List.of(
              new Effect(1, "pay-01", "Everything", "Card data", 61.2, "F", 74.9, "F"),
              new Effect(2, "pay-02", "Everything", "Card data", 83.0, "B", 91.5, "A")));

  private FakeProfiles() {}

  static ProfileRecord get(String idOrName) {
    return ALL.stream()
        .filter(one -> one.id().equals(idOrName) || one.name().equals(idOrName))
        .findFirst()
        .orElseThrow(() -> new NoSuchProfile(idOrName));
  }

  static List<ProfileRecord> versions(String id) {
    ProfileRecord newest = get(id);
    List<ProfileRecord> versions = new ArrayList<>();
    for (int version = newest.version(); version > 0; version--) {
      versions.add(
          new ProfileRecord(
              newest.id(),
              newest.name(),
              version,
              newest.shipped(),
              newest.description(),
              newest.checks(),
              newest.changedAt(),
              newest.author(),
              newest.hosts()));
    }
    return versions;
  }

  private static Map<String, @Nullable Integer> own() {
    Map<String, @Nullable Integer> weights = new LinkedHashMap<>();
    weights.put("CTR-PRIV", null);
    weights.put("CTR-MEM", 10);
    return weights;
  }

  private static List<ProfileRecord> all() {
    List<ProfileRecord> all = new ArrayList<>();
    for (ShippedProfile profile : ShippedProfile.values()) {
      Map<String, @Nullable Integer> checks = new LinkedHashMap<>();
      for (Rule rule : Checklist.standard().rules()) {
        if (profile.weight(rule) != null) {
          checks.put(rule.id(), null);
        }
      }
      all.add(
          new ProfileRecord(
              profile.id(),
              profile.label(),
              1,
              true,
              profile.description(),
              checks,
              null,
              null,
              profile == ShippedProfile.EVERYTHING ? 10 : 0));
    }
    all.add(OWN);
    return all;
  }
}
