package dev.plimsoll.posture;

import dev.plimsoll.fleet.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A list that is being paged. Its cursor is URL-safe Base64 (RFC 4648, 5) of JSON that pins the
 * list, the instant, filters and sort, and the last key; it holds nothing that its reader did not
 * give or see.
 *
 * @param name tells cursors of different lists apart
 * @param query filters and sort
 * @param after the key after which this page begins; null for the first page
 */
record Listing<Q>(String name, Q query, Moment moment, @Nullable List<@Nullable String> after) {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int LONGEST_CURSOR = 8192;
  private static final int MOST_ROWS = 1000;
  private static final String AS_OF = "asOf";

  /**
   * Begins a list, or goes on where a cursor says. A filter left at its default is the cursor's;
   * one that is given has to be the cursor's.
   *
   * @param defaults the query of somebody who said nothing
   * @param asOf null for now
   * @throws InvalidInput naming what is out of range, or how the cursor does not fit
   */
  static <Q> Listing<Q> of(
      String name, Q query, Q defaults, @Nullable Instant asOf, PageRequest page, Clock clock) {
    if (page.limit() < 1 || page.limit() > MOST_ROWS) {
      throw new InvalidInput(
          "limit", page.limit() + " is out of range. Give 1 to " + MOST_ROWS + ".");
    }
    Moment asked = Moment.of(asOf, clock);
    String cursor = page.after();
    return cursor == null
        ? new Listing<>(name, query, asked, null)
        : resume(name, query, defaults, asOf, cursor, asked);
  }

  /** The cursor of the page that follows a row with this key. */
  String cursor(List<@Nullable String> key) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("list", name).put("at", moment.at().toString()).set("query", tree(query));
    ArrayNode values = json.putArray("key");
    key.forEach(values::add);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The position after this key in the same list. */
  Listing<Q> at(@Nullable List<@Nullable String> key) {
    return new Listing<>(name, query, moment, key);
  }

  /** The refusal of the cursor that this listing came from. */
  static InvalidInput unfit(String why) {
    return new InvalidInput(
        "after",
        "The cursor " + why + ". Begin anew without it, or take \"next\" as it was given.");
  }

  private static <Q> Listing<Q> resume(
      String name, Q query, Q defaults, @Nullable Instant asOf, String cursor, Moment asked) {
    JsonNode json = decode(cursor);
    if (!name.equals(json.path("list").asString(""))) {
      throw unfit("belongs to another list");
    }
    Instant at = instant(json.path("at").asString(""));
    if (asOf != null && !asOf.equals(at)) {
      throw new InvalidInput(
          AS_OF, asOf + " is not the instant of the cursor, " + at + ". Leave it out.");
    }
    if (at.isAfter(asked.at())) {
      throw unfit("speaks of the future");
    }
    return new Listing<>(
        name, merged(query, defaults, json.path("query")), new Moment(at, false), key(json));
  }

  private static JsonNode decode(String cursor) {
    if (cursor.length() <= LONGEST_CURSOR) {
      try {
        return MAPPER.readTree(Base64.getUrlDecoder().decode(cursor));
      } catch (IllegalArgumentException | JacksonException e) {
        throw (InvalidInput) unfit("is damaged").initCause(e);
      }
    }
    throw unfit("is damaged");
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw (InvalidInput) unfit("is damaged").initCause(e);
    }
  }

  private static List<@Nullable String> key(JsonNode json) {
    List<@Nullable String> key = new ArrayList<>();
    json.path("key").values().forEach(v -> key.add(v.isNull() ? null : v.asString("")));
    return key;
  }

  private static <Q> Q merged(Q query, Q defaults, JsonNode pinned) {
    ObjectNode given = tree(query);
    ObjectNode unsaid = tree(defaults);
    if (!(pinned instanceof ObjectNode kept)
        || !Set.copyOf(kept.propertyNames()).equals(Set.copyOf(given.propertyNames()))) {
      throw unfit("is damaged");
    }
    for (String field : given.propertyNames()) {
      JsonNode value = given.path(field);
      if (!value.equals(unsaid.path(field)) && !value.equals(kept.path(field))) {
        throw new InvalidInput(
            "after",
            "The cursor belongs to a list with another "
                + field
                + ". Repeat the filters of its first page or leave them out; to change them, begin"
                + " anew without it.");
      }
    }
    try {
      @SuppressWarnings("unchecked") // the class of a Q makes a Q
      Q restored = (Q) MAPPER.treeToValue(kept, query.getClass());
      return restored;
    } catch (JacksonException e) {
      throw (InvalidInput) unfit("is damaged").initCause(e);
    }
  }

  /** A query without its instant as a cursor holds it; sets in a fixed order. */
  private static ObjectNode tree(Object query) {
    // Through text, so that numbers are the same nodes as those read from a cursor.
    ObjectNode tree = (ObjectNode) MAPPER.readTree(MAPPER.writeValueAsString(query));
    tree.remove(AS_OF);
    for (String field : List.copyOf(tree.propertyNames())) {
      if (tree.get(field) instanceof ArrayNode set) {
        ArrayNode sorted = MAPPER.createArrayNode();
        set.values().stream().sorted(Comparator.comparing(JsonNode::asString)).forEach(sorted::add);
        tree.set(field, sorted);
      }
    }
    return tree;
  }
}
