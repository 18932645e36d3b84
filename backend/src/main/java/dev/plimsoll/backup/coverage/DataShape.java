package dev.plimsoll.backup.coverage;

/** What data looks like to its host. */
public enum DataShape {
  /** A volume that somebody named. */
  NAMED,
  /** A volume that the engine named: it goes with {@code rm -v} and with every prune. */
  ANONYMOUS,
  /** A volume that stands for a directory or a device of the host. */
  BIND_BACKED,
  /** A volume on a network share, or of a driver other than local. */
  REMOTE,
  /** A directory of the host that containers write. */
  DIRECTORY,
  /** What a container wrote into its own layer. */
  LAYER,
  /** What a manager keeps of its swarm. */
  SWARM
}
