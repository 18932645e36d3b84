package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.Severity.HIGH;
import static dev.plimsoll.checklist.Severity.LOW;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** As whom a container's process starts. */
final class UserChecks {
  private static final Field USER = Field.of(".Config.User");
  private static final Field GROUP_ADD = Field.of(".HostConfig.GroupAdd");
  private static final Field USERNS_MODE = Field.of(".HostConfig.UsernsMode");
  private static final Field LABELS = Field.of(".Config.Labels");
  private static final Field CONFIGURED_IMAGE = Field.of(".Config.Image");

  private UserChecks() {}

  static final Check NON_ROOT =
      RuleBuilder.container("CTR-USER", HIGH)
          .cis("4.1")
          .nist("4.4.3")
          .linuxOnly()
          .title("Process starts as a non-root user")
          .rationale(
              "Root in the container is the first step to root on the host: every flaw in the wall"
                  + " between them then counts.")
          .remediation(
              "Run with -u 10001:10001, or set USER 10001:10001 in the Dockerfile and make the"
                  + " files it writes belong to that user.")
          .judgedBy(UserChecks::nonRoot);

  static final Check NOT_GROUP_ZERO =
      RuleBuilder.container("CTR-GROUP0", LOW)
          .nist("4.4.3")
          .linuxOnly()
          .title("Process is not in the root group")
          .rationale("Group 0 may read, and in many images write, files of the system.")
          .remediation(
              "Give user and group as numbers, such as -u 10001:10001: a bare number without an"
                  + " entry in /etc/passwd lands in group 0. Remove 0 and root from --group-add.")
          .judgedBy(UserChecks::notGroupZero);

  private static Verdict nonRoot(Examination x) {
    if (isPauseContainer(x.document())) {
      return x.notApplicable("an orchestrator's pause container runs nothing else");
    }
    UserSpec spec = UserSpec.parse(x.document().text(USER));
    if (spec.rootByItself()) {
      return x.fail(mitigation(x));
    }
    OptionalLong number = UserSpec.number(spec.user());
    if (number.isPresent()) {
      return number.getAsLong() > 0
          ? x.pass()
          : x.unknown("the engine refuses to start user " + spec.user());
    }
    JsonNode uid = x.observation().look(ContainerObservation.USER_UID);
    if (!uid.isIntegralNumber()) {
      return unresolved(x, "user " + spec.user());
    }
    return uid.longValue() > 0 ? x.pass() : x.fail(mitigation(x));
  }

  private static Verdict notGroupZero(Examination x) {
    UserSpec spec = UserSpec.parse(x.document().text(USER));
    List<Evidence> root = new ArrayList<>();
    @Nullable Verdict unresolved = null;
    Long gid = spec.group().isEmpty() ? primaryGroup(x, spec) : gid(x, spec.group());
    if (gid == null) {
      unresolved = unresolved(x, "the group of " + x.document().peek(USER).asString(""));
    } else if (gid == 0) {
      root.add(x.document().evidence(USER.path(), x.document().peek(USER)));
    }
    List<String> added = x.document().textsOrNull(GROUP_ADD);
    for (int i = 0; i < added.size(); i++) {
      Long other = gid(x, added.get(i));
      if (other == null) {
        unresolved = unresolved(x, "group " + added.get(i));
      } else if (other == 0) {
        root.add(x.document().entry(GROUP_ADD, i));
      }
    }
    if (!root.isEmpty()) {
      return x.fail(root, null);
    }
    return unresolved == null ? x.pass() : unresolved;
  }

  /** The group of a user that is given without one; null if it cannot be told. */
  private static @Nullable Long primaryGroup(Examination x, UserSpec spec) {
    if (spec.rootByItself()) {
      return 0L;
    }
    Source observation = x.observation();
    JsonNode uid = observation.look(ContainerObservation.USER_UID);
    if (!uid.isIntegralNumber()) {
      return null;
    }
    JsonNode gid = observation.look(ContainerObservation.USER_GID);
    if (gid.isIntegralNumber()) {
      return gid.longValue();
    }
    // A number without an entry in /etc/passwd starts in group 0
    return gid.isMissingNode() && UserSpec.number(spec.user()).isPresent() ? 0L : null;
  }

  private static @Nullable Long gid(Examination x, String group) {
    if (group.equals(UserSpec.ROOT)) {
      return 0L;
    }
    OptionalLong number = UserSpec.number(group);
    if (number.isPresent()) {
      return number.getAsLong();
    }
    Source observation = x.observation();
    JsonNode gid = observation.peek(ContainerObservation.GROUPS).path(group);
    x.keep(observation.evidence(ContainerObservation.GROUPS.member(group), gid));
    return gid.isIntegralNumber() ? gid.longValue() : null;
  }

  private static Verdict unresolved(Examination x, String what) {
    JsonNode error = x.observation().look(ContainerObservation.USERS_ERROR);
    return x.unknown(
        what + " could not be looked up" + (error.isString() ? ": " + error.stringValue() : ""));
  }

  /** What remapping changes: nothing about the verdict, something about the danger. */
  private static @Nullable String mitigation(Examination x) {
    if (x.host().engine() instanceof Reading.Read engine
        && !x.document().peek(USERNS_MODE).asString("").equals("host")) {
      for (JsonNode option : SecurityOptions.FIELD.in(engine.document())) {
        String text = option.asString("");
        if (text.startsWith("name=userns") || text.startsWith("name=rootless")) {
          return "mitigated: the engine remaps this root to an unprivileged user; one step lower";
        }
      }
    }
    return null;
  }

  private static boolean isPauseContainer(Source container) {
    JsonNode kind = container.peek(LABELS).path("io.kubernetes.docker.type");
    String image = container.peek(CONFIGURED_IMAGE).asString("");
    return kind.asString("").equals("podsandbox") && image.contains("/pause");
  }
}
