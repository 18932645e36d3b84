package dev.plimsoll.backup.coverage;

import dev.plimsoll.checklist.BackupRecord.Data;

/**
 * Data of a host by its name.
 *
 * @param name of the volume; of the container, without a slash; the clean absolute path of the
 *     directory; {@link #SWARM_NAME} of a swarm
 */
public record DataRef(DataKind kind, String name) {
  /** The name of the one swarm that a host can be in. */
  public static final String SWARM_NAME = "swarm";

  /** The state of the host's swarm. */
  public static final DataRef SWARM = new DataRef(DataKind.SWARM, SWARM_NAME);

  public static DataRef volume(String name) {
    return new DataRef(DataKind.VOLUME, name);
  }

  public static DataRef directory(String path) {
    return new DataRef(DataKind.DIRECTORY, path);
  }

  /** The writable layer of a container. */
  public static DataRef layer(String container) {
    return new DataRef(DataKind.LAYER, container);
  }

  /** The same as checks speak of it. */
  public Data toData() {
    return switch (kind) {
      case VOLUME -> new Data.Volume(name);
      case DIRECTORY -> new Data.Directory(name);
      case LAYER -> new Data.Layer(name);
      case SWARM -> new Data.SwarmState();
    };
  }
}
