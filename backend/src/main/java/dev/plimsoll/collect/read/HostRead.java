package dev.plimsoll.collect.read;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.DataDirectory;
import dev.plimsoll.checklist.HostFacts;
import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.ReadingSwitch;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.collect.connect.EngineCallException;
import dev.plimsoll.collect.connect.EngineConnection;
import dev.plimsoll.collect.connect.HostCommands;
import dev.plimsoll.collect.connect.PeerCertificate;
import dev.plimsoll.collect.events.HeardEvents;
import dev.plimsoll.collect.read.EngineAnswers.ContainerAnswer;
import dev.plimsoll.collect.read.EngineAnswers.ImageAnswer;
import dev.plimsoll.collect.read.EngineAnswers.PluginsAnswer;
import dev.plimsoll.collect.read.EngineAnswers.SwarmAnswers;
import dev.plimsoll.inventory.Document;
import dev.plimsoll.inventory.EngineObservation;
import dev.plimsoll.inventory.HostSighting;
import dev.plimsoll.inventory.SecretMasking;
import dev.plimsoll.inventory.Sighting;
import dev.plimsoll.inventory.VolumeObservation;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads an engine and brings its answers into the form in which they are stored and judged:
 * volatile fields out, secrets masked, canonical. Nothing unmasked leaves this package.
 */
public final class HostRead {
  private static final Set<String> VOLATILE_OF_VOLUMES = Set.of("CreatedAt", "Status", "UsageData");
  private static final Set<String> VOLATILE_OF_NETWORKS =
      Set.of("Containers", "Services", "Peers", "Status");
  private static final Set<String> NOT_OF_IMAGES =
      Set.of("RepoTags", "RepoDigests", "Metadata", "GraphDriver", "Containers", "SharedSize");

  /**
   * API of Engine 23: from then on a volume's date is that of its making. Before, it moves whenever
   * something is written (moby#38274).
   */
  private static final String DATES_VOLUMES = "1.42";

  private static final String UNTAGGED = "<none>";

  /** Field of the swarm's observation: when a rotation of its CA was first seen under way. */
  private static final String ROTATING_SINCE = "rotatingSince";

  private final Clock clock;
  private final SecretMasking masking;
  private final WorkSlots slots;

  /** Reads with a clock to compare engines' with, and masks under one key. */
  public HostRead(Clock clock, SecretMasking masking) {
    this(clock, masking, new WorkSlots(Integer.MAX_VALUE));
  }

  /** The same, bounded in how many hosts' answers are brought into form at once. */
  public HostRead(Clock clock, SecretMasking masking, WorkSlots slots) {
    this.clock = clock;
    this.masking = masking;
    this.slots = slots;
  }

  /**
   * Reads one host.
   *
   * @throws EngineCallException if the engine cannot be read at all
   * @throws InterruptedException if the collection is to end
   */
  public HostSighting read(EngineConnection engine, ReadOrder order)
      throws EngineCallException, InterruptedException {
    EngineAnswers answers = new HostReader(engine, clock, order).read();
    return slots.work(() -> inForm(engine, order, answers));
  }

  private HostSighting inForm(EngineConnection engine, ReadOrder order, EngineAnswers answers) {
    HeardEvents.@Nullable Heard heard =
        order.switchedOn().contains(ReadingSwitch.EVENTS) ? order.heard().get() : null;
    List<Sighting> sightings = new ArrayList<>();
    JsonNode info = answers.info();
    Instant engineTime = info == null ? null : time(info.path("SystemTime"));
    if (info != null && answers.version() != null) {
      sightings.add(
          engine(
              info,
              answers.version(),
              answers,
              engine.peerCertificate(),
              order.transport(),
              heard));
    }
    if (info != null) {
      sightings.add(swarm(answers.swarm(), order));
    }
    sightings.addAll(
        answers.containers().parallelStream()
            .map(answer -> container(answer, answers.inside(), engineTime, heard))
            .toList());
    answers.images().forEach(answer -> sightings.add(image(answer, heard)));
    boolean datesAreIdentities = engine.speaks(DATES_VOLUMES);
    answers.volumes().forEach(volume -> sightings.add(volume(volume, datesAreIdentities)));
    answers.networks().forEach(network -> sightings.add(network(network)));
    return new HostSighting(
        info == null ? "" : info.path("ID").asString(""), sightings, answers.unreadLists());
  }

  /**
   * Reads the host's own files and settings. What it does not show is kept as what failed.
   *
   * @param found what was found of its engine
   */
  public Sighting hostFiles(HostCommands host, HostSighting found) {
    return hostFiles(new HostFilesReader(host, dataDirectory(found)).read());
  }

  /** The host's own files where no command could be run on it. */
  public Sighting hostFilesUnread(EngineCallException problem) {
    String detail = problem.getMessage();
    return hostFiles(
        HostFilesReader.unreachable(
            new Reading.Unread(
                "ssh " + problem.call(), problem.status(), detail == null ? "" : detail)));
  }

  private Sighting hostFiles(ObjectNode document) {
    return new Sighting.Seen(
        SubjectKind.HOST_FILE,
        Checklist.HOST_FILES_ID,
        Checklist.HOST_FILES_ID,
        Checklist.HOST_FILES_ID,
        document(document),
        null);
  }

  private static @Nullable String dataDirectory(HostSighting found) {
    for (Sighting sighting : found.sightings()) {
      if (sighting instanceof Sighting.Seen seen && seen.kind() == SubjectKind.ENGINE) {
        String root = seen.document().json().path("info").path("DockerRootDir").asString("");
        return root.isEmpty() ? null : DataDirectory.withoutRemapping(root);
      }
    }
    return null;
  }

  private Sighting engine(
      JsonNode info,
      JsonNode version,
      EngineAnswers answers,
      Optional<PeerCertificate> certificate,
      HostFacts.Transport transport,
      HeardEvents.@Nullable Heard heard) {
    ObjectNode observation = JsonNodeFactory.instance.objectNode();
    observation.put(EngineObservation.TRANSPORT, transport.name());
    Boolean clockAgrees = answers.clockWithin60s();
    if (clockAgrees != null) {
      observation.put(EngineObservation.CLOCK_WITHIN_60S, clockAgrees.booleanValue());
    }
    if (heard != null) {
      observation.set(EngineObservation.EVENTS, heard.watch().toJson());
    }
    certificate.ifPresent(
        peer ->
            observation
                .putObject(EngineObservation.CERTIFICATE)
                .put("notAfter", peer.notAfter().toString())
                .put("keyType", peer.keyType())
                .put("keyBits", peer.keyBits())
                // What is not so ends the handshake
                .put("chainsToAuthority", true)
                .put("nameMatches", true));
    switch (answers.plugins()) {
      case PluginsAnswer.Listed(JsonNode plugins) ->
          observation.set(EngineObservation.PLUGINS, PluginForm.observation(plugins));
      case PluginsAnswer.Refused(Reading.Unread problem) ->
          observation
              .putObject(EngineObservation.UNREAD)
              .set(EngineObservation.PLUGINS, Problems.json(problem));
    }
    return new Sighting.Seen(
        SubjectKind.ENGINE,
        Checklist.ENGINE_ID,
        info.path("Name").asString(Checklist.ENGINE_ID),
        Checklist.ENGINE_ID,
        document(EngineForm.document(info, version)),
        document(observation));
  }

  private Sighting swarm(SwarmAnswers answers, ReadOrder order) {
    JsonNode swarm = answers.parts().getOrDefault("swarm", MissingNode.getInstance());
    Document observation = null;
    if (swarm.path("RootRotationInProgress").asBoolean(false)) {
      JsonNode earlier = order.observations().get().get(Checklist.SWARM_ID);
      String since = earlier == null ? "" : earlier.path(ROTATING_SINCE).asString("");
      observation =
          Document.of(
              JsonNodeFactory.instance
                  .objectNode()
                  .put(
                      ROTATING_SINCE,
                      since.isEmpty()
                          ? clock.instant().truncatedTo(ChronoUnit.SECONDS).toString()
                          : since));
    }
    return new Sighting.Seen(
        SubjectKind.SWARM,
        Checklist.SWARM_ID,
        Checklist.SWARM_ID,
        Checklist.SWARM_ID,
        document(SwarmForm.document(answers)),
        observation);
  }

  private Sighting container(
      ContainerAnswer answer,
      Map<String, ContainerInside> inside,
      @Nullable Instant engineTime,
      HeardEvents.@Nullable Heard heard) {
    return switch (answer) {
      case ContainerAnswer.Inspected(
              String id,
              JsonNode inspect,
              EngineAnswers.@Nullable Accounts accounts) -> {
        String name = withoutSlash(inspect.path("Name").asString(id));
        yield new Sighting.Seen(
            SubjectKind.CONTAINER,
            id,
            name,
            Lineage.ofContainer(inspect.path("Config").path("Labels"), name),
            document(ContainerForm.document(inspect)),
            document(
                ContainerForm.with(
                    ContainerForm.observation(
                        inspect,
                        accounts,
                        inside.getOrDefault(id, ContainerInside.UNSEEN),
                        engineTime),
                    heard == null ? null : heard.execs().get(id))));
      }
      case ContainerAnswer.Refused(String id, String name, Reading.Unread problem) ->
          new Sighting.Unread(SubjectKind.CONTAINER, id, name, name, problem);
    };
  }

  private Sighting image(ImageAnswer answer, HeardEvents.@Nullable Heard heard) {
    JsonNode listed = answer.listed();
    String id = listed.path("Id").asString("");
    List<String> tags = tags(listed.path("RepoTags"));
    List<String> digests = tags(listed.path("RepoDigests"));
    String name = tags.isEmpty() ? id : tags.getFirst();
    String lineage = Lineage.ofImage(tags, digests, id);
    ObjectNode observation = JsonNodeFactory.instance.objectNode();
    tags.forEach(observation.putArray("tags")::add);
    digests.forEach(observation.putArray("digests")::add);
    if (heard != null && heard.committed().contains(id)) {
      observation.put("committed", true);
    }
    Document seen = document(observation);
    return switch (answer) {
      case ImageAnswer.Inspected(JsonNode same, JsonNode inspect, JsonNode history) -> {
        ObjectNode both = JsonNodeFactory.instance.objectNode();
        both.set("inspect", without(inspect, NOT_OF_IMAGES));
        ArrayNode steps = both.putArray("history");
        history.forEach(step -> steps.add(without(step, Set.of("Tags"))));
        yield new Sighting.Seen(SubjectKind.IMAGE, id, name, lineage, document(both), seen);
      }
      case ImageAnswer.Known(JsonNode same) ->
          new Sighting.Known(SubjectKind.IMAGE, id, name, lineage, seen);
      case ImageAnswer.Refused(JsonNode same, Reading.Unread problem) ->
          new Sighting.Unread(SubjectKind.IMAGE, id, name, lineage, problem);
    };
  }

  private Sighting volume(JsonNode volume, boolean datesAreIdentities) {
    String name = volume.path("Name").asString("");
    // In UTC: the engine writes it in its own zone, which has summers and winters
    Instant createdAt = datesAreIdentities ? time(volume.path("CreatedAt")) : null;
    return new Sighting.Seen(
        SubjectKind.VOLUME,
        name,
        name,
        name,
        document(without(volume, VOLATILE_OF_VOLUMES)),
        createdAt == null || createdAt.isBefore(Instant.EPOCH) // a driver that does not tell
            ? null
            : document(
                JsonNodeFactory.instance
                    .objectNode()
                    .put(VolumeObservation.CREATED_AT, createdAt.toString())));
  }

  private Sighting network(JsonNode network) {
    String name = network.path("Name").asString("");
    return new Sighting.Seen(
        SubjectKind.NETWORK,
        network.path("Id").asString(name),
        name,
        name,
        document(without(network, VOLATILE_OF_NETWORKS)),
        null);
  }

  private Document document(JsonNode value) {
    return Document.of(masking.masked(value));
  }

  private static ObjectNode without(JsonNode object, Set<String> names) {
    ObjectNode kept = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!names.contains(field.getKey())) {
        kept.set(field.getKey(), field.getValue());
      }
    }
    return kept;
  }

  /** Sorted, since the engine's order means nothing; without the marks for "no tag". */
  private static List<String> tags(JsonNode references) {
    return references.values().stream()
        .map(reference -> reference.asString(""))
        .filter(reference -> !reference.isEmpty() && !reference.startsWith(UNTAGGED))
        .sorted()
        .distinct()
        .toList();
  }

  private static String withoutSlash(String name) {
    return name.startsWith("/") ? name.substring(1) : name;
  }

  private static @Nullable Instant time(JsonNode value) {
    try {
      return OffsetDateTime.parse(value.asString("")).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
