package dev.plimsoll.checklist.fix;

import java.util.List;
import java.util.Map;

/** Swarms: settings of the cluster, made on a manager. */
final class SwarmRemedies {
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
                      + " secret create, give it to the service with --secret-add, take the variable"
                      + " away with --env-rm, and change what was exposed.")),
          Map.entry(
              "SWM-AUTOLOCK",
              run(
                  "docker swarm update --autolock=true",
                  "It prints the unlock key once: keep it where it survives the loss of the managers."
                      + " A manager that restarts waits until somebody unlocks it.")),
          Map.entry(
              "SWM-KEYROTATE",
              run(
                  "docker swarm unlock-key --rotate",
                  "Keep the new key; for some minutes a manager may still ask for the old one.")),
          Map.entry(
              "SWM-CERTROTATE",
              run(
                  "docker swarm update --cert-expiry 2160h",
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
          Map.entry(
              "SWM-DRAIN",
              run(
                  "docker node update --availability drain \"$(hostname)\"",
                  "Its tasks move to other nodes, and stop where no other node may run them. Run it"
                      + " for each manager.")),
          Map.entry(
              "SWM-BACKUP",
              Remedy.decide(
                  "Only a backup clears this: stop the engine of one manager, save"
                      + " /var/lib/docker/swarm, start it again, and record it.")));

  private static Remedy run(String command, String caution) {
    return failure -> new Fix.Run(failure.target(), List.of(command), List.of(), List.of(caution));
  }
}
