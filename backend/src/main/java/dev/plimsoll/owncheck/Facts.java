package dev.plimsoll.owncheck;

import dev.plimsoll.checklist.Check;
import dev.plimsoll.checklist.Evidence;
import dev.plimsoll.checklist.HostFacts;
import dev.plimsoll.checklist.Placement;
import dev.plimsoll.checklist.Reading;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A subject and its host as the variables of an expression. */
record Facts(Reading.Read subject, Placement placement, Reading engine) {
  private static final Reads.Origin HOST = new Reads.Origin("host", null);

  static Facts of(Check.Subject subject) {
    HostFacts host = subject.host();
    return new Facts(subject.reading(), host.placement(), host.engine());
  }

  Map<String, Object> variables(Reads reads) {
    return Map.of(
        Language.DOCUMENT,
        JsonValues.of(subject.document(), new Reads.Origin("", subject.sha256()), "", reads),
        Language.OBSERVATION,
        JsonValues.of(
            subject.observation().isObject()
                ? subject.observation()
                : JsonNodeFactory.instance.objectNode(),
            new Reads.Origin("", subject.observationSha256()),
            "",
            reads),
        Language.HOST,
        new HostView(reads));
  }

  private ObjectNode placed() {
    ObjectNode host = JsonNodeFactory.instance.objectNode();
    host.put("name", placement.name());
    host.put("group", placement.group() == null ? "" : placement.group());
    host.put("environment", placement.environment() == null ? "" : placement.environment());
    ObjectNode labels = host.putObject("labels");
    placement.labels().forEach(labels::put);
    return host;
  }

  /** What may be asked of the host: where it stands, and its engine's document. */
  private final class HostView extends AbstractMap<String, Object> {
    private final Reads reads;
    private @Nullable JsonObjectView placed;

    HostView(Reads reads) {
      this.reads = reads;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
      return key instanceof String name && Language.HOST_FIELDS.contains(name);
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
      if (Language.ENGINE.equals(key)) {
        return switch (engine) {
          case Reading.Read read -> {
            JsonNode document = read.document();
            yield JsonValues.of(document, new Reads.Origin("", read.sha256()), "", reads);
          }
          case Reading.Unread unread -> throw new NotRead(unread);
        };
      }
      if (placed == null) {
        placed = new JsonObjectView(placed(), HOST, "", reads);
      }
      return placed.get(key);
    }

    /** Only single fields can be asked for; the compiler sees to it. */
    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
      throw new UnsupportedOperationException("a host is not a value");
    }

    @Override
    public String toString() {
      return "the host";
    }
  }

  /** The engine was not read, and the expression asks for it. */
  static final class NotRead extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Evidence evidence;

    NotRead(Reading.Unread unread) {
      super(unread.detail(), null, false, false);
      evidence = new Evidence(unread.call(), "{\"status\":" + unread.status() + "}", null);
    }

    Evidence evidence() {
      return evidence;
    }
  }
}
