package dev.plimsoll.collect.connect;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The command that reaches the engine on its host ended at once; the message says why. */
final class DialStdioException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the end.
   *
   * @param status the command's exit status, null if it is not known
   * @param complaint what it wrote to its standard error
   */
  DialStdioException(@Nullable Integer status, String complaint) {
    super(
        "`%s` ended%s%s"
            .formatted(
                SshDialer.COMMAND,
                status == null ? "" : " with status " + status,
                complaint.isBlank() ? "" : ": " + Sentences.oneLine(complaint)));
  }
}
