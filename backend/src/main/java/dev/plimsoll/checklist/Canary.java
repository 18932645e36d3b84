package dev.plimsoll.checklist;

import tools.jackson.databind.JsonNode;

/**
 * A container that an operator planted to see whether Plimsoll notices: privileged, never started,
 * labelled. It is judged and shown like any other, and counts in no score, finding or coverage. On
 * a container that was ever started the label means nothing.
 */
public final class Canary {
  /** The label, with value {@code true}. */
  public static final String LABEL = "dev.plimsoll.canary";

  static final Field LABELS = Field.of(".Config.Labels");

  private Canary() {}

  /** Whether a container's document and observation are a canary's. */
  public static boolean is(JsonNode document, JsonNode observation) {
    return isLabelled(document)
        && ContainerObservation.EVER_STARTED.in(observation).isBoolean()
        && !ContainerObservation.EVER_STARTED.in(observation).booleanValue();
  }

  static boolean isLabelled(JsonNode document) {
    return LABELS.in(document).path(LABEL).asString("").equals("true");
  }
}
