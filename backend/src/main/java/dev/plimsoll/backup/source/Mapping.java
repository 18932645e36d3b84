package dev.plimsoll.backup.source;

import dev.plimsoll.backup.SourceType;
import dev.plimsoll.backup.coverage.DataRef;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which data of which host a snapshot holds: explicit rules, and nothing guessed beside them.
 *
 * <p>Rules are of three kinds, for tags, paths and archives' names. The kind whose first rule
 * stands first and matches decides, so that a tag that names a volume is not contradicted by the
 * path from which it was read. Within the kind, each tag or path goes to the first rule that
 * matches it. A rule with {@code {host}} matches only where it names a host that is watched.
 *
 * <p>The host is, in this order: the rule's; the mapping's one host; what {@code {host}} stands
 * for; a tag {@code host=NAME}; the snapshot's host name. The last three go through {@code hosts},
 * which says what a name outside stands for here.
 *
 * @param host whose data everything is; null where rules and snapshots say it
 * @param hosts names outside to names of hosts
 */
public record Mapping(@Nullable String host, Map<String, String> hosts, List<Rule> rules) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String HOST_TAG = "host=";

  public Mapping {
    hosts = Map.copyOf(hosts);
    rules = List.copyOf(rules);
  }

  /**
   * Reads a mapping; what it leaves out is as usual for the type.
   *
   * @param json null for none
   * @throws dev.plimsoll.fleet.InvalidInput naming every bad field
   */
  public static Mapping parse(SourceType type, @Nullable JsonNode json) {
    return new MappingForm().read(type, json);
  }

  /** Reads a mapping that was checked before. */
  public static Mapping stored(SourceType type, String json) {
    return parse(type, JSON.readTree(json));
  }

  /** As it is stored and shown, with the rules that it uses. */
  public JsonNode toJson() {
    ObjectNode json = JSON.createObjectNode();
    if (host != null) {
      json.put("host", host);
    }
    if (!hosts.isEmpty()) {
      ObjectNode names = json.putObject("hosts");
      hosts.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(entry -> names.put(entry.getKey(), entry.getValue()));
    }
    ArrayNode list = json.putArray("rules");
    for (Rule rule : rules) {
      ObjectNode one = list.addObject();
      one.put(rule.of().word(), rule.template().toString());
      Rule.As as = rule.as();
      if (as != null) {
        one.put("as", as.word());
      }
      if (rule.host() != null) {
        one.put("host", rule.host());
      }
      if (!rule.volumes().isEmpty()) {
        rule.volumes().forEach(one.putArray("volumes")::add);
      }
      if (!rule.directories().isEmpty()) {
        rule.directories().forEach(one.putArray("directories")::add);
      }
    }
    return json;
  }

  /** The data that a snapshot holds. */
  public Mapped map(Snapshot snapshot, HostNames names) {
    String reason = null;
    for (Rule.Of kind : kinds()) {
      Attempt attempt = new Attempt(snapshot, names, kind);
      attempt.go();
      if (!attempt.pieces.isEmpty()) {
        return new Mapped(List.copyOf(attempt.pieces), attempt.reason);
      }
      reason = reason == null ? attempt.reason : reason;
    }
    return new Mapped(
        List.of(),
        reason == null ? "No rule of the mapping matches its tags, paths or name." : reason);
  }

  private Set<Rule.Of> kinds() {
    Set<Rule.Of> kinds = new LinkedHashSet<>();
    rules.forEach(rule -> kinds.add(rule.of()));
    return kinds;
  }

  /** One kind of rules against one snapshot. */
  private final class Attempt {
    private final Snapshot snapshot;
    private final HostNames names;
    private final Rule.Of kind;
    private final Set<Mapped.Piece> pieces = new LinkedHashSet<>();
    private @Nullable String reason;

    Attempt(Snapshot snapshot, HostNames names, Rule.Of kind) {
      this.snapshot = snapshot;
      this.names = names;
      this.kind = kind;
    }

    void go() {
      for (String candidate : candidates()) {
        try {
          boolean matched = false;
          for (Rule rule : rules) {
            if (rule.of() == kind && give(rule, candidate)) {
              matched = true;
              break;
            }
          }
          if (!matched && kind == Rule.Of.PATH && reason == null) {
            reason = "No rule is for its path \"" + Unmappable.shown(candidate) + "\".";
          }
        } catch (Unmappable e) {
          reason = reason == null ? e.reason() : reason;
        }
      }
    }

    private List<String> candidates() {
      String archive = snapshot.archive();
      return switch (kind) {
        case TAG -> snapshot.tags();
        case PATH -> snapshot.paths();
        case ARCHIVE -> archive == null ? List.of() : List.of(ArchiveName.withoutCipher(archive));
      };
    }

    private boolean give(Rule rule, String candidate) throws Unmappable {
      List<Map<String, String>> readings = rule.template().readings(candidate);
      if (readings.isEmpty()) {
        return false;
      }
      boolean hostIsGiven = rule.host() != null || host != null;
      Map<String, String> values = readings.getFirst();
      if (rule.template().has(Template.HOST) && !hostIsGiven) {
        Map<String, String> known = null;
        for (Map<String, String> reading : readings) {
          if (names.knows(inside(reading.getOrDefault(Template.HOST, "")))) {
            known = reading; // the last one has the longest name
          }
        }
        if (known == null) {
          reason =
              "No host is called \""
                  + Unmappable.shown(readings.getLast().getOrDefault(Template.HOST, ""))
                  + "\".";
          return false;
        }
        values = known;
      }
      long hostId = names.resolve(hostName(rule, values));
      String time = values.get(Template.TIME);
      Instant named = time == null ? null : NamedTime.parse(time).orElse(null);
      for (DataRef data : rule.data(candidate, values)) {
        pieces.add(new Mapped.Piece(hostId, data, named, rule.words()));
      }
      return true;
    }

    private String hostName(Rule rule, Map<String, String> values) throws Unmappable {
      String own = rule.host();
      if (own != null) {
        return own;
      }
      if (host != null) {
        return host;
      }
      String named = values.get(Template.HOST);
      if (named != null) {
        return inside(named);
      }
      for (String tag : snapshot.tags()) {
        if (tag.startsWith(HOST_TAG) && tag.length() > HOST_TAG.length()) {
          return inside(tag.substring(HOST_TAG.length()));
        }
      }
      String hostname = snapshot.hostname();
      if (hostname == null || hostname.isEmpty()) {
        throw new Unmappable("It does not say which host it is of. Name one in the mapping.");
      }
      return inside(hostname);
    }

    private String inside(String outside) {
      String exact = hosts.get(outside);
      return exact == null ? hosts.getOrDefault(outside.toLowerCase(Locale.ROOT), outside) : exact;
    }
  }
}
