package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.Severity.LOW;
import static dev.plimsoll.checklist.Severity.MEDIUM;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Which ports containers open on the host, and on which network they meet. */
final class NetworkChecks {
  private static final Field BINDINGS = Field.of(".HostConfig.PortBindings");
  private static final Field PUBLISH_ALL = Field.of(".HostConfig.PublishAllPorts");
  private static final Field PORTS = Field.of(".NetworkSettings.Ports");
  private static final Field NETWORKS = Field.of(".NetworkSettings.Networks");
  private static final Field NETWORK_NAME = Field.of(".Name");
  private static final Field NETWORK_OPTIONS = Field.of(".Options");
  private static final String DEFAULT_BRIDGE_OPTION = "com.docker.network.bridge.default_bridge";

  private static final int LAST_PRIVILEGED = 1023;
  private static final Set<Long> EXPECTED_AT_THE_EDGE = Set.of(80L, 443L);

  private NetworkChecks() {}

  static final Check NO_PRIVILEGED_PORT =
      RuleBuilder.container("CTR-PORTPRIV", LOW)
          .cis("5.8")
          .nist("4.4.2")
          .linuxOnly()
          .title("No privileged host port is used without need")
          .rationale("Ports below 1024 are trusted to be services of the system itself.")
          .remediation("Publish on a port from 1024 up; 80 and 443 are accepted.")
          .judgedBy(NetworkChecks::noPrivilegedPort);

  static final Check BOUND_TO_ADDRESS =
      RuleBuilder.container("CTR-PORTBIND", MEDIUM)
          .cis("5.14")
          .nist("4.4.2")
          .linuxOnly()
          .title("Published ports are bound to a chosen address")
          .rationale(
              "A port published without an address is open on every interface, past host firewalls"
                  + " such as ufw.")
          .remediation("Publish with an address: -p 127.0.0.1:8080:80, or the service's own.")
          .judgedBy(NetworkChecks::boundToAddress);

  static final Check NOT_DEFAULT_BRIDGE =
      RuleBuilder.container("CTR-DEFAULTBRIDGE", LOW)
          .cis("5.30")
          .nist("4.3.3")
          .linuxOnly()
          .title("Container is not on the default bridge")
          .rationale("Everybody meets on the default bridge; nothing there keeps tenants apart.")
          .remediation("docker network create, and --network for every application.")
          .judgedBy(NetworkChecks::notDefaultBridge);

  private static Verdict noPrivilegedPort(Examination x) {
    Source container = x.document();
    if (container.text(NamespaceChecks.NETWORK_MODE).equals(NamespaceChecks.HOST)) {
      return x.notApplicable("no port is mapped in the host's network: CTR-NETHOST speaks of it");
    }
    List<Evidence> privileged = new ArrayList<>();
    List<Evidence> unclear = new ArrayList<>();
    for (Binding binding : bindings(container, BINDINGS)) {
      JsonNode port = binding.node().path("HostPort");
      Evidence evidence = container.evidence(binding.path() + ".HostPort", port);
      switch (usesPrivileged(port)) {
        case FAIL -> privileged.add(evidence);
        case UNKNOWN -> unclear.add(evidence);
        default -> {}
      }
    }
    if (!privileged.isEmpty()) {
      return x.fail(privileged, null);
    }
    return unclear.isEmpty() ? x.pass() : x.unknown(unclear, "the host port cannot be read");
  }

  /** A port, a range such as {@code 1020-1030}, or empty or 0 for one that the engine chooses. */
  private static Outcome usesPrivileged(JsonNode port) {
    if (!port.isString()) {
      return Outcome.UNKNOWN;
    }
    String text = port.stringValue();
    if (text.isEmpty()) {
      return Outcome.PASS;
    }
    int dash = text.indexOf('-');
    OptionalLong first = UserSpec.number(dash < 0 ? text : text.substring(0, dash));
    OptionalLong last = dash < 0 ? first : UserSpec.number(text.substring(dash + 1));
    if (first.isEmpty() || last.isEmpty() || first.getAsLong() < 0) {
      return Outcome.UNKNOWN;
    }
    for (long p = Math.max(1, first.getAsLong());
        p <= Math.min(LAST_PRIVILEGED, last.getAsLong());
        p++) {
      if (!EXPECTED_AT_THE_EDGE.contains(p)) {
        return Outcome.FAIL;
      }
    }
    return Outcome.PASS;
  }

  private static Verdict boundToAddress(Examination x) {
    Source container = x.document();
    String mode = container.text(NamespaceChecks.NETWORK_MODE);
    if (mode.equals(NamespaceChecks.HOST)) {
      return x.notApplicable("no port is mapped in the host's network: CTR-NETHOST speaks of it");
    }
    List<Evidence> everywhere = new ArrayList<>();
    List<Binding> configured = bindings(container, BINDINGS);
    addWildcards(container, configured, everywhere);
    if (container.flag(PUBLISH_ALL)) {
      everywhere.add(container.evidence(PUBLISH_ALL.path(), container.peek(PUBLISH_ALL)));
    }
    if (!everywhere.isEmpty()) {
      return x.fail(everywhere, null);
    }
    // The engine's own view counts where the configuration shows nothing: it exists while running
    List<Binding> actual =
        container.peek(PORTS).isMissingNode() ? List.of() : bindings(container, PORTS);
    addWildcards(container, actual, everywhere);
    if (!everywhere.isEmpty()) {
      return x.fail(everywhere, null);
    }
    return configured.isEmpty() && actual.isEmpty()
        ? x.notApplicable("nothing is published")
        : x.pass();
  }

  private static void addWildcards(
      Source container, List<Binding> bindings, List<Evidence> everywhere) {
    for (Binding binding : bindings) {
      String path = binding.path() + ".HostIp";
      JsonNode address = binding.node().path("HostIp");
      if (isWildcard(container.textOf(path, address))) {
        everywhere.add(container.evidence(path, address));
      }
    }
  }

  /** Empty, {@code *}, and every way to write the unspecified address of IPv4 or IPv6. */
  private static boolean isWildcard(String address) {
    return address.equals("*") || address.chars().allMatch(c -> "0.:[]".indexOf(c) >= 0);
  }

  private record Binding(String path, JsonNode node) {}

  private static List<Binding> bindings(Source container, Field field) {
    JsonNode ports = container.objectOrNull(field);
    if (ports.isEmpty()) {
      return List.of();
    }
    List<Binding> bindings = new ArrayList<>();
    for (Map.Entry<String, JsonNode> port : ports.properties()) {
      String path = field.member(port.getKey());
      if (!port.getValue().isArray() && !port.getValue().isNull()) {
        throw container.unreadable(path, port.getValue(), "a list");
      }
      for (int i = 0; i < port.getValue().size(); i++) {
        bindings.add(new Binding(path + "[" + i + "]", port.getValue().get(i)));
      }
    }
    return bindings;
  }

  private static Verdict notDefaultBridge(Examination x) {
    Source container = x.document();
    String mode = container.text(NamespaceChecks.NETWORK_MODE);
    if (mode.equals("none")
        || mode.equals(NamespaceChecks.HOST)
        || mode.startsWith(NamespaceChecks.CONTAINER)) {
      return x.notApplicable("the container joins no bridge");
    }
    JsonNode networks = container.objectOrNull(NETWORKS);
    if (networks.size() == 1 && networks.has("none")) {
      return x.notApplicable("the engine has no default bridge");
    }
    if (mode.equals("default") || mode.equals("bridge")) {
      return x.fail(
          List.of(
              container.evidence(
                  NamespaceChecks.NETWORK_MODE.path(),
                  container.peek(NamespaceChecks.NETWORK_MODE))),
          null);
    }
    for (Map.Entry<String, JsonNode> network : networks.properties()) {
      if (isDefaultBridge(x.host(), network.getKey())) {
        return x.fail(
            List.of(container.evidence(NETWORKS.member(network.getKey()), network.getValue())),
            null);
      }
    }
    return x.pass();
  }

  private static boolean isDefaultBridge(HostFacts host, String name) {
    // The engine reserves this name for it
    if (name.equals("bridge")) {
      return true;
    }
    for (Reading reading : host.networks().values()) {
      if (reading instanceof Reading.Read network
          && NETWORK_NAME.in(network.document()).asString("").equals(name)) {
        return NETWORK_OPTIONS
            .in(network.document())
            .path(DEFAULT_BRIDGE_OPTION)
            .asString("")
            .equalsIgnoreCase("true");
      }
    }
    return false;
  }
}
