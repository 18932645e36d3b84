package dev.plimsoll.backup;

/** Where a backup lies. */
public enum TargetType {
  /** On the host that it protects. */
  LOCAL,
  /** On another host. */
  HOST,
  /** In an object store. */
  OBJECT_STORE
}
