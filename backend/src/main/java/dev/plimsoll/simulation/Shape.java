package dev.plimsoll.simulation;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which fields an engine's answers have. Those of 20.10 with its own image store were recorded;
 * what differs elsewhere follows the published history of the Engine API, versions 1.42 to 1.52.
 *
 * @param release what the engine is
 * @param asked minor number of the API that it is asked with
 * @param store where it keeps images
 */
record Shape(EngineRelease release, int asked, ImageStore store) {
  private static final ConcurrentMap<Shape, Templates> KNOWN = new ConcurrentHashMap<>();

  /** Where the knowledge of a shape comes from. */
  enum Source {
    /** An engine answered so. */
    RECORDED,
    /** The API's description says so; no engine was asked. */
    DESCRIBED
  }

  /** The answers of one shape. */
  record Templates(
      Template info,
      Template version,
      Template listedContainer,
      Template container,
      Template listedImage,
      Template image,
      Template imageStep,
      Template volume,
      Template network) {}

  Source source() {
    return release == EngineRelease.V20_10 && store == ImageStore.OVERLAY2
        ? Source.RECORDED
        : Source.DESCRIBED;
  }

  Templates templates() {
    return KNOWN.computeIfAbsent(this, Shape::make);
  }

  /** Whether the engine's daemon is this release or newer. */
  boolean since(EngineRelease other) {
    return release.compareTo(other) >= 0;
  }

  /** Hosts of today have control groups of version 2; the recorded one has version 1. */
  boolean unifiedControlGroups() {
    return since(EngineRelease.V23);
  }

  private Templates make() {
    return new Templates(
        Template.read("info", this::info),
        Template.read("version", version -> {}),
        Template.read("listed-container", this::listedContainer),
        Template.read("container", this::container),
        Template.read("listed-image", this::listedImage),
        Template.read("image", this::image),
        Template.read("image-step", step -> {}),
        Template.read("volume", volume -> {}),
        Template.read("network", this::network));
  }

  private void info(ObjectNode info) {
    ObjectNode registries = (ObjectNode) info.get("RegistryConfig");
    if (since(EngineRelease.V23)) {
      info.remove(List.of("KernelMemory", "KernelMemoryTCP"));
      ((ObjectNode) info.get("Runtimes")).remove("io.containerd.runtime.v1.linux");
    }
    if (asked >= 44) {
      info.putArray("CDISpecDirs");
    }
    if (asked >= 46) {
      ObjectNode containerd = info.putObject("Containerd");
      containerd.put("Address", "/run/containerd/containerd.sock");
      containerd.putObject("Namespaces").put("Containers", "moby").put("Plugins", "plugins.moby");
    }
    if (since(EngineRelease.V28)) {
      registries.putNull("AllowNondistributableArtifactsCIDRs");
      registries.putNull("AllowNondistributableArtifactsHostnames");
      info.put("BridgeNfIptables", false).put("BridgeNfIp6tables", false);
    }
    if (asked >= 49) {
      registries.remove(
          List.of(
              "AllowNondistributableArtifactsCIDRs", "AllowNondistributableArtifactsHostnames"));
      for (String part : List.of("ContainerdCommit", "RuncCommit", "InitCommit")) {
        ((ObjectNode) info.get(part)).remove("Expected");
      }
      info.putObject("FirewallBackend").put("Driver", "iptables");
    }
    if (asked >= 50) {
      info.remove(List.of("BridgeNfIptables", "BridgeNfIp6tables"));
      info.putArray("DiscoveredDevices");
    }
  }

  private void listedContainer(ObjectNode container) {
    endpoint((ObjectNode) container.get("NetworkSettings").get("Networks").get("#{network}"));
  }

  private void container(ObjectNode container) {
    ObjectNode options = (ObjectNode) container.get("HostConfig");
    ObjectNode config = (ObjectNode) container.get("Config");
    ObjectNode network = (ObjectNode) container.get("NetworkSettings");
    if (since(EngineRelease.V23)) {
      options.remove(List.of("KernelMemory", "KernelMemoryTCP"));
    }
    if (asked >= 52) {
      config.remove("OnBuild");
      network.remove(
          List.of(
              "Bridge",
              "HairpinMode",
              "LinkLocalIPv6Address",
              "LinkLocalIPv6PrefixLen",
              "SecondaryIPAddresses",
              "SecondaryIPv6Addresses",
              "EndpointID",
              "Gateway",
              "GlobalIPv6Address",
              "GlobalIPv6PrefixLen",
              "IPAddress",
              "IPPrefixLen",
              "IPv6Gateway",
              "MacAddress"));
    }
    if (store == ImageStore.CONTAINERD) {
      withoutGraph(container);
    }
    endpoint((ObjectNode) network.get("Networks").get("#{network}"));
  }

  private void endpoint(ObjectNode endpoint) {
    if (since(EngineRelease.V25)) {
      endpoint.put("DNSNames", "${dnsNames}");
    }
    if (since(EngineRelease.V28)) {
      endpoint.put("GwPriority", 0);
    }
  }

  private void listedImage(ObjectNode image) {
    if (asked >= 44) {
      image.remove("VirtualSize");
    }
    if (asked >= 51) {
      image.put("Containers", "${containers}");
    }
    if (asked >= 48 && store == ImageStore.CONTAINERD) {
      descriptor(image);
    }
  }

  private void image(ObjectNode image) {
    ObjectNode config = (ObjectNode) image.get("Config");
    if (asked >= 44) {
      image.remove("VirtualSize");
    }
    if (asked >= 45) {
      image.remove(List.of("Container", "ContainerConfig"));
    }
    if (asked >= 50) {
      config.remove(
          List.of(
              "Hostname",
              "Domainname",
              "AttachStdin",
              "AttachStdout",
              "AttachStderr",
              "Tty",
              "OpenStdin",
              "StdinOnce",
              "Image"));
    }
    if (asked >= 52) {
      config.remove("OnBuild");
      image.remove(List.of("Parent", "Comment", "DockerVersion", "Author"));
    }
    if (store == ImageStore.CONTAINERD) {
      withoutGraph(image);
      if (asked >= 48) {
        descriptor(image);
      }
    }
  }

  private void network(ObjectNode network) {
    if (since(EngineRelease.V28)) {
      network.put("EnableIPv4", true);
    }
  }

  private void withoutGraph(ObjectNode object) {
    object.putObject("GraphDriver").put("Name", store.driver()).putNull("Data");
  }

  private static void descriptor(ObjectNode image) {
    ObjectNode descriptor = image.putObject("Descriptor");
    descriptor.put("mediaType", "application/vnd.oci.image.index.v1+json");
    descriptor.put("digest", "#{id}");
    descriptor.put("size", 1_609);
  }
}
