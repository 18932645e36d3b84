package dev.plimsoll.backup;

import java.util.Locale;

/** Kinds of places that evidence of backups comes from by itself. */
public enum SourceType {
  /** A restic repository. */
  RESTIC,
  /** A borg repository. */
  BORG,
  /** A directory or a bucket of archives, as backup containers leave them. */
  ARCHIVES,
  /** An address that a job calls when it begins and ends. */
  HEARTBEAT;

  /** The type as the API and the screens spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
