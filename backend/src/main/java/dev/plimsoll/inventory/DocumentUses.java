package dev.plimsoll.inventory;

import java.util.List;

/** Tells which stored documents a module's rows refer to: those are never swept. */
public interface DocumentUses {
  /** Columns that hold hashes of documents. */
  List<Column> documents();

  /** One column of a table of the module's own. */
  record Column(String table, String name) {}
}
