package dev.plimsoll.checklist.fix;

import dev.plimsoll.checklist.HostFacts;
import dev.plimsoll.checklist.SubjectKind;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The effect of a change on what is known of a host: what its next collection would find. */
public sealed interface Patch {

  /**
   * A subject whose document would read otherwise.
   *
   * @param dockerId as in the host's facts
   */
  record Document(SubjectKind kind, String dockerId, List<Edit> edits) implements Patch {
    /** Edits in the order in which they are made. */
    public Document {
      edits = List.copyOf(edits);
    }

    /** The document as it would read; the one given stays as it is. */
    public JsonNode apply(JsonNode document) {
      JsonNode copy = document.deepCopy();
      edits.forEach(edit -> edit.applyTo(copy));
      return copy;
    }
  }

  /** A subject that would be observed in another state; its document stays. */
  record Observation(SubjectKind kind, String dockerId, List<Edit> edits) implements Patch {
    /** Edits in the order in which they are made. */
    public Observation {
      edits = List.copyOf(edits);
    }

    /** The observation as it would read; the one given stays as it is. */
    public JsonNode apply(JsonNode observation) {
      JsonNode copy = observation.deepCopy();
      edits.forEach(edit -> edit.applyTo(copy));
      return copy;
    }
  }

  /** A subject that would be gone. */
  record Removal(SubjectKind kind, String dockerId) implements Patch {}

  /** A host that would be reached in another way. */
  record Transport(HostFacts.Transport transport) implements Patch {}
}
