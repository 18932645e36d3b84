package dev.plimsoll.compliance;

import dev.plimsoll.checklist.Check;
import java.util.List;

/** Checks that a company wrote itself and that count now. */
public interface OwnChecks {
  /** The checks, in a stable order, and what tells this set from every other. */
  Active active();

  /**
   * The set that counts.
   *
   * @param fingerprint equal only for sets that judge alike; empty for no checks
   */
  record Active(List<Check> checks, String fingerprint) {
    /** No checks beside the catalogue. */
    public static final Active NONE = new Active(List.of(), "");

    public Active {
      checks = List.copyOf(checks);
    }
  }
}
