package dev.plimsoll.checklist;

/**
 * The steps to a hardened host that matter most: run as an ordinary user, without set-id files,
 * behind namespaces, with scanned images, and with storage that can be lost and restored.
 */
public enum Step {
  /** Nobody runs as root. */
  USER,
  /** Nobody becomes root through a set-id file. */
  SET_ID,
  /** What runs sees, and reaches, no more than its own. */
  NAMESPACES,
  /** Where images come from is known, and what is in them was looked at. */
  SCANNER,
  /** Data lies where it survives its container, and is backed up. */
  STORAGE
}
