package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.Severity.LOW;
import static dev.plimsoll.checklist.Severity.MEDIUM;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** How a swarm is laid out: who is in it, who manages it, where it listens, what runs where. */
final class SwarmChecks {
  private static final Field LISTENING = Field.of(".ssh.listening");
  private static final Field LISTENING_UNREAD = Field.of(".ssh.unread.listening");
  private static final String CONTROL_PORT = ":2377";
  private static final long MOST_MANAGERS = 7;
  private static final long FEWEST_FOR_QUORUM = 3;

  /** A swarm this small may run its work on managers, where that is declared. */
  private static final int SMALL = 3;

  private SwarmChecks() {}

  static final Check MEANT =
      RuleBuilder.swarm("SWM-UNNEEDED", LOW)
          .cis("5.1")
          .nist("4.3.2")
          .title("Swarm mode is on only where it is meant to be")
          .rationale("A swarm opens ports of its own, and a second way to control the host.")
          .remediation("docker swarm leave, or declare the host as a swarm node.")
          .judgedBy(SwarmChecks::meant);

  static final Check QUORUM =
      RuleBuilder.swarm("SWM-MANAGERS", MEDIUM)
          .cis("7.1")
          .nist("4.3.1")
          .title("Manager count gives quorum without surplus")
          .rationale(
              "With one manager, or an even number, the loss of one can stop the swarm; each more"
                  + " holds its keys.")
          .remediation("docker node promote or demote, to three, five or seven managers.")
          .judgedBy(Swarm.onManager(SwarmChecks::quorum));

  static final Check BOUND =
      RuleBuilder.swarm("SWM-BIND", MEDIUM)
          .cis("7.2")
          .nist("4.3.2")
          .title("Swarm control port listens on one chosen interface")
          .rationale("Whoever reaches port 2377 can try to join, from every network of the host.")
          .remediation("Begin the swarm with docker swarm init --listen-addr ADDRESS:2377.")
          .judgedBy(Swarm.inSwarm(SwarmChecks::bound));

  static final Check PLANES =
      RuleBuilder.swarm("SWM-PLANES", LOW)
          .attestable()
          .advisory()
          .cis("7.9")
          .nist("4.3.3")
          .title("Management and data traffic use different interfaces")
          .rationale("Traffic of containers then cannot crowd out, or reach, what steers them.")
          .remediation(
              "Join with docker swarm join --data-path-addr ADDRESS, and attest it: the API does"
                  + " not show it.")
          .judgedBy(Swarm.inSwarm(SwarmChecks::planes));

  static final Check DRAINED =
      RuleBuilder.swarm("SWM-DRAIN", MEDIUM)
          .nist("4.3.4")
          .title("Managers do not run application tasks")
          .rationale("Whoever leaves a container on a manager owns the whole swarm.")
          .remediation(
              "docker node update --availability drain MANAGER, or declare the swarm as a small one"
                  + " of at most three nodes.")
          .judgedBy(Swarm.onManager(SwarmChecks::drained));

  private static Verdict meant(Examination x) {
    String state = x.engine().text(Swarm.STATE);
    return switch (state) {
      case "" -> x.unknown("the engine shows no swarm state");
      case "inactive" -> x.pass();
      case "active" ->
          x.host().declared(Declaration.SWARM_NODE).isEmpty()
              ? x.fail("nobody declared it as a swarm node")
              : x.pass("declared as a swarm node");
      default -> x.fail("the swarm is " + state);
    };
  }

  private static Verdict quorum(Examination x) {
    Source engine = x.engine();
    long nodes = engine.integer(Swarm.NODE_COUNT);
    long managers = engine.integer(Swarm.MANAGER_COUNT);
    if (nodes == 1) {
      return managers == 1 ? x.pass("a swarm of one node") : x.fail(null);
    }
    if (managers < FEWEST_FOR_QUORUM) {
      return x.fail("the loss of one manager stops the swarm");
    }
    if (managers % 2 == 0) {
      return x.fail("an even number bears no more losses than one manager less");
    }
    if (managers > MOST_MANAGERS) {
      return x.fail("more than seven managers");
    }
    return nodes > FEWEST_FOR_QUORUM && managers >= nodes
        ? x.fail("every node is a manager")
        : x.pass();
  }

  private static Verdict bound(Examination x) {
    Reading reading = x.host().hostFiles();
    if (reading == null) {
      return x.unknown(
          List.of(new Evidence("ss -Hltn", null, null)),
          "the API shows the advertised address only, and the host's sockets were not read");
    }
    Source host = x.open(reading);
    if (host.peek(LISTENING_UNREAD).isObject()) {
      throw Examination.partUnread(host.peek(LISTENING_UNREAD));
    }
    List<String> sockets = host.texts(LISTENING);
    boolean listens = false;
    List<Evidence> open = new ArrayList<>();
    for (int i = 0; i < sockets.size(); i++) {
      String socket = sockets.get(i);
      if (socket.endsWith(CONTROL_PORT)) {
        listens = true;
        if (isEverywhere(socket.substring(0, socket.length() - CONTROL_PORT.length()))) {
          open.add(host.entry(LISTENING, i));
        }
      }
    }
    if (!open.isEmpty()) {
      return x.fail(open, null);
    }
    return listens || !x.engine().flag(Swarm.CONTROL)
        ? x.pass()
        : x.unknown("nothing listens on 2377: the manager was given another port");
  }

  private static boolean isEverywhere(String address) {
    int zone = address.indexOf('%');
    return switch (zone < 0 ? address : address.substring(0, zone)) {
      case "0.0.0.0", "*", "[::]", "::", "" -> true;
      default -> false;
    };
  }

  private static Verdict planes(Examination x) {
    JsonNode nodes = x.engine().peek(Swarm.NODE_COUNT);
    if (nodes.isIntegralNumber() && nodes.longValue() == 1) {
      x.engine().look(Swarm.NODE_COUNT);
      return x.notApplicable("a swarm of one node has no traffic between nodes");
    }
    Attestation attestation = Attested.current(x.host(), "SWM-PLANES");
    return attestation == null
        ? x.unknown("the API does not show the data path, and nobody attests it")
        : Attested.verdict(x, attestation, Outcome.UNKNOWN);
  }

  private static Verdict drained(Examination x) {
    Source swarm = Swarm.part(x.document(), Swarm.NODES);
    JsonNode nodes = swarm.peek(Swarm.NODES);
    if (!nodes.isArray() || nodes.isEmpty()) {
      swarm.array(Swarm.NODES);
      return x.unknown("the manager lists no nodes");
    }
    List<Evidence> busy = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      String path = Swarm.NODES.entry(i) + ".Spec";
      JsonNode spec = nodes.get(i).path("Spec");
      if (swarm.textOf(path + ".Role", spec.path("Role")).equals("manager")) {
        JsonNode availability = spec.path("Availability");
        Evidence evidence = swarm.evidence(path + ".Availability", availability);
        if (swarm.textOf(path + ".Availability", availability).equals("drain")) {
          x.keep(evidence);
        } else {
          busy.add(evidence);
        }
      }
    }
    if (busy.isEmpty()) {
      return x.pass();
    }
    if (nodes.size() <= SMALL && !x.host().declared(Declaration.SMALL_SWARM).isEmpty()) {
      busy.forEach(x::keep);
      return x.pass("declared as a small swarm");
    }
    return x.fail(busy, null);
  }
}
