package dev.plimsoll.checklist.fix;

import dev.plimsoll.checklist.Evidence;
import dev.plimsoll.checklist.HostFacts;
import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.checklist.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A check that fails, with the host around it.
 *
 * @param dockerId of the subject, as in the host's facts
 * @param read what was read of the subject
 */
public record Failure(
    HostFacts host, Rule rule, String dockerId, Reading.Read read, Verdict verdict) {

  /** The subject's document. */
  JsonNode document() {
    return read.document();
  }

  Fix.Target target() {
    return new Fix.Target(rule.subject(), dockerId);
  }

  /** The engine's document; a missing node if it was not read. */
  JsonNode engine() {
    return host.engine() instanceof Reading.Read engine
        ? engine.document()
        : MissingNode.getInstance();
  }

  /** Whether the evidence points to something at or below a path. */
  boolean shows(String path) {
    return verdict.evidence().stream().anyMatch(evidence -> evidence.path().startsWith(path));
  }

  /** Indexes of the entries of a list that the evidence points to. */
  List<Integer> entries(String list) {
    Pattern entry = Pattern.compile(Pattern.quote(list) + "\\[(\\d{1,9})\\].*", Pattern.DOTALL);
    List<Integer> indexes = new ArrayList<>();
    for (Evidence evidence : verdict.evidence()) {
      Matcher matcher = entry.matcher(evidence.path());
      if (matcher.matches()) {
        indexes.add(Integer.valueOf(matcher.group(1)));
      }
    }
    return indexes;
  }

  /** Names of the members of an object that the evidence points to. */
  List<String> members(String object) {
    String start = object + "['";
    List<String> names = new ArrayList<>();
    for (Evidence evidence : verdict.evidence()) {
      int end = evidence.path().lastIndexOf("']");
      if (evidence.path().startsWith(start) && end > start.length()) {
        names.add(evidence.path().substring(start.length(), end));
      }
    }
    return names;
  }

  /** The configuration of a container's image; a missing node if it was not read. */
  JsonNode imageConfig(JsonNode container) {
    return host.images().get(container.path("Image").asString("")) instanceof Reading.Read image
        ? image.document().path("inspect").path("Config")
        : MissingNode.getInstance();
  }
}
