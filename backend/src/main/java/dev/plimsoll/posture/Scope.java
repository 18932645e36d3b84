package dev.plimsoll.posture;

/** What a score speaks of. */
public sealed interface Scope {
  /** All hosts. */
  record Fleet() implements Scope {}

  /** A group and everything below it. */
  record Group(String path) implements Scope {}

  /** One host. */
  record Host(long id) implements Scope {}
}
