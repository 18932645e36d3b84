package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.Severity.LOW;
import static dev.plimsoll.checklist.Severity.MEDIUM;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a network keeps apart: applications from each other, traffic from the wire, hosts inside.
 */
final class NetworkIsolationChecks {
  private static final Field NAME = Field.of(".Name");
  private static final Field DRIVER = Field.of(".Driver");
  private static final Field OPTIONS = Field.of(".Options");
  private static final Field LABELS = Field.of(".Labels");
  private static final Field INGRESS = Field.of(".Ingress");
  private static final Field CONTAINER_NETWORKS = Field.of(".NetworkSettings.Networks");
  private static final Field CONTAINER_LABELS = Field.of(".Config.Labels");
  private static final String BRIDGE = "bridge";
  private static final String OVERLAY = "overlay";
  private static final String GATEWAY_MODE = "com.docker.network.bridge.gateway_mode_ipv";
  private static final String TRUSTED = "com.docker.network.bridge.trusted_host_interfaces";
  private static final String HOST_BINDING = "com.docker.network.bridge.host_binding_ipv4";
  private static final String COMPOSE_PROJECT = "com.docker.compose.project";

  /** Label of a network on which applications meet on purpose, such as a proxy's. */
  static final String SHARED_EDGE = "dev.plimsoll.shared-edge";

  /** Label of a network that skips the host's firewall on purpose. */
  static final String APPROVED = "dev.plimsoll.approved";

  /** Networks of drivers that connect nothing to each other. */
  private static final Set<String> NO_NETWORK = Set.of("host", "null");

  private static final Set<String> PAST_THE_FIREWALL = Set.of("macvlan", "ipvlan");

  private NetworkIsolationChecks() {}

  static final Check ENCRYPTED =
      RuleBuilder.network("NET-OVERLAYENC", MEDIUM)
          .cis("7.3")
          .nist("4.3.3")
          .title("Overlay networks encrypt traffic between nodes")
          .rationale("Whoever sits between two nodes reads plain VXLAN, and can add to it.")
          .remediation("Create it anew: docker network create -d overlay --opt encrypted NAME.")
          .judgedBy(NetworkIsolationChecks::encrypted);

  static final Check NOT_SHARED =
      RuleBuilder.network("NET-SHARED", MEDIUM)
          .nist("4.3.4")
          .title("Unrelated applications do not share one network")
          .rationale("On a shared network, who breaks into one application reaches the next.")
          .remediation(
              "Give each application a network of its own, and label the one where they meet with "
                  + SHARED_EDGE
                  + "=true.")
          .judgedBy(NetworkIsolationChecks::notShared);

  static final Check PROTECTED =
      RuleBuilder.network("NET-UNPROTECTED", MEDIUM)
          .nist("4.4.2")
          .title("No bridge network switches its own firewall off")
          .rationale("Ports that were never published are then open to the neighbourhood.")
          .remediation("Create it anew without the gateway mode nat-unprotected.")
          .judgedBy(NetworkIsolationChecks::isProtected);

  static final Check BINDS_BY_CHOICE =
      RuleBuilder.network("NET-BINDDEFAULT", LOW)
          .advisory()
          .nist("4.4.2")
          .title("Bridges publish to a chosen address by default")
          .rationale("Otherwise every -p that names no address is open to all networks.")
          .remediation(
              "Set \"ip\": \"127.0.0.1\" in daemon.json for the default bridge, and the option "
                  + HOST_BINDING
                  + " for others.")
          .judgedBy(NetworkIsolationChecks::bindsByChoice);

  static final Check DELIBERATE =
      RuleBuilder.network("NET-L2", LOW)
          .advisory()
          .nist("4.4.2")
          .title("macvlan and ipvlan networks are deliberate")
          .rationale("Their containers stand in the host's own network, past its firewall.")
          .remediation(
              "Remove it, or create it with --label " + APPROVED + "=true if it is wanted.")
          .judgedBy(NetworkIsolationChecks::deliberate);

  private static Verdict encrypted(Examination x) {
    Source network = x.document();
    if (!network.text(DRIVER).equals(OVERLAY)) {
      return x.notApplicable("not an overlay network");
    }
    if (network.look(INGRESS).asBoolean(false)) {
      return x.notApplicable(
          "the swarm's own network for published ports; whether it is encrypted says nothing of"
              + " applications");
    }
    JsonNode options = network.peek(OPTIONS);
    if (!options.isObject()) {
      throw network.unreadable(OPTIONS.path(), options, "an object");
    }
    JsonNode value = options.path("encrypted");
    if (value.isString() && !value.stringValue().equalsIgnoreCase("false")) {
      network.look(OPTIONS);
      return x.pass();
    }
    if (!value.isMissingNode() && !value.isString()) {
      throw network.unreadable(OPTIONS.member("encrypted"), value, "text");
    }
    Source engine = x.engine();
    if (!engine.flag(Swarm.CONTROL)) {
      return x.unknown("a worker does not know all of it: watch a manager of the same swarm");
    }
    if (engine.integer(Swarm.NODE_COUNT) == 1) {
      return x.notApplicable("a swarm of one node: nothing crosses a wire");
    }
    return x.fail(List.of(network.evidence(OPTIONS.path(), options)), null);
  }

  private static Verdict notShared(Examination x) {
    Source network = x.document();
    String driver = network.text(DRIVER);
    String name = network.text(NAME);
    if (NO_NETWORK.contains(driver)) {
      return x.notApplicable("it connects no containers to each other");
    }
    if (driver.equals(BRIDGE) && name.equals(BRIDGE)) {
      return x.notApplicable("the default bridge: CTR-DEFAULTBRIDGE speaks of it");
    }
    if (network.peek(INGRESS).asBoolean(false)) {
      return x.notApplicable("the swarm's own network for published ports");
    }
    if (network.peek(LABELS).path(SHARED_EDGE).asString("").equals("true")) {
      network.look(LABELS);
      return x.pass("labelled as a network on which applications meet");
    }
    Members members = new Members();
    x.host().containers().forEach((id, reading) -> members.container(reading, x.dockerId(), name));
    Reading.Unread unread = Containers.unread(x.host());
    if (driver.equals(OVERLAY)) {
      Source swarm = Swarm.services(x);
      if (swarm == null) {
        unread = new Reading.Unread("GET /services", 0, "a worker is not shown the services");
      } else {
        members.services(swarm, x.dockerId(), name);
      }
    }
    if (members.projects.size() > 1) {
      return x.fail(members.labels, "containers of %d projects".formatted(members.projects.size()));
    }
    if (unread != null) {
      return Examination.unread(unread);
    }
    if (members.count < 2) {
      return x.notApplicable("fewer than two members");
    }
    if (!members.unlabelled.isEmpty()) {
      return x.unknown(members.unlabelled, "members without a project's label");
    }
    members.labels.forEach(x::keep);
    return x.pass();
  }

  /** Who is on a network, and of which projects. */
  private static final class Members {
    private final Set<String> projects = new HashSet<>();
    private final List<Evidence> labels = new ArrayList<>();
    private final List<Evidence> unlabelled = new ArrayList<>();
    private int count;

    void container(Reading reading, String networkId, String networkName) {
      if (!(reading instanceof Reading.Read container)) {
        return;
      }
      for (Map.Entry<String, JsonNode> place :
          CONTAINER_NETWORKS.in(container.document()).properties()) {
        String id = place.getValue().path("NetworkID").asString("");
        if (id.isEmpty() ? place.getKey().equals(networkName) : id.equals(networkId)) {
          JsonNode own = CONTAINER_LABELS.in(container.document());
          String label = own.path(COMPOSE_PROJECT).isString() ? COMPOSE_PROJECT : Swarm.STACK_LABEL;
          add(
              own.path(label),
              new Evidence(
                  CONTAINER_LABELS.member(label),
                  CompactJson.of(own.path(label)),
                  container.sha256()),
              new Evidence(
                  CONTAINER_NETWORKS.member(place.getKey()),
                  CompactJson.of(place.getValue()),
                  container.sha256()));
        }
      }
    }

    void services(Source swarm, String networkId, String networkName) {
      JsonNode services = swarm.peek(Swarm.SERVICES);
      for (int i = 0; i < services.size(); i++) {
        JsonNode spec = services.path(i).path("Spec");
        if (isOn(spec.path("TaskTemplate").path("Networks"), networkId, networkName)
            || isOn(spec.path("Networks"), networkId, networkName)) {
          String path = Swarm.SERVICES.entry(i) + ".Spec";
          JsonNode stack = spec.path("Labels").path(Swarm.STACK_LABEL);
          add(
              stack,
              swarm.evidence(path + ".Labels['" + Swarm.STACK_LABEL + "']", stack),
              swarm.evidence(path + ".Name", spec.path("Name")));
        }
      }
    }

    private static boolean isOn(JsonNode networks, String id, String name) {
      for (JsonNode network : networks) {
        String target = network.path("Target").asString("");
        if (target.equals(id) || target.equals(name)) {
          return true;
        }
      }
      return false;
    }

    private void add(JsonNode project, Evidence label, Evidence place) {
      count++;
      String named = project.asString("");
      if (named.isEmpty()) {
        unlabelled.add(place);
      } else if (projects.add(named) || labels.size() < Examination.MAX_ENTRIES) {
        labels.add(label);
      }
    }
  }

  private static Verdict isProtected(Examination x) {
    JsonNode options = bridgeOptions(x);
    if (options == null) {
      return x.notApplicable("not a bridge");
    }
    List<Evidence> open = new ArrayList<>();
    boolean routed = false;
    for (String family : List.of("4", "6")) {
      String path = OPTIONS.member(GATEWAY_MODE + family);
      JsonNode mode = options.path(GATEWAY_MODE + family);
      if (mode.isMissingNode()) {
        continue;
      }
      Evidence evidence = x.document().evidence(path, mode);
      switch (x.document().textOf(path, mode)) {
        case "", "nat", "isolated" -> x.keep(evidence);
        case "routed" -> {
          routed = true;
          x.keep(evidence);
        }
        case "nat-unprotected" -> open.add(evidence);
        default -> {
          return x.unknown(List.of(evidence), "this gateway mode is not known");
        }
      }
    }
    if (!open.isEmpty()) {
      return x.fail(open, null);
    }
    JsonNode trusted = options.path(TRUSTED);
    if (trusted.isString()) {
      x.keep(x.document().evidence(OPTIONS.member(TRUSTED), trusted));
    }
    x.document().look(DRIVER);
    return routed ? x.pass("routed: reachable where a route leads to it, by design") : x.pass();
  }

  private static Verdict bindsByChoice(Examination x) {
    JsonNode options = bridgeOptions(x);
    if (options == null) {
      return x.notApplicable("not a bridge");
    }
    String path = OPTIONS.member(HOST_BINDING);
    JsonNode address = options.path(HOST_BINDING);
    String binding = x.document().textOf(path, address);
    Evidence evidence = x.document().evidence(path, address);
    if (binding.isEmpty() || binding.equals("0.0.0.0") || binding.equals("::")) {
      return x.fail(List.of(evidence), null);
    }
    x.keep(evidence);
    return x.pass();
  }

  /** The options of a bridge network; null if it is another one. */
  private static @Nullable JsonNode bridgeOptions(Examination x) {
    Source network = x.document();
    if (!network.text(DRIVER).equals(BRIDGE)) {
      return null;
    }
    JsonNode options = network.peek(OPTIONS);
    if (!options.isObject()) {
      throw network.unreadable(OPTIONS.path(), options, "an object");
    }
    return options;
  }

  private static Verdict deliberate(Examination x) {
    Source network = x.document();
    if (!PAST_THE_FIREWALL.contains(network.text(DRIVER))) {
      return x.notApplicable("neither macvlan nor ipvlan");
    }
    return network.objectOrNull(LABELS).path(APPROVED).asString("").equals("true")
        ? x.pass("labelled as wanted")
        : x.fail(null);
  }
}
