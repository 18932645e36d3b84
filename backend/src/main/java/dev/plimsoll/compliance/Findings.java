package dev.plimsoll.compliance;

import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What people do with findings. */
@Service
public class Findings {
  /**
   * Changes a finding.
   *
   * @throws IllegalArgumentException if the status cannot be set by hand
   */
  @Requires(Permission.TRIAGE)
  @Transactional
  public void change(long findingId, Change change) {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * What to set; nulls leave things as they are.
   *
   * @param status OPEN or ACKNOWLEDGED; the others cannot be set by hand
   * @param assignee empty to take it away
   */
  public record Change(
      @Nullable String status,
      @Nullable String assignee,
      @Nullable Instant dueAt,
      @Nullable String externalUrl,
      @Nullable String comment) {}
}
