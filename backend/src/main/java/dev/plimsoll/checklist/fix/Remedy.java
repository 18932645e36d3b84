package dev.plimsoll.checklist.fix;

/** Knows what makes one check pass. */
@FunctionalInterface
interface Remedy {
  /** What to change for a subject that fails; never throws on odd documents. */
  Fix of(Failure failure);

  /** A remedy that people have to find. */
  static Remedy decide(String reason) {
    return failure -> new Fix.Decision(reason);
  }
}
