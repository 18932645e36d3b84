package dev.plimsoll.retention;

import dev.plimsoll.retention.Retention.Kept;
import java.time.Instant;

/** A table whose rows lie in partitions by month. */
enum MonthlyTable {
  COLLECTION("collection", "started_at"),
  STATE("state", "valid_to"),
  JUDGEMENT("judgement", "valid_to"),
  VERDICT("verdict", "valid_to"),
  COVERAGE("coverage", "valid_to");

  private final String table;
  private final String column;

  MonthlyTable(String table, String column) {
    this.table = table;
    this.column = column;
  }

  /** Its name. */
  String table() {
    return table;
  }

  /** The column whose month decides where a row lies. */
  String column() {
    return column;
  }

  /** Months that ended by then are dropped. */
  Instant keptFrom(Kept kept) {
    return this == COLLECTION ? kept.collections() : kept.history();
  }
}
