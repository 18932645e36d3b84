package dev.plimsoll.owncheck;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** A JSON object that keeps what is read of it. */
final class JsonObjectView extends AbstractMap<String, Object> {
  private final JsonNode node;
  private final Reads.Origin origin;
  private final String path;
  private final Reads reads;

  JsonObjectView(JsonNode node, Reads.Origin origin, String path, Reads reads) {
    this.node = node;
    this.origin = origin;
    this.path = path;
    this.reads = reads;
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    String name = JsonValues.name(key);
    return name != null && !look(name).isMissingNode();
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    String name = JsonValues.name(key);
    if (name == null) {
      return null;
    }
    JsonNode member = look(name);
    return member.isMissingNode()
        ? null
        : JsonValues.of(member, origin, JsonValues.member(path, name), reads);
  }

  private JsonNode look(String name) {
    JsonNode member = node.get(name);
    JsonNode found = member == null ? MissingNode.getInstance() : member;
    reads.read(origin, path, JsonValues.member(path, name), found);
    return found;
  }

  @Override
  public int size() {
    reads.whole(origin, path, node);
    return node.size();
  }

  @Override
  public Set<String> keySet() {
    reads.whole(origin, path, node);
    Set<String> names = new LinkedHashSet<>(node.propertyNames());
    names.forEach(reads::text);
    return Collections.unmodifiableSet(names);
  }

  @Override
  public Set<Map.Entry<String, Object>> entrySet() {
    reads.whole(origin, path, node);
    Map<String, Object> members = LinkedHashMap.newLinkedHashMap(node.size());
    node.properties().forEach(m -> members.put(m.getKey(), JsonValues.copy(m.getValue(), reads)));
    return Collections.unmodifiableMap(members).entrySet();
  }

  /** Short, because it ends up in messages. */
  @Override
  public String toString() {
    return "an object";
  }
}
