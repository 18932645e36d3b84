package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.Severity.LOW;
import static dev.plimsoll.checklist.Severity.MEDIUM;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Where an image comes from, and whether anybody still wants it. */
final class ImageOriginChecks {
  private static final Field LAYERS = Field.of(".inspect.RootFS.Layers");
  private static final Field CREATED = Field.of(".inspect.Created");
  private static final Field DIGESTS = Field.of(".digests");
  private static final Field TAGS = Field.of(".tags");
  private static final Field DRIVER_STATUS = Field.of(".info.DriverStatus");
  private static final String CONTAINERD_STORE = "io.containerd.snapshotter";
  private static final String DEFAULT_REGISTRY = "docker.io";

  /** An image that nothing uses may stay so long. */
  static final Duration LEFT_OVER = Duration.ofDays(30);

  private ImageOriginChecks() {}

  static final Check APPROVED_BASE =
      RuleBuilder.image("IMG-BASE", MEDIUM)
          .cis("4.2")
          .nist("4.1.5")
          .title("Image builds on an approved base")
          .rationale("What lies below every layer of one's own should be known and maintained.")
          .remediation("Build from an approved base image; or have this base approved.")
          .judgedBy(ImageChecks.inUse(ImageOriginChecks::approvedBase));

  static final Check ALLOWED_REGISTRY =
      RuleBuilder.image("IMG-REGISTRY", MEDIUM)
          .cis("4.2")
          .nist("4.2.1")
          .title("Image comes from an allowed registry")
          .rationale("What lies on one host alone can neither be pulled again nor examined.")
          .remediation("Push the image to an allowed registry and run it from there.")
          .judgedBy(ImageChecks.inUse(ImageOriginChecks::allowedRegistry));

  static final Check NOT_LEFT_OVER =
      RuleBuilder.image("IMG-SPRAWL", LOW)
          .advisory()
          .cis("6.1")
          .nist("4.2.2")
          .title("Unused images are cleaned up")
          .rationale("Stale images are started by mistake, with all that was patched since.")
          .remediation("Remove it: docker image rm, or docker image prune -a --filter until=720h.")
          .judgedBy(ImageOriginChecks::notLeftOver);

  /** How many of an image's layers are those of its approved base image; 0 if it has none. */
  static int layersOfBase(Examination x) {
    JsonNode layers = x.document().peek(LAYERS);
    int most = 0;
    for (String base : x.host().declared(Declaration.BASE_IMAGE)) {
      String[] digests = base.split(",");
      if (digests.length > most && startsWith(layers, digests)) {
        most = digests.length;
      }
    }
    return most;
  }

  /** Whether an image is listed as one that is wanted although no recipe or base is known. */
  static boolean isDeclared(Examination x, Declaration declaration) {
    Set<String> names = x.host().declared(declaration);
    if (names.isEmpty()) {
      return false;
    }
    JsonNode tags = x.observation().peek(TAGS);
    for (int i = 0; i < tags.size(); i++) {
      String tag = tags.path(i).asString("");
      if (names.contains(tag) || names.contains(ImageReference.parse(tag).name())) {
        x.keep(x.observation().evidence(TAGS.entry(i), tags.path(i)));
        return true;
      }
    }
    return names.contains(x.dockerId());
  }

  private static Verdict approvedBase(Examination x) {
    if (isDeclared(x, Declaration.UNBUILT_IMAGE)) {
      return x.notApplicable("its owner says that it builds on nothing");
    }
    x.document().array(LAYERS);
    if (x.host().declared(Declaration.BASE_IMAGE).isEmpty()) {
      return x.unknown("no base image has been approved");
    }
    int layers = layersOfBase(x);
    return layers > 0
        ? x.pass("its first %d layers are those of an approved base".formatted(layers))
        : x.fail("it begins with the layers of no approved base");
  }

  private static boolean startsWith(JsonNode layers, String[] digests) {
    if (layers.size() < digests.length) {
      return false;
    }
    for (int i = 0; i < digests.length; i++) {
      if (!layers.path(i).asString("").equals(digests[i].strip())) {
        return false;
      }
    }
    return true;
  }

  private static Verdict allowedRegistry(Examination x) {
    Source seen = x.observation();
    JsonNode digests = seen.array(DIGESTS);
    Set<String> allowed = x.host().declared(Declaration.REGISTRY);
    if (allowed.isEmpty()) {
      return x.unknown("no registry has been allowed");
    }
    if (digests.isEmpty()) {
      return x.fail("it was never pulled from a registry nor pushed to one");
    }
    List<Evidence> others = new ArrayList<>();
    for (int i = 0; i < digests.size(); i++) {
      if (!allowed.contains(registry(digests.get(i).asString("")))) {
        others.add(seen.entry(DIGESTS, i));
      }
    }
    if (!others.isEmpty()) {
      return x.fail(others, "another registry than those that are allowed");
    }
    // There, what was built on the host has a digest too, without any registry knowing of it
    return x.engine().look(DRIVER_STATUS).toString().contains(CONTAINERD_STORE)
        ? x.unknown("in this image store a digest does not prove that the registry has it")
        : x.pass();
  }

  /** The registry's host as it stands in a reference; Docker's own where none does. */
  private static String registry(String digest) {
    String name = ImageReference.parse(digest).name();
    int slash = name.indexOf('/');
    String first = slash < 0 ? "" : name.substring(0, slash);
    if (first.equals("index.docker.io")
        || !(first.contains(".") || first.contains(":") || first.equals("localhost"))) {
      return DEFAULT_REGISTRY;
    }
    return first;
  }

  private static Verdict notLeftOver(Examination x) {
    Evidence use = Containers.usingImage(x.host(), x.dockerId());
    if (use != null) {
      x.keep(use);
      return x.pass();
    }
    Reading.Unread unread = Containers.unread(x.host());
    if (unread != null) {
      return Examination.unread(unread);
    }
    if (isDeclared(x, Declaration.KEPT_IMAGE)) {
      return x.pass("kept on purpose");
    }
    if (x.observation().array(TAGS).isEmpty()) {
      return x.fail("no container uses it, and no name leads to it");
    }
    Instant created = Instants.parse(x.document().text(CREATED));
    if (created == null || ImageChecks.isReproducible(created)) {
      return x.unknown("no container uses it; when it was made is not told");
    }
    Instant limit = created.plus(LEFT_OVER);
    if (x.host().at().isBefore(limit)) {
      return x.pass("no container uses it, but it is young").until(new Turn(limit, Outcome.FAIL));
    }
    return x.fail("no container uses it, and it is 30 days old or older");
  }
}
