package dev.plimsoll.collect;

import java.util.List;

/** What came of reaching an engine. */
public sealed interface ConnectionTest {
  /**
   * The engine answered.
   *
   * @param warnings what works but should not stay so, such as TCP without TLS
   */
  record Reached(
      String engineName,
      String engineId,
      String engineVersion,
      String apiVersion,
      String operatingSystem,
      int containers,
      List<String> warnings)
      implements ConnectionTest {
    public Reached {
      warnings = List.copyOf(warnings);
    }
  }

  /** It did not: why, in a sentence that a person understands. */
  record NotReached(FailureCategory category, String detail) implements ConnectionTest {}
}
