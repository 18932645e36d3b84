package dev.plimsoll.simulation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An engine and all that is on it on one day.
 *
 * @param host whose it is
 * @param day counted from the fleet's first
 * @param engineId the engine's own ID
 * @param release what it runs
 * @param store where it keeps images
 * @param settings how its daemon is configured
 * @param containers in the order of their creation, the newest last
 * @param images those in use, and a few that were
 * @param volumes named and anonymous ones
 * @param networks the default ones, and one a project
 */
public record HostDay(
    SimulatedHost host,
    int day,
    String engineId,
    EngineRelease release,
    ImageStore store,
    Settings settings,
    List<Container> containers,
    List<Image> images,
    List<Volume> volumes,
    List<Network> networks) {

  /** Copies the lists. */
  public HostDay {
    containers = List.copyOf(containers);
    images = List.copyOf(images);
    volumes = List.copyOf(volumes);
    networks = List.copyOf(networks);
  }

  /** How a daemon is configured. */
  public record Settings(boolean liveRestore, boolean userNamespaces, boolean insecureRegistry) {}

  /**
   * A container.
   *
   * @param number from 1, unique on the host
   * @param project its Compose project; null for one that somebody started by hand
   * @param service likewise
   * @param replica from 1
   * @param configuredImage what it was created from, as it was written
   * @param restarting whether it ends right after each start
   */
  public record Container(
      int number,
      String id,
      String name,
      @Nullable String project,
      @Nullable String service,
      int replica,
      Image image,
      String configuredImage,
      Instant created,
      Set<Trait> traits,
      List<Mount> mounts,
      Network network,
      boolean restarting) {
    /** Copies the collections. */
    public Container {
      traits = Set.copyOf(traits);
      mounts = List.copyOf(mounts);
    }

    boolean has(Trait trait) {
      return traits.contains(trait);
    }
  }

  /** A mount of a container: of a volume, or of a directory or file of the host. */
  public record Mount(
      @Nullable Volume volume, String source, String destination, boolean writable) {}

  /**
   * An image.
   *
   * @param id as the engine's store names it
   * @param tags sorted; empty for one that lost its tag
   * @param release of the product
   */
  public record Image(String id, List<String> tags, Product product, int release, Instant created) {
    /** Copies the list. */
    public Image {
      tags = List.copyOf(tags);
    }

    Image without(String tag) {
      return new Image(
          id, tags.stream().filter(one -> !one.equals(tag)).toList(), product, release, created);
    }
  }

  /** A volume. */
  public record Volume(String name, Map<String, String> labels, Instant created) {
    /** Copies the map. */
    public Volume {
      labels = Map.copyOf(labels);
    }
  }

  /**
   * A network.
   *
   * @param subnet the first half of its addresses, such as 172.18; empty if it gives none
   */
  public record Network(
      String name,
      String id,
      String driver,
      String subnet,
      @Nullable String project,
      Instant created) {}
}
