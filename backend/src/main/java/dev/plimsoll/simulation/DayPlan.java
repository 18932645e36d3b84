package dev.plimsoll.simulation;

import dev.plimsoll.simulation.HostDay.Container;
import dev.plimsoll.simulation.HostDay.Image;
import dev.plimsoll.simulation.HostDay.Mount;
import dev.plimsoll.simulation.HostDay.Network;
import dev.plimsoll.simulation.HostDay.Volume;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Works out one host on one day. A service is rolled out on some days, chance says on which; its
 * containers are then created anew, from the image and with the options of that day.
 */
final class DayPlan {
  /** Longest time that anything was there before the fleet's first day, in days. */
  private static final int PAST = 150;

  private static final int DAYS_BETWEEN_PRUNINGS = 30;
  private static final int SHORTEST_UPGRADE = 120;
  private static final int LONGEST_UPGRADE = 420;
  private static final int ID_CHARACTERS = 48;
  private static final int ID_GROUP = 4;
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  /** Networks of projects: from 172.18 to 172.31, and then what an administrator added. */
  private static final int FIRST_SUBNET = 18;

  private static final int SUBNETS = 14;

  private static final double RELAXED = 0.75;
  private static final double CARELESS = 1.25;

  private static final Product TOOLBOX =
      new Product("registry.example.com/platform/toolbox", 1, "", 0, null, List.of("/bin/sh"), 90);

  private final FleetPlan plan;
  private final SimulatedHost host;
  private final int day;
  private final Chance chance;
  private final EngineRelease release;
  private final ImageStore store;
  private final double carelessness;
  private final Network bridge;
  private final Network hostNetwork;
  private final List<Network> networks = new ArrayList<>();
  private final List<Container> containers = new ArrayList<>();
  private final Map<String, Image> images = new LinkedHashMap<>();
  private final Map<String, Volume> volumes = new TreeMap<>();

  DayPlan(FleetPlan plan, int index, int day) {
    this.plan = plan;
    this.host = plan.host(index);
    this.day = day;
    this.chance = plan.chance(index);
    EngineRelease first = EngineRelease.V20_10.after(firstRelease());
    int period = SHORTEST_UPGRADE + chance.of("upgrades").below(LONGEST_UPGRADE - SHORTEST_UPGRADE);
    int upgrades = Math.floorDiv(Math.max(day, 0) + chance.of("upgrade").below(period), period);
    this.release = chance.of("upgraded").happens(0.7) ? first.after(upgrades) : first;
    // Upgrading leaves images where they are: only engines that were installed so use the other
    boolean installedWithContainerd =
        first.compareTo(EngineRelease.V28) >= 0 && chance.of("store").happens(0.6);
    this.store = installedWithContainerd ? ImageStore.CONTAINERD : ImageStore.OVERLAY2;
    this.carelessness =
        switch (host.environment()) {
          case "production" -> RELAXED;
          case "staging" -> 1;
          default -> CARELESS;
        };
    this.bridge = network("bridge", "bridge", "172.17", null);
    this.hostNetwork = network("host", "host", "", null);
    network("none", "null", "", null);
  }

  HostDay make() {
    services();
    incident();
    return new HostDay(
        host,
        day,
        engineId(),
        release,
        store,
        new HostDay.Settings(
            setting("live restore", 0.3),
            setting("user namespaces", 0.05),
            !setting("safe registries", 0.8)),
        containers.stream().sorted(Comparator.comparing(Container::created)).toList(),
        withoutMovedTags(images.values()),
        List.copyOf(volumes.values()),
        networks);
  }

  /** A tag names one image: "latest" moved on to the newest that has it. */
  private static List<Image> withoutMovedTags(Collection<Image> all) {
    Map<String, Integer> newest = new HashMap<>();
    for (Image image : all) {
      if (image.tags().contains(latest(image))) {
        newest.merge(image.product().repository(), image.release(), Math::max);
      }
    }
    return all.stream()
        .map(
            image ->
                newest.getOrDefault(image.product().repository(), image.release())
                        == image.release()
                    ? image
                    : image.without(latest(image)))
        .toList();
  }

  private static String latest(Image image) {
    return image.product().repository() + ":latest";
  }

  /** Old engines are common, and the oldest more than the middle ones. */
  private int firstRelease() {
    double found = chance.of("release").fraction();
    if (found < 0.25) {
      return 0;
    }
    return 1 + chance.of("newer release").below(EngineRelease.values().length - 1);
  }

  /** A setting that some hosts have from the beginning, and as many more get in a year. */
  private boolean setting(String name, double frequency) {
    Chance own = chance.of(name);
    return own.happens(frequency)
        || (own.of("later").happens(frequency) && day >= own.of("day").below(365));
  }

  /** Twelve groups of four characters, as engines wrote it until they wrote UUIDs. */
  private String engineId() {
    // It is made at the installation and outlives upgrades
    StringBuilder groups = new StringBuilder();
    for (int i = 0; i < ID_CHARACTERS; i++) {
      if (i > 0 && i % ID_GROUP == 0) {
        groups.append(':');
      }
      groups.append(BASE32.charAt(chance.of("engine").of(i).below(BASE32.length())));
    }
    return groups.toString();
  }

  private void services() {
    int left = plan.containersPerHost();
    for (int number = 0; left > 0; number++) {
      Chance own = chance.of("project").of(number);
      Stack stack = own.oneOf(Stack.ALL);
      // Two projects of a name on one host are told apart as people do it
      String name = number < Stack.ALL.size() ? stack.project() : stack.project() + number;
      if (networks.stream().anyMatch(network -> name.equals(network.project()))) {
        continue;
      }
      Network network = network(name + "_default", "bridge", subnet(number), name);
      for (Stack.Service service : stack.services()) {
        Chance ofService = own.of(service.name());
        int replicas = Math.min(left, 1 + ofService.of("replicas").below(service.mostReplicas()));
        if (replicas > 0) {
          service(name, service, ofService, network, replicas);
          left -= replicas;
        }
      }
    }
  }

  private void service(
      String project, Stack.Service service, Chance own, Network network, int replicas) {
    int born = -1 - own.of("born").below(PAST);
    int rolledOut = rolledOut(own, born, day);
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    for (Trait trait : Trait.values()) {
      if (trait.holds(own, carelessness, rolledOut)) {
        traits.add(trait);
      }
    }
    Chance generation = own.of("generation").of(rolledOut);
    Image image = image(service.product(), own, traits, born, rolledOut);
    for (int replica = 1; replica <= replicas; replica++) {
      Chance one = generation.of(replica);
      containers.add(
          new Container(
              containers.size() + 1,
              one.id(),
              project + "-" + service.name() + "-" + replica,
              project,
              service.name(),
              replica,
              image,
              traits.contains(Trait.LATEST)
                  ? service.product().repository() + ":latest"
                  : image.tags().getFirst(),
              plan.earlyOn(rolledOut, generation),
              traits,
              mounts(project, service, own, generation, replica, traits, born, rolledOut),
              traits.contains(Trait.HOST_NETWORK) ? hostNetwork : network,
              false));
    }
    remains(service, own, traits, born, rolledOut, replicas);
  }

  /** The last day, not after another one, on which a service was rolled out. */
  private int rolledOut(Chance service, int born, int upTo) {
    Chance churn = service.of("churn");
    for (int at = upTo; at >= 0; at--) {
      if (churn.of(at).happens(plan.churn())) {
        return at;
      }
    }
    return born;
  }

  private List<Mount> mounts(
      String project,
      Stack.Service service,
      Chance own,
      Chance generation,
      int replica,
      Set<Trait> traits,
      int born,
      int rolledOut) {
    List<Mount> mounts = new ArrayList<>();
    String data = service.product().data();
    if (data != null) {
      mounts.add(
          mount(dataVolume(project, service, own, generation, replica, born, rolledOut), data));
    }
    if (own.of("settings").happens(0.3)) {
      mounts.add(new Mount(null, "/srv/" + project + "/" + service.name(), "/etc/app", false));
    }
    if (traits.contains(Trait.HOST_DIRECTORY)) {
      mounts.add(new Mount(null, "/etc", "/host/etc", own.of("writes").happens(0.3)));
    }
    if (traits.contains(Trait.ENGINE_SOCKET)) {
      mounts.add(new Mount(null, "/var/run/docker.sock", "/var/run/docker.sock", true));
    }
    return mounts;
  }

  private Volume dataVolume(
      String project,
      Stack.Service service,
      Chance own,
      Chance generation,
      int replica,
      int born,
      int rolledOut) {
    if (own.of("anonymous").happens(0.15)) {
      return volume(anonymous(generation, replica), Map.of(), plan.earlyOn(rolledOut, generation));
    }
    String key = service.name() + "_data";
    return volume(
        project + "_" + key,
        Map.of("com.docker.compose.project", project, "com.docker.compose.volume", key),
        plan.earlyOn(born, own));
  }

  private static String anonymous(Chance generation, int replica) {
    return generation.of("volume").of(replica).id();
  }

  /** What the generation before left behind, until somebody clears it away. */
  private void remains(
      Stack.Service service, Chance own, Set<Trait> traits, int born, int rolledOut, int replicas) {
    int pruned =
        day
            - Math.floorMod(
                day + chance.of("pruned").below(DAYS_BETWEEN_PRUNINGS), DAYS_BETWEEN_PRUNINGS);
    if (rolledOut < 0 || rolledOut < pruned) {
      return;
    }
    int before = rolledOut(own, born, rolledOut - 1);
    image(service.product(), own, traits, born, before);
    if (service.product().data() != null && own.of("anonymous").happens(0.15)) {
      Chance generation = own.of("generation").of(before);
      for (int replica = 1; replica <= replicas; replica++) {
        volume(anonymous(generation, replica), Map.of(), plan.earlyOn(before, generation));
      }
    }
  }

  private static Mount mount(Volume volume, String destination) {
    return new Mount(volume, "", destination, true);
  }

  private Volume volume(String name, Map<String, String> labels, Instant created) {
    return volumes.computeIfAbsent(name, absent -> new Volume(name, labels, created));
  }

  /** The image from which a service was rolled out on a day. */
  private Image image(Product product, Chance own, Set<Trait> traits, int born, int rolledOut) {
    Chance fleet = plan.chance();
    int newest = product.releaseOn(fleet, traits.contains(Trait.NEVER_UPDATED) ? born : rolledOut);
    int release = newest - (own.of("lag").happens(0.3) ? 1 : 0);
    return image(product, release, traits.contains(Trait.LATEST));
  }

  private Image image(Product product, int release, boolean latest) {
    Chance own = plan.chance().of("image").of(product.repository()).of(release);
    String id = "sha256:" + (store == ImageStore.CONTAINERD ? own.of("manifest") : own).id();
    Set<String> tags =
        new TreeSet<>(List.of(product.repository() + ":" + product.version(release)));
    Image known = images.get(id);
    if (known != null) {
      tags.addAll(known.tags());
    }
    if (latest) {
      tags.add(product.repository() + ":latest");
    }
    // Versions sort before "latest", so the first tag names the release
    Image image =
        new Image(
            id,
            List.copyOf(tags),
            product,
            release,
            plan.earlyOn(product.madeOn(plan.chance(), release), own));
    images.put(id, image);
    return image;
  }

  private static String subnet(int number) {
    return number < SUBNETS ? "172." + (FIRST_SUBNET + number) : "10." + number;
  }

  private Network network(String name, String driver, String subnet, @Nullable String project) {
    Chance own = chance.of("network").of(name);
    Network network =
        new Network(name, own.id(), driver, subnet, project, plan.earlyOn(-PAST - 1, own));
    networks.add(network);
    return network;
  }

  private void incident() {
    Incident incident = Incident.on(plan, host.index(), day);
    if (incident == null) {
      return;
    }
    int since = Incident.since(plan, host.index(), day);
    switch (incident) {
      case DEBUG_CONTAINER ->
          byHand("debug", since, EnumSet.of(Trait.PRIVILEGED, Trait.HOST_DIRECTORY), "/", "/host");
      case ENGINE_SOCKET ->
          byHand(
              "container-viewer",
              since,
              EnumSet.of(Trait.ENGINE_SOCKET),
              "/var/run/docker.sock",
              "/var/run/docker.sock");
      case CRASH_LOOP -> {
        Container last = containers.removeLast();
        containers.add(restarting(last));
      }
      case HOST_DOWN -> {
        // Nothing on it changes: nobody is told
      }
    }
  }

  private void byHand(String name, int since, Set<Trait> more, String source, String destination) {
    Set<Trait> traits = EnumSet.copyOf(more);
    traits.addAll(
        EnumSet.of(
            Trait.ROOT,
            Trait.NO_MEMORY_LIMIT,
            Trait.NO_PIDS_LIMIT,
            Trait.NEW_PRIVILEGES,
            Trait.ALL_CAPABILITIES,
            Trait.WRITABLE_ROOT,
            Trait.NO_HEALTHCHECK,
            Trait.ENDLESS_LOG,
            Trait.NO_OWNER,
            Trait.LATEST));
    Chance own = chance.of(name).of(since);
    Image image = image(TOOLBOX, TOOLBOX.releaseOn(plan.chance(), since), true);
    containers.add(
        new Container(
            containers.size() + 1,
            own.id(),
            name,
            null,
            null,
            1,
            image,
            TOOLBOX.repository() + ":latest",
            plan.earlyOn(since, own),
            traits,
            List.of(new Mount(null, source, destination, true)),
            bridge,
            false));
  }

  private static Container restarting(Container one) {
    return new Container(
        one.number(),
        one.id(),
        one.name(),
        one.project(),
        one.service(),
        one.replica(),
        one.image(),
        one.configuredImage(),
        one.created(),
        one.traits(),
        one.mounts(),
        one.network(),
        true);
  }
}
