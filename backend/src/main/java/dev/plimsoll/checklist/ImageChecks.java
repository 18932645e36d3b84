package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.Severity.LOW;
import static dev.plimsoll.checklist.Severity.MEDIUM;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What an image in use gives every container that is made from it. */
final class ImageChecks {
  private static final Field CONFIG = Field.of(".inspect.Config");
  private static final Field USER = Field.of(".inspect.Config.User");
  private static final Field HEALTH_CHECK = Field.of(".inspect.Config.Healthcheck");
  private static final Field HEALTH_TEST = Field.of(".inspect.Config.Healthcheck.Test");
  private static final Field EXPOSED = Field.of(".inspect.Config.ExposedPorts");
  private static final Field MEDIA_TYPE = Field.of(".inspect.Descriptor.mediaType");
  private static final Field CREATED = Field.of(".inspect.Created");
  private static final Field LAYERS = Field.of(".inspect.RootFS.Layers");
  private static final Field CONTAINER_USER = Field.of(".Config.User");

  private static final Set<LocalDate> REPRODUCIBLE =
      Set.of(LocalDate.of(1, 1, 1), LocalDate.EPOCH, LocalDate.of(1980, 1, 1));
  private static final Set<OptionalLong> REMOTE_LOGIN =
      Set.of(OptionalLong.of(22), OptionalLong.of(23), OptionalLong.of(3389));

  /** An image older than this misses patches, whatever a scanner says. */
  static final Duration OLDEST = Duration.ofDays(90);

  private static final int MOST_LAYERS = 60;
  private static final int FAR_TOO_MANY_LAYERS = 100;

  private ImageChecks() {}

  static final Check NON_ROOT =
      RuleBuilder.image("IMG-USER", MEDIUM)
          .cis("4.1")
          .nist("4.1.2")
          .linuxOnly()
          .title("Image declares a non-root user")
          .rationale("It is the default of every container; what forgets to set a user gets this.")
          .remediation("End the Dockerfile with USER 10001:10001.")
          .judgedBy(inUse(ImageChecks::nonRoot));

  static final Check HEALTH_DEFINED =
      RuleBuilder.image("IMG-HEALTH", LOW)
          .cis("4.6")
          .nist("4.4.4")
          .title("Image defines a health check")
          .rationale("Who builds the image knows best how to tell that it works.")
          .remediation("Add HEALTHCHECK to the Dockerfile.")
          .judgedBy(inUse(ImageChecks::healthDefined));

  static final Check NO_LOGIN_PORT =
      RuleBuilder.image("IMG-EXPOSE22", LOW)
          .advisory()
          .cis("5.7")
          .nist("4.1.2")
          .title("Image does not advertise remote-login ports")
          .rationale("An exposed SSH, Telnet or RDP port is the sign of a second way in.")
          .remediation("Remove EXPOSE 22, and the server behind it.")
          .judgedBy(inUse(ImageChecks::noLoginPort));

  static final Check RECENT =
      RuleBuilder.image("IMG-AGE", MEDIUM)
          .cis("4.4")
          .nist("4.2.2")
          .title("Image in use was built recently")
          .rationale("Old images miss patches, also those that no scanner knows of.")
          .remediation("Rebuild every month from a current base, and deploy the result.")
          .judgedBy(inUse(ImageChecks::recent));

  static final Check FEW_LAYERS =
      RuleBuilder.image("IMG-LAYERS", LOW)
          .nist("4.1.2")
          .title("Image does not have excessive layers")
          .rationale("Many layers hide what is in them; the overlay driver ends near 128.")
          .remediation("Join RUN steps, or build in several stages.")
          .judgedBy(inUse(ImageChecks::fewLayers));

  /** The judgement, for images that a container was made from; others are not judged. */
  static RuleCheck.Judgement inUse(RuleCheck.Judgement judgement) {
    return x -> {
      if (Containers.usingImage(x.host(), x.dockerId()) != null) {
        return judgement.of(x);
      }
      Reading.Unread unread = Containers.unread(x.host());
      return unread == null
          ? x.notApplicable("no container was made from it")
          : Examination.unread(unread);
    };
  }

  private static Verdict nonRoot(Examination x) {
    Source image = x.document();
    requireConfig(image);
    JsonNode user = image.look(USER);
    // From API 1.52 on, an empty user is left out
    UserSpec spec = UserSpec.parse(user.isMissingNode() ? "" : image.textOf(USER.path(), user));
    if (spec.rootByItself()) {
      return x.fail(user.isMissingNode() ? "no user is set" : null);
    }
    OptionalLong number = UserSpec.number(spec.user());
    if (number.isPresent()) {
      return number.getAsLong() > 0
          ? x.pass()
          : x.unknown("the engine refuses to start user " + spec.user());
    }
    return named(x, spec);
  }

  /**
   * A user given by name means what the image's /etc/passwd says, which inspect does not show; a
   * container that was made from the image and keeps its user tells, where that was looked up, and
   * so do the image's files, where they were read.
   */
  private static Verdict named(Examination x, UserSpec spec) {
    boolean found = false;
    for (Reading reading : x.host().containers().values()) {
      if (reading instanceof Reading.Read container
          && Containers.IMAGE.in(container.document()).asString("").equals(x.dockerId())
          && UserSpec.parse(CONTAINER_USER.in(container.document()).asString(""))
              .user()
              .equals(spec.user())) {
        JsonNode uid = ContainerObservation.USER_UID.in(container.observation());
        if (uid.isIntegralNumber()) {
          x.keep(
              new Evidence(
                  ContainerObservation.USER_UID.path(),
                  CompactJson.of(uid),
                  container.observationSha256()));
          if (uid.longValue() == 0) {
            return x.fail("a container made from it starts this user as uid 0");
          }
          found = true;
        }
      }
    }
    return found
        ? x.pass("looked up in a container made from it")
        : ImageFileChecks.user(x, spec.user());
  }

  private static Verdict healthDefined(Examination x) {
    Source image = x.document();
    if (!image.objectOrAbsent(CONFIG, HEALTH_CHECK).isEmpty()) {
      List<String> test = image.textsOrNull(HEALTH_TEST);
      return test.isEmpty() || test.getFirst().equals("NONE") ? x.fail(null) : x.pass();
    }
    if (image.peek(MEDIA_TYPE).asString("").startsWith("application/vnd.oci.")) {
      image.look(MEDIA_TYPE);
      return x.notApplicable("the OCI format has no health check: CTR-HEALTH speaks of it");
    }
    return x.fail(null);
  }

  private static Verdict noLoginPort(Examination x) {
    Source image = x.document();
    List<Evidence> login = new ArrayList<>();
    for (String port : image.objectOrAbsent(CONFIG, EXPOSED).propertyNames()) {
      String[] parts = port.split("/", 2);
      boolean tcp = parts.length == 1 || parts[1].equals("tcp");
      if (tcp && REMOTE_LOGIN.contains(UserSpec.number(parts[0]))) {
        login.add(image.evidence(EXPOSED.member(port), image.peek(EXPOSED).path(port)));
      }
    }
    return login.isEmpty() ? x.pass() : x.fail(login, null);
  }

  private static Verdict recent(Examination x) {
    Instant created = Instants.parse(x.document().text(CREATED));
    if (created == null) {
      return x.unknown(".inspect.Created is no instant");
    }
    if (isReproducible(created)) {
      return x.unknown("a reproducible build hides when it was made");
    }
    Instant limit = created.plus(OLDEST);
    if (x.host().at().isAfter(limit)) {
      return x.fail("older than 90 days");
    }
    return x.pass().until(new Turn(Instants.firstAfter(limit), Outcome.FAIL));
  }

  /** Whether an image's date is one that builds put there to be the same each time. */
  static boolean isReproducible(Instant created) {
    return REPRODUCIBLE.contains(created.atZone(ZoneOffset.UTC).toLocalDate());
  }

  private static Verdict fewLayers(Examination x) {
    int layers = x.document().array(LAYERS).size();
    if (layers <= MOST_LAYERS) {
      return x.pass(layers + " layers");
    }
    return x.fail(layers + " layers" + (layers > FAR_TOO_MANY_LAYERS ? ": raised to medium" : ""));
  }

  private static void requireConfig(Source image) {
    if (!image.peek(CONFIG).isObject()) {
      image.object(CONFIG);
    }
  }
}
