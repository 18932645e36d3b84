package dev.plimsoll.backup.coverage;

import dev.plimsoll.backup.coverage.KeptData.Intent;
import dev.plimsoll.backup.coverage.KeptData.User;
import dev.plimsoll.checklist.BoundDirectories;
import dev.plimsoll.checklist.HostFacts;
import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.checklist.WrittenLayer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The map of what a host keeps: volumes, directories that containers write, writable layers that
 * hold data, and the state of a swarm; with who uses each.
 *
 * @param kept in the order of kind and name
 * @param passing what is gone as soon as its container stops, by design
 * @param unsure kinds of which more may exist than could be read
 */
public record DataMap(List<KeptData> kept, List<Tmpfs> passing, Set<DataKind> unsure) {
  /** Writable layers up to this size are not called data. */
  public static final long LAYER_BYTES = 1 << 20;

  private static final String PROJECT = "com.docker.compose.project";
  private static final String ANONYMOUS = "com.docker.volume.anonymous";
  private static final Pattern ENGINE_MADE = Pattern.compile("[0-9a-f]{64}");
  private static final Set<String> RUNNING = Set.of("running", "paused", "restarting");
  private static final Set<String> SHARES = Set.of("nfs", "nfs4", "cifs", "smb3");

  public DataMap {
    kept = List.copyOf(kept);
    passing = List.copyOf(passing);
    unsure = Set.copyOf(unsure);
  }

  /**
   * Memory that a container mounts as a directory.
   *
   * @param path where the container sees it
   */
  public record Tmpfs(String container, String path) {}

  /**
   * The map of a host.
   *
   * @param layerBytes measured sizes of writable layers by Docker ID; what was not measured is
   *     missing
   */
  public static DataMap of(HostFacts host, Map<String, Long> layerBytes) {
    return new Survey(host, layerBytes).map();
  }

  private static final class Survey {
    private final HostFacts host;
    private final Map<String, Long> layerBytes;
    private final List<Container> containers = new ArrayList<>();
    private final Map<String, Container> byReference = new HashMap<>();
    private final Map<String, List<User>> usersOfVolumes = new HashMap<>();
    private final Map<String, List<User>> usersOfDirectories = new TreeMap<>();
    private final List<KeptData> kept = new ArrayList<>();
    private final List<Tmpfs> passing = new ArrayList<>();

    Survey(HostFacts host, Map<String, Long> layerBytes) {
      this.host = host;
      this.layerBytes = layerBytes;
      host.containers()
          .forEach(
              (id, reading) -> {
                if (reading instanceof Reading.Read read) {
                  containers.add(Container.of(id, read));
                }
              });
      containers.sort(Comparator.comparing(Container::name).thenComparing(Container::id));
      containers.forEach(
          container -> {
            byReference.put(container.name(), container);
            byReference.put(container.id(), container);
          });
    }

    DataMap map() {
      Set<String> sharedFrom = new HashSet<>();
      containers.forEach(container -> sharedFrom.addAll(sharedFrom(container)));
      containers.forEach(container -> mounts(container, sharedFrom));
      host.volumes()
          .forEach(
              (name, reading) -> {
                if (reading instanceof Reading.Read read) {
                  volume(name, read);
                }
              });
      usersOfDirectories.forEach(
          (path, users) ->
              kept.add(
                  data(DataRef.directory(path), path, DataShape.DIRECTORY, null, Map.of(), users)));
      containers.stream().filter(this::layerHoldsData).forEach(this::layer);
      if (managesSwarm()) {
        kept.add(
            data(DataRef.SWARM, DataRef.SWARM_NAME, DataShape.SWARM, null, Map.of(), List.of()));
      }
      kept.sort(
          Comparator.comparing((KeptData data) -> data.ref().kind())
              .thenComparing(data -> data.ref().name()));
      return new DataMap(kept, passing, unsure());
    }

    private Set<DataKind> unsure() {
      Set<DataKind> unsure = EnumSet.noneOf(DataKind.class);
      if (host.unreadLists().containsKey(SubjectKind.VOLUME)) {
        unsure.add(DataKind.VOLUME);
      }
      if (host.unreadLists().containsKey(SubjectKind.CONTAINER)
          || host.containers().values().stream().anyMatch(Reading.Unread.class::isInstance)) {
        unsure.add(DataKind.DIRECTORY);
        unsure.add(DataKind.LAYER);
      }
      if (!(host.engine() instanceof Reading.Read)) {
        unsure.add(DataKind.SWARM);
      }
      return unsure;
    }

    private boolean managesSwarm() {
      return host.engine() instanceof Reading.Read read
          && read.document().path("info").path("Swarm").path("ControlAvailable").asBoolean(false);
    }

    /** Docker IDs of the containers whose mounts one takes over by {@code --volumes-from}. */
    private Set<String> sharedFrom(Container container) {
      Set<String> from = new HashSet<>();
      for (JsonNode entry : container.document().path("HostConfig").path("VolumesFrom")) {
        String reference = entry.asString("").replaceFirst(":.*", "");
        Container source = byReference.get(reference);
        if (source != null) {
          from.add(source.id());
        }
      }
      return from;
    }

    private void mounts(Container container, Set<String> sharedFrom) {
      Set<String> from = sharedFrom(container);
      boolean dataContainer = !container.running() && sharedFrom.contains(container.id());
      JsonNode mounts = container.document().path("Mounts");
      for (JsonNode mount : mounts) {
        String path = mount.path("Destination").asString("");
        switch (mount.path("Type").asString("")) {
          case "volume" -> {
            String volume = mount.path("Name").asString("");
            usersOfVolumes
                .computeIfAbsent(volume, name -> new ArrayList<>())
                .add(
                    new User(
                        container.name(),
                        container.id(),
                        container.running(),
                        mount.path("RW").asBoolean(true),
                        path,
                        through(from, volume),
                        dataContainer));
          }
          case "tmpfs" -> passing.add(new Tmpfs(container.name(), path));
          default -> {}
        }
      }
      container
          .document()
          .path("HostConfig")
          .path("Tmpfs")
          .propertyNames()
          .forEach(path -> passing.add(new Tmpfs(container.name(), path)));
      for (BoundDirectories.Bound bound : BoundDirectories.written(mounts, host.endpointPath())) {
        usersOfDirectories
            .computeIfAbsent(bound.path(), path -> new ArrayList<>())
            .add(
                new User(
                    container.name(),
                    container.id(),
                    container.running(),
                    true,
                    bound.destination(),
                    null,
                    dataContainer));
      }
    }

    private @Nullable String through(Set<String> from, String volume) {
      for (Container source : containers) {
        if (from.contains(source.id())) {
          for (JsonNode mount : source.document().path("Mounts")) {
            if (mount.path("Name").asString("").equals(volume)) {
              return source.name();
            }
          }
        }
      }
      return null;
    }

    private void volume(String name, Reading.Read read) {
      JsonNode document = read.document();
      JsonNode options = document.path("Options");
      if (options.path("type").asString("").equals("tmpfs")) {
        passing.add(new Tmpfs(name, document.path("Mountpoint").asString("")));
        return;
      }
      JsonNode createdAt = read.observation().path("createdAt");
      kept.add(
          data(
              DataRef.volume(name),
              name,
              shape(name, document, options),
              createdAt.isString() ? createdAt.asString() : null,
              texts(document.path("Labels")),
              usersOfVolumes.getOrDefault(name, List.of())));
    }

    private static DataShape shape(String name, JsonNode document, JsonNode options) {
      if (!document.path("Driver").asString("local").equals("local")
          || SHARES.contains(options.path("type").asString(""))) {
        return DataShape.REMOTE;
      }
      if (List.of(options.path("o").asString("").split(",")).contains("bind")
          || options.path("device").asString("").startsWith("/")) {
        return DataShape.BIND_BACKED;
      }
      return ENGINE_MADE.matcher(name).matches()
              || !document.path("Labels").path(ANONYMOUS).isMissingNode()
          ? DataShape.ANONYMOUS
          : DataShape.NAMED;
    }

    private boolean layerHoldsData(Container container) {
      if (container.document().path("HostConfig").path("ReadonlyRootfs").asBoolean(false)) {
        return false;
      }
      return container
              .written()
              .map(layer -> !layer.paths().isEmpty() || Boolean.TRUE.equals(layer.over1MiB()))
              .orElse(false)
          || layerBytes.getOrDefault(container.id(), 0L) > LAYER_BYTES;
    }

    private void layer(Container container) {
      User itself =
          new User(container.name(), container.id(), container.running(), true, "/", null, false);
      kept.add(
          data(
              DataRef.layer(container.name()),
              container.id(),
              DataShape.LAYER,
              container.document().path("Created").asString(null),
              Map.of(),
              List.of(itself)));
    }

    private KeptData data(
        DataRef ref,
        String key,
        DataShape shape,
        @Nullable String createdAt,
        Map<String, String> own,
        List<User> users) {
      Map<String, String> labels = new TreeMap<>(own);
      List<Intent> intents = new ArrayList<>(Intents.of(own, ref.name()));
      for (User user : users) {
        Container container = byReference.get(user.dockerId());
        if (container != null) {
          Map<String, String> given = container.labels();
          given.forEach(labels::putIfAbsent);
          intents.addAll(Intents.of(given, container.name()));
          Intents.program(container.image(), container.name()).ifPresent(intents::add);
        }
      }
      return new KeptData(
          ref,
          key,
          shape,
          createdAt,
          labels,
          labels.get(PROJECT),
          users,
          intents.stream().distinct().toList());
    }
  }

  private record Container(
      String id,
      String name,
      JsonNode document,
      JsonNode observation,
      Optional<WrittenLayer> written) {
    static Container of(String id, Reading.Read read) {
      String name = read.document().path("Name").asString("");
      return new Container(
          id,
          name.startsWith("/") ? name.substring(1) : name,
          read.document(),
          read.observation(),
          WrittenLayer.of(read));
    }

    boolean running() {
      return RUNNING.contains(observation.path("state").asString(""));
    }

    Map<String, String> labels() {
      return texts(document.path("Config").path("Labels"));
    }

    String image() {
      return document.path("Config").path("Image").asString("");
    }
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new TreeMap<>();
    object.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asString("")));
    return texts;
  }
}
