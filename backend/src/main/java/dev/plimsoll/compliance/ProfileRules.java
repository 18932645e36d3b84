package dev.plimsoll.compliance;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.Mode;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.InvalidInput.FieldError;
import dev.plimsoll.fleet.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a profile may be called and hold. */
final class ProfileRules {
  static final int HEAVIEST = 1000;
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_DESCRIPTION = 1000;

  private ProfileRules() {}

  /**
   * A name for a new profile.
   *
   * @throws InvalidInput if it cannot be one
   */
  static String name(String typed) {
    String name = typed.strip();
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      throw new InvalidInput(
          "name", "has " + name.length() + " characters. Give between 1 and " + LONGEST_NAME + ".");
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidInput("name", "holds control characters. Give it on one line.");
    }
    if (ShippedProfile.named(name).isPresent() || name.equalsIgnoreCase(Profile.MIXED)) {
      throw new InvalidInput(
          "name", "\"" + Shown.of(name) + "\" is the portal's own name. Choose another.");
    }
    return name;
  }

  /**
   * Refuses what a profile cannot hold.
   *
   * @param before checks that may stay although the catalogue has none of that ID any more
   * @throws InvalidInput naming every bad check and weight
   */
  static void check(
      String description,
      Map<String, @Nullable Integer> weights,
      Set<String> before,
      Checklist checklist) {
    List<FieldError> errors = new ArrayList<>();
    if (description.length() > LONGEST_DESCRIPTION || description.indexOf('\0') >= 0) {
      errors.add(
          new FieldError(
              "description",
              "has "
                  + description.length()
                  + " characters. Give at most "
                  + LONGEST_DESCRIPTION
                  + " and no NUL."));
    }
    if (weights.isEmpty()) {
      errors.add(
          new FieldError("checks", "is empty, and nothing would be scored. Give at least one."));
    }
    Map<String, Rule> rules =
        checklist.rules().stream().collect(Collectors.toMap(Rule::id, Function.identity()));
    weights.forEach(
        (id, weight) -> {
          Rule rule = rules.get(id);
          String field = "checks." + Shown.of(id);
          if (rule == null && !before.contains(id)) {
            errors.add(
                new FieldError(field, "is no check that counts. GET /api/v1/checks lists all."));
          } else if (weight != null && rule != null && rule.mode() == Mode.ADVISORY) {
            errors.add(
                new FieldError(
                    field, "is advisory and costs nothing. Give null, or leave it out."));
          } else if (weight != null && (weight < 1 || weight > HEAVIEST)) {
            errors.add(
                new FieldError(
                    field,
                    weight
                        + " is no weight. Give 1 to "
                        + HEAVIEST
                        + ", null for that of its severity, or leave the check out."));
          }
        });
    if (!errors.isEmpty()) {
      throw new InvalidInput(errors);
    }
  }
}
