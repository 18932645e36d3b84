package dev.plimsoll.invariants;

import java.util.function.Consumer;

/** Something that holds of every database at every instant. */
interface Invariant {
  /** What holds, as a sentence without its full stop. */
  String promise();

  /** Whether it can be checked of one host alone. */
  default boolean ofHosts() {
    return true;
  }

  /**
   * Tells every violation as it is found.
   *
   * @return how many rows were checked
   */
  long check(Examined database, Consumer<Violation> violations);
}
