package dev.plimsoll.checklist;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What runs in a container, as far as checks ask: reduced to names, because numbers differ from
 * look to look.
 */
public sealed interface ProcessTable {
  /** So many names are kept; one more changes no verdict. */
  int MOST = 20;

  /**
   * It was looked at.
   *
   * @param ofRoot commands seen with the host's uid 0 since the container started: short ones, such
   *     as health checks, are not always there
   * @param login login servers that run now
   */
  record Seen(Set<String> ofRoot, Set<String> login) implements ProcessTable {
    @Override
    public ObjectNode toJson() {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      put(json.putArray("uid0"), ofRoot);
      put(json.putArray("login"), login);
      return json;
    }

    private static void put(ArrayNode array, Set<String> names) {
      new TreeSet<>(names).stream().limit(MOST).forEach(array::add);
    }
  }

  /** The engine did not show it. */
  record Refused(Reading.Unread problem) implements ProcessTable {
    @Override
    public ObjectNode toJson() {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.set("failed", ContainerObservation.failed(problem));
      return json;
    }
  }

  /** The JSON form in which an observation holds it. */
  ObjectNode toJson();

  /**
   * Reads the answer to {@code GET /containers/{id}/top?ps_args=-eo pid,uid,comm}.
   *
   * @param answer {@code {"Titles":["PID","UID","COMMAND"],"Processes":[["1","0","sh"]]}}
   * @param earlier what was observed since the same start of the container; a missing node if
   *     nothing was
   * @param call the call that was answered
   */
  static ProcessTable of(JsonNode answer, JsonNode earlier, String call) {
    Map<String, Integer> columns = new TreeMap<>();
    JsonNode titles = answer.path("Titles");
    for (int i = 0; i < titles.size(); i++) {
      columns.put(titles.path(i).asString(""), i);
    }
    Integer uid = columns.get("UID");
    @Nullable Integer command = columns.getOrDefault("COMMAND", columns.get("CMD"));
    JsonNode processes = answer.path("Processes");
    if (uid == null || command == null || !processes.isArray() || processes.isEmpty()) {
      return new Refused(
          new Reading.Unread(call, 200, "The engine's list of processes has no uid and command."));
    }
    Set<String> ofRoot = new TreeSet<>();
    Set<String> login = new TreeSet<>();
    for (JsonNode known : earlier.path("uid0")) {
      ofRoot.add(known.asString(""));
    }
    for (JsonNode process : processes) {
      String name = process.path(command).asString("");
      if (UserSpec.isZero(process.path(uid).asString("")) && ofRoot.size() < MOST) {
        ofRoot.add(name);
      }
      if (LOGIN.contains(name)) {
        login.add(name);
      }
    }
    return new Seen(ofRoot, login);
  }

  /** Commands that let somebody in. */
  List<String> LOGIN = List.of("sshd", "dropbear");
}
