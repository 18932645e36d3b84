package dev.plimsoll.backup.source;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a source is opened with: all of it secret, and never printed.
 *
 * @param location with the names and passwords that it may hold
 * @param password null where the source has none
 * @param environment what its program is told besides, by name
 */
public record Access(String location, @Nullable String password, Map<String, String> environment) {
  private static final JsonMapper JSON = new JsonMapper();

  public Access {
    environment = Map.copyOf(environment);
  }

  /** As it is sealed. */
  public String toJson() {
    ObjectNode json = JSON.createObjectNode();
    json.put("location", location);
    json.put("password", password);
    ObjectNode names = json.putObject("environment");
    environment.forEach(names::put);
    return json.toString();
  }

  /** As it was sealed. */
  public static Access ofJson(String text) {
    JsonNode json = JSON.readTree(text);
    Map<String, String> environment = new TreeMap<>();
    json.path("environment")
        .properties()
        .forEach(entry -> environment.put(entry.getKey(), entry.getValue().asString("")));
    JsonNode password = json.path("password");
    return new Access(
        json.path("location").asString(""),
        password.isString() ? password.stringValue() : null,
        environment);
  }

  @Override
  public String toString() {
    return "Access[secret]";
  }
}
