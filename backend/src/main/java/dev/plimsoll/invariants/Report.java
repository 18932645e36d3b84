package dev.plimsoll.invariants;

import java.util.List;

/** How the check of a database is told. */
interface Report extends InvariantCheck.Progress {
  /** Before anything is checked. */
  void starts(String jdbcUrl);

  /** After everything was. */
  void finishes(List<InvariantCheck.Checked> checked);
}
