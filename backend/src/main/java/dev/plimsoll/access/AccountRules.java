package dev.plimsoll.access;

import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.permission.Role;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What names, passwords and roles must be; gathers everything that is wrong. */
final class AccountRules {
  private static final int NAME_LENGTH = 100;
  private static final int PASSWORD_CHARACTERS = 12;

  /** bcrypt reads no further. */
  private static final int PASSWORD_BYTES = 72;

  private final List<InvalidInput.FieldError> errors = new ArrayList<>();

  void name(String name) {
    if (name.isBlank()) {
      reject("name", "is empty. Give the name to sign in with.");
    } else if (!name.equals(name.strip())) {
      reject("name", "\"" + name + "\" begins or ends with a space. Leave the spaces out.");
    } else if (name.length() > NAME_LENGTH) {
      reject("name", "has " + name.length() + " characters. Use at most " + NAME_LENGTH + ".");
    } else if (name.chars().anyMatch(Character::isISOControl)) {
      reject("name", "holds a control character. Use letters, digits and punctuation.");
    }
  }

  void password(String password) {
    int characters = password.codePointCount(0, password.length());
    int bytes = password.getBytes(StandardCharsets.UTF_8).length;
    if (characters < PASSWORD_CHARACTERS) {
      reject(
          "password",
          "has " + characters + " characters. Use at least " + PASSWORD_CHARACTERS + ".");
    } else if (bytes > PASSWORD_BYTES) {
      reject("password", "has " + bytes + " bytes. Use at most " + PASSWORD_BYTES + ".");
    }
  }

  void roles(Set<Role> roles) {
    if (roles.isEmpty()) {
      reject("roles", "is empty. Give at least one of viewer, analyst, administrator.");
    }
  }

  void reject(String field, String message) {
    errors.add(new InvalidInput.FieldError(field, message));
  }

  /** Throws what was gathered, if anything. */
  void check() {
    if (!errors.isEmpty()) {
      throw new InvalidInput(errors);
    }
  }
}
