package dev.plimsoll.checklist.fix;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.SubjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Networks: their options can only be chosen when they are made. */
final class NetworkRemedies {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String DISCONNECTED =
      "Everything on the network is disconnected while it is made anew.";

  private NetworkRemedies() {}

  static final Map<String, Remedy> ALL =
      Map.ofEntries(
          Map.entry("NET-OVERLAYENC", NetworkRemedies::encrypted),
          Map.entry("NET-UNPROTECTED", NetworkRemedies::protectedByNat),
          Map.entry("NET-BINDDEFAULT", NetworkRemedies::boundByDefault),
          Map.entry(
              "NET-SHARED",
              Remedy.decide(
                  "Which of the applications have to meet here people know. Give each a network of"
                      + " its own, and label the one they share on purpose.")),
          Map.entry(
              "NET-L2",
              Remedy.decide(
                  "Containers on this network stand in the company's own, past the host's rules."
                      + " Approve it with a label, or move them to a bridge.")));

  private static Fix encrypted(Failure failure) {
    return anew(failure, "encrypted", "", "Encryption costs throughput.");
  }

  private static Fix protectedByNat(Failure failure) {
    List<Edit> edits = new ArrayList<>();
    for (Entry<String, JsonNode> option : failure.document().path("Options").properties()) {
      if (option.getKey().contains("gateway_mode")
          && option.getValue().asString("").equals("nat-unprotected")) {
        edits.add(new Edit(List.of("Options", option.getKey()), JSON.stringNode("nat")));
      }
    }
    return recreate(
        failure,
        edits,
        "Ports that were reachable without being published no longer are: publish those needed.");
  }

  private static Fix boundByDefault(Failure failure) {
    String option = "com.docker.network.bridge.host_binding_ipv4";
    if (failure.document().path("Name").asString("").equals("bridge")) {
      return new Fix.Configure(
          new Fix.Target(SubjectKind.ENGINE, Checklist.ENGINE_ID),
          Map.of("ip", JSON.stringNode("127.0.0.1")),
          Set.of(),
          List.of(patch(failure, List.of(new Edit(List.of("Options", option), LOOPBACK)))),
          List.of(
              "Ports published without an address are then reached from the host alone.",
              "The engine reads its file at the next start."));
    }
    return recreate(
        failure,
        List.of(new Edit(List.of("Options", option), LOOPBACK)),
        "Ports published without an address are then reached from the host alone.");
  }

  private static final JsonNode LOOPBACK = JSON.stringNode("127.0.0.1");

  private static Fix anew(Failure failure, String option, String value, String caution) {
    return recreate(
        failure, List.of(new Edit(List.of("Options", option), JSON.stringNode(value))), caution);
  }

  private static Fix recreate(Failure failure, List<Edit> edits, String caution) {
    JsonNode document = failure.document();
    JsonNode after = ((Patch.Document) patch(failure, edits)).apply(document);
    String name = document.path("Name").asString("");
    List<String> create = new ArrayList<>(List.of("docker", "network", "create"));
    create.add("--driver");
    create.add(document.path("Driver").asString("bridge"));
    if (document.path("Internal").asBoolean(false)) {
      create.add("--internal");
    }
    if (document.path("Attachable").asBoolean(false)) {
      create.add("--attachable");
    }
    for (JsonNode pool : document.path("IPAM").path("Config")) {
      if (!pool.path("Subnet").asString("").isEmpty()) {
        create.add("--subnet");
        create.add(pool.path("Subnet").asString(""));
      }
    }
    for (Entry<String, JsonNode> option : after.path("Options").properties()) {
      String text = option.getValue().asString("");
      create.add("--opt");
      create.add(text.isEmpty() ? option.getKey() : option.getKey() + "=" + text);
    }
    create.add(name);
    return new Fix.Run(
        failure.target(),
        List.of(
            "# after the containers or services that use it are stopped:",
            "docker network rm " + ShellText.word(name),
            ShellText.words(create)),
        List.of(patch(failure, edits)),
        List.of(DISCONNECTED, caution));
  }

  private static Patch patch(Failure failure, List<Edit> edits) {
    return new Patch.Document(failure.rule().subject(), failure.dockerId(), edits);
  }
}
