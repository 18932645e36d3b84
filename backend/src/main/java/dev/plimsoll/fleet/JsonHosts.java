package dev.plimsoll.fleet;

import dev.plimsoll.fleet.HostImport.Line;
import dev.plimsoll.fleet.InvalidInput.FieldError;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads hosts from JSON lines. */
final class JsonHosts {
  private static final JsonMapper JSON = new JsonMapper();

  private final List<Line> lines = new ArrayList<>();
  private final List<FieldError> errors = new ArrayList<>();

  HostImport read(String text) {
    List<String> all = text.lines().toList();
    for (int i = 0; i < all.size() && lines.size() + errors.size() <= HostImport.MOST; i++) {
      if (!all.get(i).isBlank()) {
        read(i + 1, all.get(i));
      }
    }
    if (lines.size() > HostImport.MOST) {
      errors.add(new FieldError("body", "has over " + HostImport.MOST + " hosts. Split it."));
    }
    return new HostImport(lines, errors);
  }

  private void read(int number, String line) {
    try {
      JsonFields fields = JsonFields.of(JSON.readTree(line));
      HostDraft draft = HostJson.draft(fields);
      fields.check();
      lines.add(new Line(number, draft));
    } catch (InvalidInput e) {
      e.errors().forEach(error -> errors.add(Line.error(number, error)));
    } catch (JacksonException e) {
      // The parser's message may repeat the text, and with it a key.
      errors.add(
          Line.error(number, new FieldError("body", "is not a JSON object. Check its syntax.")));
    }
  }
}
