package dev.plimsoll.simulation;

import dev.plimsoll.simulation.HostDay.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What one image puts into the slots of its answers. */
final class ImageText implements Template.Values {
  private static final String PATH =
      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final int BASE_LAYERS = 2;
  private static final int OWN_LAYERS = 3;
  private static final int RELEASES_A_BASE = 3;
  private static final long MEGABYTE = 1_000_000;

  private final HostDay on;
  private final Image image;
  private final Shape shape;
  private final Product product;

  ImageText(HostDay on, Image image, Shape shape) {
    this.on = on;
    this.image = image;
    this.shape = shape;
    this.product = image.product();
  }

  @Override
  public String of(String slot) {
    return switch (slot) {
      case "id" -> image.id();
      case "created" -> image.created().toString();
      case "createdSecond" -> Long.toString(image.created().getEpochSecond());
      // A pulled image tells neither what it was built from nor where
      case "parent", "buildContainer" -> "";
      case "buildHost" -> "\"\"";
      case "buildCommand" ->
          Json.texts(List.of("/bin/sh", "-c", "#(nop) ", "CMD " + Json.texts(product.command())));
      case "tags" -> Json.texts(image.tags());
      case "listedTags" -> image.tags().isEmpty() ? Json.NULL : Json.texts(image.tags());
      case "digests", "listedDigests" -> Json.texts(List.of(product.repository() + "@" + digest()));
      case "size" -> Long.toString(product.megabytes() * MEGABYTE + image.release());
      case "labels" -> Json.object(labels(image));
      case "user" -> Json.text(product.user());
      case "env" -> Json.texts(List.of(PATH));
      case "cmd" -> Json.texts(product.command());
      case "entrypoint" -> Json.NULL;
      case "stopSignal" ->
          product.stopSignal() == null ? "" : "\"StopSignal\":\"" + product.stopSignal() + '"';
      case "volumes" ->
          product.data() == null ? Json.NULL : "{" + Json.text(product.data()) + ":{}}";
      case "workingDir" -> "\"/\"";
      case "exposedPorts" ->
          product.port() == 0 ? "" : "\"ExposedPorts\":{\"" + product.port() + "/tcp\":{}}";
      case "healthcheck" -> "";
      case "layers" -> Json.texts(layers(image));
      case "layer" -> directories(image).getLast();
      case "lowerLayers" ->
          directories(image).stream()
              .limit(BASE_LAYERS + OWN_LAYERS - 1L)
              .map(ImageText::directory)
              .collect(Collectors.joining(":"));
      case "containers" ->
          Long.toString(
              on.containers().stream()
                  .filter(container -> container.image().id().equals(image.id()))
                  .count());
      default -> throw new IllegalArgumentException("an image has no " + slot);
    };
  }

  private String digest() {
    return shape.store() == ImageStore.CONTAINERD
        ? image.id()
        : "sha256:" + chance(image).of("digest").id();
  }

  static Map<String, String> labels(Image image) {
    return Map.of(
        "org.opencontainers.image.version",
        image.product().version(image.release()),
        "org.opencontainers.image.source",
        "https://git.example.com/" + image.product().repository());
  }

  static List<String> layers(Image image) {
    return directories(image).stream().map(layer -> "sha256:" + layer).toList();
  }

  static String layerDirectories(Image image) {
    return directories(image).reversed().stream()
        .map(ImageText::directory)
        .collect(Collectors.joining(":"));
  }

  private static String directory(String layer) {
    return "/var/lib/docker/overlay2/" + layer + "/diff";
  }

  /** Those of the base, which several releases share, and the release's own. */
  private static List<String> directories(Image image) {
    List<String> layers = new ArrayList<>();
    Chance base =
        new Chance(image.product().major())
            .of(image.product().repository())
            .of(image.release() / RELEASES_A_BASE);
    IntStream.range(0, BASE_LAYERS).forEach(i -> layers.add(base.of("base").of(i).id()));
    IntStream.range(0, OWN_LAYERS).forEach(i -> layers.add(chance(image).of(i).id()));
    return layers;
  }

  private static Chance chance(Image image) {
    return new Chance(image.release()).of(image.product().repository());
  }

  /** One line of its history. */
  record Step(String createdBy, long bytes) {}

  /** How it was built, the last step first. */
  List<Template.Values> history() {
    List<Step> steps = new ArrayList<>();
    steps.add(new Step("CMD " + Json.texts(product.command()), 0));
    if (!product.user().isEmpty()) {
      steps.add(new Step("USER " + product.user(), 0));
    }
    if (product.port() > 0) {
      steps.add(new Step("EXPOSE map[" + product.port() + "/tcp:{}]", 0));
    }
    steps.add(new Step("COPY /build /app # buildkit", product.megabytes() * MEGABYTE / 2));
    steps.add(new Step("COPY entrypoint.sh /usr/local/bin/ # buildkit", 2_048));
    steps.add(
        new Step(
            "RUN /bin/sh -c apt-get update && apt-get install -y ca-certificates # buildkit",
            product.megabytes() * MEGABYTE / 10));
    steps.add(new Step("ENV " + PATH, 0));
    steps.add(new Step("RUN /bin/sh -c useradd --uid 1000 app # buildkit", 4_096));
    steps.add(new Step("ADD rootfs.tar.xz / # buildkit", product.megabytes() * MEGABYTE / 3));
    List<Template.Values> lines = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      boolean newest = i == 0;
      Step step = steps.get(i);
      lines.add(
          slot ->
              switch (slot) {
                case "createdSecond" -> Long.toString(image.created().getEpochSecond());
                case "createdBy" -> Json.text(step.createdBy());
                case "id" -> newest ? image.id() : "<missing>";
                case "size" -> Long.toString(step.bytes());
                case "tags" ->
                    newest && !image.tags().isEmpty() ? Json.texts(image.tags()) : Json.NULL;
                default -> throw new IllegalArgumentException("a step has no " + slot);
              });
    }
    return lines;
  }
}
