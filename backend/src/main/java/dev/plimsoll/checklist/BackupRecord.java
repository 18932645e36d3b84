package dev.plimsoll.checklist;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Evidence that data was backed up, or that backing it up was tried.
 *
 * @param data what was backed up
 * @param startedAt when the backup began, by the portal's clock: what was written later is not in
 *     it
 * @param succeeded whether the job said that it did
 * @param bytes size of what was kept; null if it was not reported
 * @param checksum of what was kept; null if none was recorded
 * @param warnings how many the job gave; null if it was not reported
 * @param target where it was put; null if it was not reported
 * @param method how what was running was treated; null if it was not reported
 * @param sizeAcknowledged whether somebody confirmed that its size is as it should be
 * @param documentSha256 hash of the stored record
 */
public record BackupRecord(
    Data data,
    Instant startedAt,
    boolean succeeded,
    @Nullable Long bytes,
    @Nullable String checksum,
    @Nullable Integer warnings,
    @Nullable Target target,
    @Nullable Method method,
    boolean sizeAcknowledged,
    String documentSha256) {

  /** Data of a host that can be backed up. */
  public sealed interface Data {
    /**
     * A volume, in the incarnation that is there at the instant for which is judged.
     *
     * @param name as the engine lists it
     */
    record Volume(String name) implements Data {}

    /**
     * A directory of the host.
     *
     * @param path absolute
     */
    record Directory(String path) implements Data {}

    /**
     * What a container wrote into its own layer.
     *
     * @param container its name, without a slash
     */
    record Layer(String container) implements Data {}

    /** What a manager keeps of its swarm: services, secrets, networks and the CA. */
    record SwarmState() implements Data {}
  }

  /** Where a backup lies. */
  public enum Target {
    /** On the host that it protects: a path, or another volume. */
    SAME_HOST,
    /** On another host. */
    OTHER_HOST,
    /** In an object storage. */
    OBJECT_STORAGE
  }

  /** What was done with whoever writes the data while it was copied. */
  public enum Method {
    /** The database wrote a dump of itself. */
    DUMP,
    /** It was stopped. */
    STOPPED,
    /** It was paused. */
    PAUSED,
    /** The file system was frozen at one instant. */
    SNAPSHOT,
    /** Nothing: files were copied while they were written. */
    LIVE
  }
}
