package dev.plimsoll.checklist.fix;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Swarms: settings of the cluster, made on a manager. */
final class SwarmRemedies {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private SwarmRemedies() {}

  static final Map<String, Remedy> ALL =
      Map.ofEntries(
          Map.entry(
              "SWM-UNNEEDED",
              Remedy.decide(
                  "Whether this host shall be a swarm node people know: declare it as one, or drain"
                      + " it and run docker swarm leave there.")),
          Map.entry(
              "SWM-MANAGERS",
              Remedy.decide(
                  "Which nodes are fit to manage people know. Go to an odd number from 3 to 7 with"
                      + " docker node promote and demote, one node at a time.")),
          Map.entry(
              "SWM-BIND",
              Remedy.decide(
                  "The address can only be chosen when a node joins: drain it, let it leave, and"
                      + " join again with --listen-addr and the address of the inner network.")),
          Map.entry(
              "SWM-SECRETS",
              Remedy.decide(
                  "The application has to read its secrets from files. Make each one with docker"
                      + " secret create, give it to the service with --secret-add, take the"
                      + " variable away with --env-rm, and change what was exposed.")),
          Map.entry(
              "SWM-AUTOLOCK",
              update(
                  "docker swarm update --autolock=true",
                  new Edit(
                      List.of("swarm", "Spec", "EncryptionConfig", "AutoLockManagers"),
                      JSON.booleanNode(true)),
                  "It prints the unlock key once: keep it where it survives the loss of the"
                      + " managers. A manager that restarts waits until somebody unlocks it.")),
          Map.entry(
              "SWM-KEYROTATE",
              run(
                  "docker swarm unlock-key --rotate",
                  "Keep the new key; for some minutes a manager may still ask for the old one.")),
          Map.entry(
              "SWM-CERTROTATE",
              update(
                  "docker swarm update --cert-expiry 2160h",
                  new Edit(
                      List.of("swarm", "Spec", "CAConfig", "NodeCertExpiry"),
                      JSON.numberNode(Duration.ofDays(90).toNanos())),
                  "Nodes that are off for longer have to join again.")),
          Map.entry(
              "SWM-CAROTATE",
              run(
                  "docker swarm ca --rotate",
                  "All nodes have to be up, or join again later; the command waits for them.")),
          Map.entry(
              "SWM-PLANES",
              Remedy.decide(
                  "It takes a second network, and the address can only be chosen when nodes join:"
                      + " plan it with those who run the networks.")),
          Map.entry("SWM-DRAIN", SwarmRemedies::drain),
          Map.entry(
              "SWM-BACKUP",
              Remedy.decide(
                  "Only a backup clears this: stop the engine of one manager, save"
                      + " /var/lib/docker/swarm, start it again, and record it.")));

  private static Fix drain(Failure failure) {
    ArrayNode nodes = JSON.arrayNode();
    List<String> commands = new ArrayList<>();
    for (JsonNode node : failure.document().path("nodes")) {
      JsonNode spec = node.path("Spec");
      if (spec.path("Role").asString("").equals("manager")
          && !spec.path("Availability").asString("").equals("drain")
          && node.deepCopy() instanceof ObjectNode drained) {
        String name = node.path("Description").path("Hostname").asString("");
        commands.add(
            "docker node update --availability drain "
                + ShellText.word(name.isEmpty() ? node.path("ID").asString("NODE") : name));
        drained.withObject("Spec").put("Availability", "drain");
        nodes.add(drained);
      } else {
        nodes.add(node);
      }
    }
    return new Fix.Run(
        failure.target(),
        commands.isEmpty() ? List.of("docker node update --availability drain NODE") : commands,
        List.of(
            new Patch.Document(
                failure.rule().subject(),
                failure.dockerId(),
                List.of(new Edit(List.of("nodes"), nodes)))),
        List.of("Tasks move to other nodes, and stop where no other node may run them."));
  }

  /** A setting of the whole swarm, which its document shows. */
  private static Remedy update(String command, Edit edit, String caution) {
    return failure ->
        new Fix.Run(
            failure.target(),
            List.of(command),
            List.of(
                new Patch.Document(failure.rule().subject(), failure.dockerId(), List.of(edit))),
            List.of(caution));
  }

  private static Remedy run(String command, String caution) {
    return failure -> new Fix.Run(failure.target(), List.of(command), List.of(), List.of(caution));
  }
}
