package dev.plimsoll.inventory;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one way to write a JSON value as bytes, so that equal values have equal hashes.
 *
 * <p>UTF-8, no white space, object keys in the order of their UTF-16 code units (as RFC 8785 orders
 * them), strings escaped as little as JSON allows. Integers are written in plain digits of any
 * length; other numbers in plain decimal digits without trailing zeros, so that no precision is
 * lost in a double.
 */
final class CanonicalJson {
  /** Version of this form; part of the documentation of every stored document. */
  static final int VERSION = 1;

  private static final JsonMapper MAPPER = new JsonMapper();

  private CanonicalJson() {}

  static byte[] bytes(JsonNode value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
    try (JsonGenerator generator = MAPPER.createGenerator(out)) {
      write(value, generator);
    }
    return out.toByteArray();
  }

  private static void write(JsonNode value, JsonGenerator out) {
    if (value.isObject()) {
      out.writeStartObject();
      @SuppressWarnings("unchecked")
      Map.Entry<String, JsonNode>[] fields =
          value.properties().toArray((Map.Entry<String, JsonNode>[]) new Map.Entry<?, ?>[0]);
      Arrays.sort(fields, Map.Entry.comparingByKey());
      for (Map.Entry<String, JsonNode> field : fields) {
        out.writeName(field.getKey());
        write(field.getValue(), out);
      }
      out.writeEndObject();
    } else if (value.isArray()) {
      out.writeStartArray();
      for (JsonNode element : value) {
        write(element, out);
      }
      out.writeEndArray();
    } else if (value.isString()) {
      out.writeString(value.stringValue());
    } else if (value.isIntegralNumber()) {
      out.writeNumber(value.bigIntegerValue());
    } else if (value.isNumber()) {
      out.writeNumber(plain(value.decimalValue()));
    } else if (value.isBoolean()) {
      out.writeBoolean(value.booleanValue());
    } else {
      out.writeNull();
    }
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
