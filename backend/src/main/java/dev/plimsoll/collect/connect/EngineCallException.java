package dev.plimsoll.collect.connect;

import dev.plimsoll.collect.FailureCategory;
import org.jspecify.annotations.Nullable;

/**
 * A call to an engine that gave no usable answer. The message is for people and holds no secret.
 */
public final class EngineCallException extends Exception {
  private static final long serialVersionUID = 1L;

  private final FailureCategory category;
  private final String call;
  private final int status;

  /**
   * Describes a failed call.
   *
   * @param call the request, such as {@code GET /info}; {@code connect} before the first one
   * @param status HTTP status, 0 if no answer came
   * @param detail one sentence for people
   */
  public EngineCallException(
      FailureCategory category, String call, int status, String detail, @Nullable Throwable cause) {
    super(detail, cause);
    this.category = category;
    this.call = call;
    this.status = status;
  }

  /** Which kind of trouble it was. */
  public FailureCategory category() {
    return category;
  }

  /** The request that failed. */
  public String call() {
    return call;
  }

  /** HTTP status, 0 if no answer came. */
  public int status() {
    return status;
  }
}
