package dev.plimsoll.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.springframework.core.env.Environment;

/**
 * Reads settings before there is an application context. A setting {@code plimsoll.x-y} is the
 * variable {@code PLIMSOLL_X_Y}, or the first lines of the file that {@code PLIMSOLL_X_Y_FILE}
 * names. Empty counts as not given.
 */
record StartupSettings(Environment environment) {
  /**
   * The value as given, or as the file holds it, without white space around it.
   *
   * @throws StartupRefusal if both are given, or the file cannot be read or is empty
   */
  Optional<String> text(String property) {
    Optional<String> value = given(property);
    Optional<String> file = given(property + "-file");
    if (file.isEmpty()) {
      return value;
    }
    if (value.isPresent()) {
      throw new StartupRefusal(
          "%1$s and %1$s_FILE are both set: give one of them.".formatted(variable(property)));
    }
    try {
      String content = Files.readString(Path.of(file.get())).strip();
      if (content.isEmpty()) {
        throw new StartupRefusal(
            "%s_FILE names %s, which is empty.".formatted(variable(property), file.get()));
      }
      return Optional.of(content);
    } catch (IOException e) {
      throw new StartupRefusal(
          "%s_FILE names %s, which cannot be read (%s)."
              .formatted(variable(property), file.get(), e.getClass().getSimpleName()),
          e);
    }
  }

  /** The environment variable of a property, as people know it. */
  static String variable(String property) {
    return property.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  private Optional<String> given(String property) {
    return Optional.ofNullable(environment.getProperty(property))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }
}
