package dev.plimsoll.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A recorded answer in which what differs from one thing to another is a slot.
 *
 * <p>A text <code>"${name}"</code> stands for a JSON value, <code>#{name}</code> inside a text for
 * a part of it, and a field <code>"${name}": null</code> for fields that may be absent.
 */
final class Template {
  private static final Pattern SLOT =
      Pattern.compile("\"\\$\\{(\\w+)}\":null,|\"\\$\\{(\\w+)}\"|#\\{(\\w+)}");

  private final List<String> literals = new ArrayList<>();
  private final List<String> slots = new ArrayList<>();

  /** Whether the slot of this position stands for fields. */
  private final List<Boolean> fields = new ArrayList<>();

  /** What slots are filled with. */
  interface Values {
    /**
     * The value of a slot: JSON, a part of a text, or fields without a comma after them.
     *
     * @throws IllegalArgumentException if there is no such slot
     */
    String of(String slot);
  }

  private Template(String json) {
    Matcher matcher = SLOT.matcher(json);
    int end = 0;
    while (matcher.find()) {
      literals.add(json.substring(end, matcher.start()));
      fields.add(matcher.group(1) != null);
      for (int group = 1; group <= matcher.groupCount(); group++) {
        if (matcher.group(group) != null) {
          slots.add(matcher.group(group));
        }
      }
      end = matcher.end();
    }
    literals.add(json.substring(end));
  }

  /**
   * Reads a template of this package.
   *
   * @param name such as {@code container}
   * @param edit changes its shape
   */
  static Template read(String name, Consumer<ObjectNode> edit) {
    try (InputStream in = Template.class.getResourceAsStream(name + ".json")) {
      if (in == null) {
        throw new IllegalStateException(name + ".json is missing on the class path");
      }
      ObjectNode tree = (ObjectNode) JsonMapper.shared().readTree(in);
      edit.accept(tree);
      return new Template(JsonMapper.shared().writeValueAsString(tree));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void fill(StringBuilder out, Values values) {
    for (int i = 0; i < slots.size(); i++) {
      out.append(literals.get(i));
      String value = values.of(slots.get(i));
      out.append(value);
      if (fields.get(i) && !value.isEmpty()) {
        out.append(',');
      }
    }
    out.append(literals.getLast());
  }
}
