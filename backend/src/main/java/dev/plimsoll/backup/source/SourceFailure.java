package dev.plimsoll.backup.source;

/** A source could not be read, or is damaged; the message says what happened and what to do. */
public final class SourceFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final SourceFault fault;

  /** Describes what happened and what to do; holds no secret. */
  public SourceFailure(SourceFault fault, String sentence) {
    super(sentence);
    this.fault = fault;
  }

  /** The same with what caused it. */
  public SourceFailure(SourceFault fault, String sentence, Throwable cause) {
    super(sentence, cause);
    this.fault = fault;
  }

  /** What kind of failure it is. */
  public SourceFault fault() {
    return fault;
  }

  /** What happened and what to do. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
