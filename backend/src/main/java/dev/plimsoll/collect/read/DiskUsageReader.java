package dev.plimsoll.collect.read;

import dev.plimsoll.backup.DataSizes;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the answer to {@code GET /system/df} as it comes: it lists every image, mount and layer,
 * and of all that only names and sizes are kept.
 */
public final class DiskUsageReader {
  private static final int MOST = 100_000;
  private static final long LARGEST_ANSWER = 256L << 20;
  private static final int LONGEST_TEXT = 1 << 20;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxDocumentLength(LARGEST_ANSWER)
                  .maxStringLength(LONGEST_TEXT)
                  .build())
          .build();

  private static final Pattern CONTAINER = Pattern.compile("[0-9a-f]{64}");

  /** Names that drivers give may be anything; what no column takes is no volume of anybody's. */
  private static final Pattern VOLUME = Pattern.compile("[^\\p{Cntrl}]{1,1000}");

  private final Map<String, Long> volumes = new HashMap<>();
  private final Map<String, Long> layers = new HashMap<>();

  private DiskUsageReader() {}

  /**
   * Reads one answer.
   *
   * @throws IOException if the answer breaks off
   */
  public static DiskUsage read(InputStream body) throws IOException {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
      return new DiskUsageReader().usage(parser);
    } catch (JacksonIOException e) {
      throw e.getCause();
    } catch (StreamConstraintsException e) {
      return new DiskUsage.Unreadable("The answer is larger than is read of any engine.");
    } catch (JacksonException e) {
      return new DiskUsage.Unreadable("The answer is not whole, or not JSON.");
    }
  }

  private DiskUsage usage(JsonParser parser) {
    boolean toldVolumes = false;
    boolean toldContainers = false;
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return new DiskUsage.Unreadable("The answer is no JSON object.");
    }
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      boolean list = value == JsonToken.START_ARRAY || value == JsonToken.VALUE_NULL;
      switch (name) {
        case "Volumes" -> {
          toldVolumes = list;
          each(parser, this::volume);
        }
        case "Containers" -> {
          toldContainers = list;
          each(parser, this::container);
        }
        default -> parser.skipChildren();
      }
      if (volumes.size() > MOST || layers.size() > MOST) {
        return new DiskUsage.Unreadable(
            "The engine lists more than " + MOST + " volumes or containers.");
      }
    }
    return toldVolumes && toldContainers
        ? new DiskUsage.Told(new DataSizes.Measured(volumes, layers))
        : new DiskUsage.Unreadable("The answer tells nothing of volumes or of containers.");
  }

  /** Reads one value, at whose first token the parser stands, to its last. */
  private interface ValueRead {
    void read(JsonParser parser);
  }

  /** Reads the value of one field to its last token. */
  private interface FieldRead {
    void read(String name, JsonParser parser);
  }

  /** Reads the items of a list; anything else is none. */
  private void each(JsonParser parser, ValueRead item) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY
        && volumes.size() <= MOST
        && layers.size() <= MOST) {
      item.read(parser);
    }
  }

  private static void fields(JsonParser parser, FieldRead field) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      field.read(name, parser);
    }
  }

  private void volume(JsonParser parser) {
    Item volume = new Item();
    fields(
        parser,
        (name, value) -> {
          switch (name) {
            case "Name" -> volume.name = text(value);
            case "UsageData" ->
                fields(
                    value,
                    (detail, number) -> {
                      if (detail.equals("Size")) {
                        volume.bytes = bytes(number);
                      } else {
                        number.skipChildren();
                      }
                    });
            default -> value.skipChildren();
          }
        });
    // -1: the driver does not tell
    if (VOLUME.matcher(volume.name).matches() && volume.bytes.isPresent()) {
      volumes.put(volume.name, volume.bytes.getAsLong());
    }
  }

  private void container(JsonParser parser) {
    Item container = new Item();
    container.bytes = OptionalLong.of(0); // left out where nothing was written
    fields(
        parser,
        (name, value) -> {
          switch (name) {
            case "Id" -> container.name = text(value);
            case "SizeRw" -> container.bytes = bytes(value);
            default -> value.skipChildren();
          }
        });
    if (CONTAINER.matcher(container.name).matches() && container.bytes.isPresent()) {
      layers.put(container.name, container.bytes.getAsLong());
    }
  }

  private static String text(JsonParser parser) {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return parser.getString();
    }
    parser.skipChildren();
    return "";
  }

  private static OptionalLong bytes(JsonParser parser) {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      long bytes = parser.getLongValue();
      return bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
    }
    parser.skipChildren();
    return OptionalLong.empty();
  }

  private static final class Item {
    private String name = "";
    private OptionalLong bytes = OptionalLong.empty();
  }
}
