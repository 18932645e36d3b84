package dev.plimsoll.fleet;

import dev.plimsoll.checklist.ReadingSwitch;
import dev.plimsoll.fleet.InvalidInput.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a host's description must be; gathers everything that is wrong and repeats no secret. */
final class HostRules {
  private static final int LONGEST_TEXT = 100;
  private static final int LONGEST_LABEL_KEY = 100;
  private static final int LONGEST_LABEL_VALUE = 500;
  private static final int MOST_LABELS = 50;
  private static final int SHORTEST_INTERVAL = 60;
  private static final int LONGEST_INTERVAL = 604_800;
  private static final Set<Integer> CRITICALITIES = Set.of(1, 2, 4);

  private final List<FieldError> errors = new ArrayList<>();

  private HostRules() {}

  /** What came of checking a draft. */
  sealed interface Result {
    /** It can be stored. */
    record Passed(CheckedHost host) implements Result {}

    /** It cannot; at least one error. */
    record Failed(List<FieldError> errors) implements Result {
      public Failed {
        errors = List.copyOf(errors);
      }
    }
  }

  /**
   * Checks a draft.
   *
   * @param keptKind kind of the stored credential that stays if the draft brings none; else null
   */
  static Result check(HostDraft draft, @Nullable String keptKind) {
    return new HostRules().read(draft, keptKind);
  }

  private Result read(HostDraft draft, @Nullable String keptKind) {
    String name = name(draft.name());
    boolean tls =
        draft.credential() == null
            ? "TLS".equals(keptKind)
            : draft.credential() instanceof Credential.Tls;
    Optional<Endpoint> endpoint = endpoint(draft.endpoint(), tls);
    endpoint.ifPresent(read -> fitting(read, draft.credential(), keptKind));
    if (draft.credential() != null) {
      errors.addAll(CredentialCheck.errors(draft.credential()));
    }
    List<String> group = group(draft.group());
    if (!CRITICALITIES.contains(draft.criticality())) {
      reject("criticality", draft.criticality() + " is not possible. Give 1, 2 or 4.");
    }
    if (draft.intervalSeconds() < SHORTEST_INTERVAL || draft.intervalSeconds() > LONGEST_INTERVAL) {
      reject(
          "intervalSeconds",
          "%d is out of range. Give %d to %d."
              .formatted(draft.intervalSeconds(), SHORTEST_INTERVAL, LONGEST_INTERVAL));
    }
    labels(draft.labels());
    endpoint.ifPresent(read -> readings(read, draft.readings()));
    @Nullable String environment = text("environment", draft.environment());
    @Nullable String owner = text("owner", draft.owner());
    if (endpoint.isEmpty() || !errors.isEmpty()) {
      return new Result.Failed(errors);
    }
    return new Result.Passed(
        new CheckedHost(
            name,
            endpoint.get(),
            group,
            environment,
            owner,
            draft.criticality(),
            draft.labels(),
            draft.intervalSeconds(),
            draft.readings(),
            draft.credential()));
  }

  private String name(String typed) {
    String name = typed.strip();
    if (name.isEmpty()) {
      reject("name", "is empty. Give the host a name.");
    } else if (name.length() > LONGEST_TEXT) {
      reject("name", "has " + name.length() + " characters. Use at most " + LONGEST_TEXT + ".");
    } else if (name.chars().anyMatch(c -> Character.isISOControl(c) || c == '/')) {
      reject("name", quoted(name) + " holds a slash or a control character. Leave it out.");
    } else if (name.chars().allMatch(c -> c >= '0' && c <= '9')) {
      reject("name", quoted(name) + " could be taken for an ID. Add a letter.");
    }
    return name;
  }

  private Optional<Endpoint> endpoint(String typed, boolean tls) {
    try {
      return Optional.of(Endpoint.parse(typed, tls));
    } catch (IllegalArgumentException e) {
      reject("endpoint", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private void fitting(
      Endpoint endpoint, @Nullable Credential credential, @Nullable String keptKind) {
    switch (endpoint) {
      case Endpoint.Unix unix -> {
        if (credential != null) {
          reject(field(credential), "does not go with a unix socket. Leave it out.");
        }
      }
      case Endpoint.Tcp tcp -> {
        if (credential instanceof Credential.Ssh) {
          reject("ssh", "does not go with a tcp endpoint. Give tls, or an ssh endpoint.");
        }
      }
      case Endpoint.Ssh ssh -> {
        if (credential instanceof Credential.Tls) {
          reject("tls", "does not go with an ssh endpoint. Give ssh, or a tcp endpoint.");
        } else if (credential == null && !"SSH".equals(keptKind)) {
          reject(
              "ssh",
              "is missing. An ssh endpoint needs a private key and the server's host key; there is"
                  + " no trust on first use.");
        }
      }
    }
  }

  private List<String> group(@Nullable String path) {
    if (path == null || path.isBlank()) {
      return List.of();
    }
    try {
      return GroupPath.names(path);
    } catch (IllegalArgumentException e) {
      reject("group", String.valueOf(e.getMessage()));
      return List.of();
    }
  }

  private @Nullable String text(String field, @Nullable String typed) {
    if (typed == null || typed.isBlank()) {
      return null;
    }
    String text = typed.strip();
    if (text.length() > LONGEST_TEXT) {
      reject(field, "has " + text.length() + " characters. Use at most " + LONGEST_TEXT + ".");
    } else if (text.chars().anyMatch(Character::isISOControl)) {
      reject(field, quoted(text) + " holds a control character. Leave it out.");
    }
    return text;
  }

  private void labels(Map<String, String> labels) {
    if (labels.size() > MOST_LABELS) {
      reject("labels", "are " + labels.size() + ". Give at most " + MOST_LABELS + ".");
    }
    labels.forEach(
        (key, value) -> {
          if (key.isBlank()
              || key.length() > LONGEST_LABEL_KEY
              || key.chars().anyMatch(Character::isISOControl)) {
            reject(
                "labels",
                quoted(key)
                    + " is no key. Use 1 to "
                    + LONGEST_LABEL_KEY
                    + " characters without line breaks.");
          }
          if (value.length() > LONGEST_LABEL_VALUE
              || value.chars().anyMatch(Character::isISOControl)) {
            reject(
                "labels",
                "The value of "
                    + quoted(key)
                    + " is not possible. Use at most "
                    + LONGEST_LABEL_VALUE
                    + " characters without line breaks.");
          }
        });
  }

  private void readings(Endpoint endpoint, Set<ReadingSwitch> readings) {
    if (readings.contains(ReadingSwitch.HOST_FILES) && !(endpoint instanceof Endpoint.Ssh)) {
      reject(
          "readings",
          "\"%s\" needs an ssh endpoint: files of the host are read by commands over SSH. Take it out, or reach the host by SSH."
              .formatted(ReadingSwitch.HOST_FILES.word()));
    }
  }

  private void reject(String field, String message) {
    errors.add(new FieldError(field, message));
  }

  private static String field(Credential credential) {
    return switch (credential) {
      case Credential.Tls tls -> "tls";
      case Credential.Ssh ssh -> "ssh";
    };
  }

  private static String quoted(String text) {
    return "\"" + Shown.of(text) + "\"";
  }
}
