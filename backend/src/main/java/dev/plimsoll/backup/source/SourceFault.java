package dev.plimsoll.backup.source;

/** Why a source could not be read, or cannot be relied on. */
public enum SourceFault {
  /** The repository is there, and the password does not open it. */
  WRONG_PASSWORD,
  /** There is nothing at its location. */
  GONE,
  /** Another program holds it exclusively. */
  LOCKED,
  /** Reading it took longer than it may. */
  TIMEOUT,
  /** The program that reads it is not installed on the portal's machine. */
  PROGRAM_MISSING,
  /** Its server does not answer, or does not let the portal in. */
  UNREACHABLE,
  /** What it answered is not what such a source answers. */
  UNREADABLE,
  /** It was read, and what it holds is damaged. */
  DAMAGED
}
