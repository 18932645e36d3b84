package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.Severity.LOW;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Whether the ports that a container opens on the host are those that somebody meant. */
final class PublishedPortChecks {
  private static final Field BINDINGS = Field.of(".HostConfig.PortBindings");
  private static final Field PUBLISH_ALL = Field.of(".HostConfig.PublishAllPorts");
  private static final Field LABELS = Field.of(".Config.Labels");
  private static final Field NAME = Field.of(".Name");
  private static final int MOST_OF_A_RANGE = 1 << 16;

  /** Label with the host's ports that a container is meant to publish: {@code 443, 53/udp}. */
  private static final String DECLARED = "dev.plimsoll.ports";

  private PublishedPortChecks() {}

  static final Check DECLARED_ONLY =
      RuleBuilder.container("CTR-PORTNEED", LOW)
          .advisory()
          .cis("5.9")
          .nist("4.4.2")
          .title("Only declared ports are published")
          .rationale("Each open port is a way in; which of them are meant, only the owner knows.")
          .remediation(
              "Declare the port, or label the container with "
                  + DECLARED
                  + "=443; else publish it no more.")
          .judgedBy(PublishedPortChecks::declaredOnly);

  private static Verdict declaredOnly(Examination x) {
    Source container = x.document();
    JsonNode bindings = container.objectOrNull(BINDINGS);
    boolean all = container.flag(PUBLISH_ALL);
    boolean hostNetwork = container.text(NamespaceChecks.NETWORK_MODE).equals(NamespaceChecks.HOST);
    if (hostNetwork || (bindings.isEmpty() && !all)) {
      return x.notApplicable("nothing is published");
    }
    Set<String> declared = declared(x);
    if (declared.isEmpty()) {
      return x.unknown("nobody declared which ports it is to publish");
    }
    List<Evidence> others = new ArrayList<>();
    if (all) {
      others.add(container.evidence(PUBLISH_ALL.path(), container.peek(PUBLISH_ALL)));
    }
    for (Map.Entry<String, JsonNode> port : bindings.properties()) {
      String protocol = port.getKey().endsWith("/udp") ? "/udp" : "/tcp";
      for (int i = 0; i < port.getValue().size(); i++) {
        String path = BINDINGS.member(port.getKey()) + "[" + i + "].HostPort";
        JsonNode hostPort = port.getValue().path(i).path("HostPort");
        if (!declared.containsAll(ports(container.textOf(path, hostPort), protocol))) {
          others.add(container.evidence(path, hostPort));
        }
      }
    }
    return others.isEmpty() ? x.pass() : x.fail(others, null);
  }

  private static Set<String> declared(Examination x) {
    Source container = x.document();
    Set<String> declared = new HashSet<>();
    JsonNode label = container.peek(LABELS).path(DECLARED);
    if (label.isString()) {
      x.keep(container.evidence(LABELS.member(DECLARED), label));
      Arrays.stream(label.stringValue().split(",")).forEach(one -> add(one.strip(), declared));
    }
    String name = container.peek(NAME).asString("").replaceFirst("^/", "") + ":";
    for (String one : x.host().declared(Declaration.PUBLISHED_PORT)) {
      if (one.startsWith(name)) {
        add(one.substring(name.length()), declared);
      }
    }
    return declared;
  }

  private static void add(String text, Set<String> ports) {
    if (text.isEmpty()) {
      return; // an empty port is one that the engine chooses, and declares nothing
    }
    int slash = text.indexOf('/');
    ports.addAll(
        ports(
            slash < 0 ? text : text.substring(0, slash),
            slash < 0 ? "/tcp" : text.substring(slash)));
  }

  /** Each port of {@code 443} or {@code 8000-8010}; what is none, as it stands. */
  private static Set<String> ports(String text, String protocol) {
    int dash = text.indexOf('-');
    OptionalLong first = UserSpec.number(dash < 0 ? text : text.substring(0, dash));
    OptionalLong last = dash < 0 ? first : UserSpec.number(text.substring(dash + 1));
    if (first.isEmpty()
        || last.isEmpty()
        || last.getAsLong() - first.getAsLong() > MOST_OF_A_RANGE) {
      return Set.of(text + protocol);
    }
    Set<String> ports = new HashSet<>();
    for (long port = first.getAsLong(); port <= last.getAsLong(); port++) {
      ports.add(port + protocol);
    }
    return ports;
  }
}
