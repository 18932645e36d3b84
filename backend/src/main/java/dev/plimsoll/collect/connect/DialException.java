package dev.plimsoll.collect.connect;

import java.io.IOException;

/** No connection came about; tells such failures from those of an exchange. */
final class DialException extends IOException {
  private static final long serialVersionUID = 1L;

  private final IOException reason;

  DialException(IOException reason) {
    super(reason);
    this.reason = reason;
  }

  IOException reason() {
    return reason;
  }
}
