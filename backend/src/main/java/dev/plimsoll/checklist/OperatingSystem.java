package dev.plimsoll.checklist;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Which operating system a subject is made for. */
final class OperatingSystem {
  private static final Field CONTAINER = Field.of(".Platform");
  private static final Field ENGINE = Field.of(".info.OSType");
  private static final Field IMAGE = Field.of(".inspect.Os");
  private static final String WINDOWS = "windows";

  private OperatingSystem() {}

  /** The judgement, but NOT_APPLICABLE where the subject is a Windows one. */
  static RuleCheck.Judgement linuxOnly(RuleCheck.Judgement judgement) {
    return examination -> {
      Verdict exempt = exemption(examination);
      return exempt == null ? judgement.of(examination) : exempt;
    };
  }

  /** Whether a container is a Windows one: by its platform, else by its engine. */
  static boolean isWindowsContainer(Examination examination) {
    JsonNode platform = examination.document().peek(CONTAINER);
    if (platform.isString() && !platform.stringValue().isEmpty()) {
      return isWindows(platform);
    }
    return examination.host().engine() instanceof Reading.Read engine
        && isWindows(ENGINE.in(engine.document()));
  }

  private static @Nullable Verdict exemption(Examination examination) {
    Field field;
    if (isWindows(examination.document().peek(ENGINE))) {
      field = ENGINE;
    } else if (isWindows(examination.document().peek(IMAGE))) {
      field = IMAGE;
    } else if (isWindowsContainer(examination)) {
      field = CONTAINER;
    } else {
      return null;
    }
    examination.document().look(field);
    return examination.notApplicable("has no meaning on Windows");
  }

  private static boolean isWindows(JsonNode node) {
    return node.isString() && node.stringValue().equalsIgnoreCase(WINDOWS);
  }
}
