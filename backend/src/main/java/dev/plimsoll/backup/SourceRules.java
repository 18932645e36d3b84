package dev.plimsoll.backup;

import dev.plimsoll.backup.source.Access;
import dev.plimsoll.backup.source.Location;
import dev.plimsoll.backup.source.Mapping;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.InvalidInput.FieldError;
import dev.plimsoll.fleet.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What a source's description must be; gathers everything that is wrong and repeats no secret. */
final class SourceRules {
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_SECRET = 4096;
  private static final long SHORTEST_INTERVAL = 60;
  private static final long LONGEST_INTERVAL = 604_800;
  private static final long SHORTEST_CHECK = 3600;
  private static final long LONGEST_CHECK = 31_536_000;

  /** None of these names a program to run or a file to read. */
  private static final Set<String> ENVIRONMENT =
      new TreeSet<>(
          Set.of(
              "AWS_ACCESS_KEY_ID",
              "AWS_SECRET_ACCESS_KEY",
              "AWS_SESSION_TOKEN",
              "AWS_DEFAULT_REGION",
              "AZURE_ACCOUNT_NAME",
              "AZURE_ACCOUNT_KEY",
              "AZURE_ACCOUNT_SAS",
              "B2_ACCOUNT_ID",
              "B2_ACCOUNT_KEY",
              "GOOGLE_ACCESS_TOKEN",
              "GOOGLE_PROJECT_ID",
              "RESTIC_REST_USERNAME",
              "RESTIC_REST_PASSWORD"));

  private final List<FieldError> errors = new ArrayList<>();

  private SourceRules() {}

  /**
   * A description that can be stored.
   *
   * @param mapping JSON, as it is stored
   */
  record Checked(
      String name,
      SourceType type,
      Location location,
      Access access,
      String mapping,
      @Nullable TargetType target,
      long intervalSeconds,
      @Nullable Long checkSeconds) {}

  /**
   * Checks a draft.
   *
   * @throws InvalidInput naming every bad field
   */
  static Checked check(SourceDraft draft) {
    return new SourceRules().read(draft);
  }

  private Checked read(SourceDraft draft) {
    String name = draft.name().strip();
    if (name.isEmpty()
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      reject(
          "name",
          "is empty, longer than "
              + LONGEST_NAME
              + " characters or has a control character. Give another.");
    }
    if (draft.type() == SourceType.HEARTBEAT) {
      reject("type", "\"heartbeat\" is none that is read. Give restic, borg or archives.");
    }
    Location location = location(draft);
    secrets(draft);
    Mapping mapping = mapping(draft);
    range("intervalSeconds", draft.intervalSeconds(), SHORTEST_INTERVAL, LONGEST_INTERVAL);
    Long check = draft.checkSeconds();
    if (check != null) {
      if (draft.type() == SourceType.RESTIC) {
        range("checkEverySeconds", check, SHORTEST_CHECK, LONGEST_CHECK);
      } else {
        reject("checkEverySeconds", "is for restic repositories. Leave it out.");
      }
    }
    if (location == null || mapping == null || !errors.isEmpty()) {
      throw new InvalidInput(errors);
    }
    return new Checked(
        name,
        draft.type(),
        location,
        new Access(location.text(), draft.password(), draft.environment()),
        new JsonMapper().writeValueAsString(mapping.toJson()),
        draft.target(),
        draft.intervalSeconds(),
        check);
  }

  private @Nullable Location location(SourceDraft draft) {
    try {
      return Location.parse(draft.type(), draft.location());
    } catch (IllegalArgumentException e) {
      reject("location", String.valueOf(e.getMessage()));
      return null;
    }
  }

  private @Nullable Mapping mapping(SourceDraft draft) {
    try {
      return Mapping.parse(draft.type(), draft.mapping());
    } catch (InvalidInput e) {
      errors.addAll(e.errors());
      return null;
    }
  }

  private void secrets(SourceDraft draft) {
    String password = draft.password();
    if (draft.type() == SourceType.RESTIC && (password == null || password.isEmpty())) {
      reject("password", "is missing. A restic repository opens with its password only.");
    } else if (draft.type() == SourceType.ARCHIVES && password != null) {
      reject("password", "has no use: archives are listed and not opened. Leave it out.");
    } else if (password != null && !secret(password)) {
      reject("password", unfit());
    }
    for (Map.Entry<String, String> entry : draft.environment().entrySet()) {
      String field = "environment." + Shown.of(entry.getKey());
      if (!ENVIRONMENT.contains(entry.getKey())) {
        reject(field, "is none that can be given. Give some of " + ENVIRONMENT + ".");
      } else if (!secret(entry.getValue())) {
        reject(field, unfit());
      }
    }
  }

  private static boolean secret(String text) {
    return text.length() <= LONGEST_SECRET && text.chars().noneMatch(Character::isISOControl);
  }

  private static String unfit() {
    return "is longer than " + LONGEST_SECRET + " characters or has a control character.";
  }

  private void range(String field, long seconds, long shortest, long longest) {
    if (seconds < shortest || seconds > longest) {
      reject(
          field, seconds + " is out of range. Give " + shortest + " to " + longest + " seconds.");
    }
  }

  private void reject(String field, String message) {
    errors.add(new FieldError(field, message));
  }
}
