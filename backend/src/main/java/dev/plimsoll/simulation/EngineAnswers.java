package dev.plimsoll.simulation;

import dev.plimsoll.simulation.HostDay.Container;
import dev.plimsoll.simulation.HostDay.Image;
import dev.plimsoll.simulation.HostDay.Network;
import dev.plimsoll.simulation.HostDay.Volume;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The answers of one engine on one day. */
final class EngineAnswers {
  private static final Pattern VERSIONED = Pattern.compile("/v1\\.([0-9]{1,3})(/.*)");
  private static final Pattern CONTAINER =
      Pattern.compile("/containers/([^/]+)/(json|top|changes|archive)");
  private static final Pattern IMAGE = Pattern.compile("/images/([^/]+)/(json|history)");
  private static final Pattern NETWORK = Pattern.compile("/networks/([^/]+)");
  private static final Pattern EXEC = Pattern.compile("/exec/([^/]+)/json");
  private static final int SHORTEST_ID = 12;
  private static final String NO_MANAGER =
      "This node is not a swarm manager. Use \"docker swarm init\" or \"docker swarm join\" to"
          + " connect this node to swarm and try again.";

  private final HostDay on;
  private final Instant now;

  /**
   * Answers.
   *
   * @param now by the engine's clock
   */
  EngineAnswers(HostDay on, Instant now) {
    this.on = on;
    this.now = now;
  }

  /**
   * Answers a GET.
   *
   * @param target path and query as they were asked
   */
  Reply to(String target) {
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    String query = question < 0 ? "" : target.substring(question + 1);
    Matcher versioned = VERSIONED.matcher(path);
    if (!versioned.matches()) {
      return path.equals("/_ping")
          ? Reply.text(200, "OK")
          : answer(path, query, on.release().api());
    }
    int asked = Integer.parseInt(versioned.group(1));
    if (asked > on.release().api()) {
      return Reply.error(
          400,
          "client version 1.%d is too new. Maximum supported API version is %s"
              .formatted(asked, on.release().apiVersion()));
    }
    if (asked < on.release().oldestApi()) {
      return Reply.error(
          400,
          "client version 1.%d is too old. Minimum supported API version is %s, please upgrade your client to a newer version"
              .formatted(asked, on.release().oldestApiVersion()));
    }
    return answer(versioned.group(2), query, asked);
  }

  private Reply answer(String path, String query, int asked) {
    Shape shape = new Shape(on.release(), asked, on.store());
    return switch (path) {
      case "/_ping" -> Reply.text(200, "OK");
      case "/version" -> host(shape.templates().version(), shape);
      case "/info" -> host(shape.templates().info(), shape);
      case "/containers/json" ->
          list(on.containers().reversed(), (out, container) -> listed(out, container, shape));
      case "/images/json" ->
          list(
              on.images(),
              (out, image) ->
                  shape.templates().listedImage().fill(out, new ImageText(on, image, shape)));
      case "/volumes" -> volumes(shape);
      case "/networks" -> list(on.networks(), (out, one) -> network(out, one, shape, false));
      case "/plugins" -> Reply.json("[]");
      case "/swarm", "/nodes", "/services", "/tasks" -> Reply.error(503, NO_MANAGER);
      case "/system/df" -> diskUsage(query, shape);
      case "/events" -> new Reply.Endless();
      default -> one(path, query, shape);
    };
  }

  private Reply one(String path, String query, Shape shape) {
    Matcher matcher = CONTAINER.matcher(path);
    if (matcher.matches()) {
      return container(matcher.group(1), matcher.group(2), query, shape);
    }
    matcher = IMAGE.matcher(path);
    if (matcher.matches()) {
      return image(matcher.group(1), matcher.group(2), shape);
    }
    matcher = NETWORK.matcher(path);
    if (matcher.matches()) {
      String asked = matcher.group(1);
      Optional<Network> found =
          on.networks().stream()
              .filter(one -> one.name().equals(asked) || names(one.id(), asked))
              .findFirst();
      if (found.isEmpty()) {
        return Reply.error(404, "network " + asked + " not found");
      }
      StringBuilder out = new StringBuilder();
      network(out, found.get(), shape, true);
      return Reply.json(out);
    }
    matcher = EXEC.matcher(path);
    return matcher.matches()
        ? Reply.error(404, "No such exec instance: " + matcher.group(1))
        : Reply.error(404, "page not found");
  }

  private Reply host(Template template, Shape shape) {
    StringBuilder out = new StringBuilder();
    template.fill(out, new HostText(on, shape, now));
    return Reply.json(out);
  }

  private Reply container(String asked, String what, String query, Shape shape) {
    Optional<Container> found =
        on.containers().stream()
            .filter(one -> one.name().equals(asked) || names(one.id(), asked))
            .findFirst();
    if (found.isEmpty()) {
      return Reply.error(404, "No such container: " + asked);
    }
    Container container = found.get();
    ContainerText text = new ContainerText(on, container, shape, now);
    return switch (what) {
      case "top" ->
          container.restarting()
              ? Reply.error(
                  409,
                  "Container "
                      + container.id()
                      + " is restarting, wait until the container is running")
              : Reply.json(text.processes());
      case "changes" -> Reply.json(changes(container));
      case "archive" -> archive(asked, query);
      default -> {
        StringBuilder out = new StringBuilder();
        shape.templates().container().fill(out, text);
        if (query.contains("size=1")) {
          // Fields of its own at the end, as the engine leaves out what is nothing
          out.setLength(out.length() - 1);
          out.append(sizes(container)).append('}');
        }
        yield Reply.json(out);
      }
    };
  }

  private static String changes(Container container) {
    return container.has(Trait.WRITABLE_ROOT)
        ? "[{\"Path\":\"/run\",\"Kind\":0},{\"Path\":\"/run/app.pid\",\"Kind\":1},"
            + "{\"Path\":\"/tmp\",\"Kind\":0}]"
        : Json.NULL;
  }

  private static Reply archive(String container, String query) {
    String path = query.replaceFirst("^path=", "").replace("%2F", "/");
    String content = ContainerText.accountFile(path);
    return content == null
        ? Reply.error(404, "Could not find the file " + path + " in container " + container)
        : new Reply.Whole(
            200, "application/x-tar", Tar.of(path.substring(path.lastIndexOf('/') + 1), content));
  }

  private static String sizes(Container container) {
    long written = container.has(Trait.WRITABLE_ROOT) ? 4_096L * container.number() : 0;
    long root = container.image().product().megabytes() * 1_000_000L + written;
    return (written == 0 ? "" : ",\"SizeRw\":" + written) + ",\"SizeRootFs\":" + root;
  }

  private void listed(StringBuilder out, Container container, Shape shape) {
    shape.templates().listedContainer().fill(out, new ContainerText(on, container, shape, now));
  }

  private Reply image(String asked, String what, Shape shape) {
    String hexadecimal = asked.replaceFirst("^sha256:", "");
    Optional<Image> found =
        on.images().stream()
            .filter(one -> names(one.id().substring("sha256:".length()), hexadecimal))
            .findFirst();
    if (found.isEmpty()) {
      return Reply.error(404, "no such image: %s: No such image: %s".formatted(asked, asked));
    }
    ImageText text = new ImageText(on, found.get(), shape);
    if (what.equals("history")) {
      return list(text.history(), (out, step) -> shape.templates().imageStep().fill(out, step));
    }
    StringBuilder out = new StringBuilder();
    shape.templates().image().fill(out, text);
    return Reply.json(out);
  }

  /** An ID may be cut short. */
  private static boolean names(String id, String asked) {
    return asked.length() >= SHORTEST_ID && id.startsWith(asked);
  }

  private Reply volumes(Shape shape) {
    StringBuilder out = new StringBuilder("{\"Volumes\":");
    joined(out, on.volumes(), (to, volume) -> volume(to, volume, shape));
    return Reply.json(out.append(",\"Warnings\":null}"));
  }

  private static void volume(StringBuilder out, Volume volume, Shape shape) {
    shape
        .templates()
        .volume()
        .fill(
            out,
            slot ->
                switch (slot) {
                  case "name" -> volume.name();
                  case "created" -> volume.created().truncatedTo(ChronoUnit.SECONDS).toString();
                  case "labels" ->
                      volume.labels().isEmpty() ? Json.NULL : Json.object(volume.labels());
                  default -> throw new IllegalArgumentException("a volume has no " + slot);
                });
  }

  private void network(StringBuilder out, Network network, Shape shape, boolean whole) {
    boolean addresses = !network.subnet().isEmpty();
    shape
        .templates()
        .network()
        .fill(
            out,
            slot ->
                switch (slot) {
                  case "name" -> network.name();
                  case "id" -> network.id();
                  case "created" -> network.created().toString();
                  case "driver" -> network.driver();
                  case "containers" -> whole ? members(network, shape) : "{}";
                  case "options" -> options(network);
                  case "ipamOptions" -> network.project() == null ? Json.NULL : "{}";
                  case "ipamConfig" ->
                      addresses
                          ? "[{\"Subnet\":\"%s.0.0/16\",\"Gateway\":\"%s.0.1\"}]"
                              .formatted(network.subnet(), network.subnet())
                          : "[]";
                  case "labels" -> labels(network);
                  default -> throw new IllegalArgumentException("a network has no " + slot);
                });
  }

  private static String labels(Network network) {
    String project = network.project();
    return project == null
        ? "{}"
        : "{\"com.docker.compose.network\":\"default\",\"com.docker.compose.project\":"
            + Json.text(project)
            + "}";
  }

  private static String options(Network network) {
    return network.name().equals("bridge")
        ? "{\"com.docker.network.bridge.default_bridge\":\"true\","
            + "\"com.docker.network.bridge.enable_icc\":\"true\","
            + "\"com.docker.network.bridge.enable_ip_masquerade\":\"true\","
            + "\"com.docker.network.bridge.host_binding_ipv4\":\"0.0.0.0\","
            + "\"com.docker.network.bridge.name\":\"docker0\","
            + "\"com.docker.network.driver.mtu\":\"1500\"}"
        : "{}";
  }

  private String members(Network network, Shape shape) {
    StringBuilder out = new StringBuilder("{");
    for (Container container : on.containers()) {
      if (container.network().equals(network) && !container.restarting()) {
        out.append(out.length() == 1 ? "" : ",")
            .append('"')
            .append(container.id())
            .append("\":")
            .append(new ContainerText(on, container, shape, now).place());
      }
    }
    return out.append('}').toString();
  }

  private Reply diskUsage(String query, Shape shape) {
    boolean all = shape.asked() < 42 || query.isEmpty();
    StringBuilder out = new StringBuilder("{\"LayersSize\":");
    out.append(on.images().stream().mapToLong(one -> one.product().megabytes()).sum() * 1_000_000L);
    out.append(",\"Images\":");
    if (all || query.contains("type=image")) {
      joined(
          out,
          on.images(),
          (to, image) -> shape.templates().listedImage().fill(to, new ImageText(on, image, shape)));
    } else {
      out.append(Json.NULL);
    }
    out.append(",\"Containers\":");
    if (all || query.contains("type=container")) {
      joined(
          out,
          on.containers(),
          (to, container) -> {
            listed(to, container, shape);
            to.setLength(to.length() - 1);
            to.append(sizes(container)).append('}');
          });
    } else {
      out.append(Json.NULL);
    }
    out.append(",\"Volumes\":");
    if (all || query.contains("type=volume")) {
      joined(
          out,
          on.volumes(),
          (to, volume) -> {
            volume(to, volume, shape);
            to.setLength(to.length() - 1);
            to.append(usage(volume)).append('}');
          });
    } else {
      out.append(Json.NULL);
    }
    out.append(",\"BuildCache\":").append(shape.asked() < 42 ? "null,\"BuilderSize\":0" : "null");
    return Reply.json(out.append('}'));
  }

  private String usage(Volume volume) {
    long users =
        on.containers().stream()
            .flatMap(container -> container.mounts().stream())
            .filter(mount -> volume.equals(mount.volume()))
            .count();
    int megabytes = 1 + new Chance(0).of(volume.name()).of("size").below(40_000);
    return ",\"UsageData\":{\"RefCount\":%d,\"Size\":%d}"
        .formatted(users, (megabytes + 3L * Math.max(0, on.day())) * 1_000_000L);
  }

  private static <T> Reply list(List<T> things, BiConsumer<StringBuilder, T> one) {
    StringBuilder out = new StringBuilder();
    joined(out, things, one);
    return Reply.json(out);
  }

  private static <T> void joined(
      StringBuilder out, List<T> things, BiConsumer<StringBuilder, T> one) {
    out.append('[');
    for (int i = 0; i < things.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      one.accept(out, things.get(i));
    }
    out.append(']');
  }
}
