package dev.plimsoll.checklist;

/** One rule of the checklist as a pure function: equal facts give equal verdicts. */
public interface Check {
  /** What the check demands. */
  Rule rule();

  /**
   * Judges a subject that was read. Never throws on odd documents: what it cannot read is UNKNOWN.
   */
  Verdict judge(Subject subject);

  /**
   * A subject of the check's kind, and the host around it.
   *
   * @param dockerId its Docker ID; a volume's name; {@code engine} for the engine
   */
  record Subject(HostFacts host, String dockerId, Reading.Read reading) {}
}
