package dev.plimsoll.backup.source;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a JSON array element by element, so that its length costs no memory. */
final class JsonItems {
  // Elements follow one another, and the program may still write when the list has ended.
  private static final JsonMapper JSON =
      JsonMapper.builder(JsonFactory.builder().disable(StreamReadFeature.AUTO_CLOSE_SOURCE).build())
          .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final int MOST_ITEMS = 1_000_000;

  private JsonItems() {}

  /** Takes one element. */
  interface Item {
    void take(JsonNode element) throws IOException;
  }

  /**
   * Reads the elements.
   *
   * @param field of the outer object that is the array; null if the array is all there is
   * @return how many there were
   * @throws IOException if it is no such JSON, or has more than a million elements
   */
  static int each(InputStream stream, @Nullable String field, Item item) throws IOException {
    try (JsonParser parser = JSON.createParser(stream)) {
      JsonToken token = parser.nextToken();
      if (field == null && token == JsonToken.VALUE_NULL) {
        return 0; // as programs in Go write an empty list
      }
      if (field == null) {
        return elements(parser, token, item);
      }
      if (token != JsonToken.START_OBJECT) {
        throw new IOException("no object");
      }
      int count = -1;
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean wanted = field.equals(parser.currentName());
        token = parser.nextToken();
        if (wanted) {
          count = elements(parser, token, item);
        } else {
          parser.skipChildren();
        }
      }
      if (count < 0) {
        throw new IOException("no " + field);
      }
      return count;
    }
  }

  private static int elements(JsonParser parser, @Nullable JsonToken start, Item item)
      throws IOException {
    if (start != JsonToken.START_ARRAY) {
      throw new IOException("no array");
    }
    int count = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (++count > MOST_ITEMS) {
        throw new IOException("more than " + MOST_ITEMS + " elements");
      }
      JsonNode element = JSON.readTree(parser);
      if (element == null || !element.isObject()) {
        throw new IOException("an element that is no object");
      }
      item.take(element);
    }
    return count;
  }
}
