package dev.plimsoll.backup;

import dev.plimsoll.checklist.BackupRecord.Method;
import org.jspecify.annotations.Nullable;

/**
 * What a job tells at its heartbeat's address.
 *
 * @param exitCode 0 to 255; null where the job names none
 * @param run what the job calls this run; null where only one is ever under way
 * @param detail what it printed, or a sentence; null for nothing
 * @param facts what it says of the backup that it made
 */
public record HeartbeatPing(
    Kind kind,
    @Nullable Integer exitCode,
    @Nullable String run,
    @Nullable String detail,
    Facts facts) {

  /** What is told. */
  public enum Kind {
    /** A run begins. */
    START,
    /** A run ended well. */
    SUCCESS,
    /** A run ended badly. */
    FAIL
  }

  /** What a job says of its backup; null each where it says nothing. */
  public record Facts(
      @Nullable String snapshotId,
      @Nullable Long bytes,
      @Nullable String checksum,
      @Nullable Integer warnings,
      @Nullable Method method) {
    /** It says nothing. */
    public static final Facts NONE = new Facts(null, null, null, null, null);
  }

  /** A run began. */
  public static HeartbeatPing start(@Nullable String run, @Nullable String detail) {
    return new HeartbeatPing(Kind.START, null, run, detail, Facts.NONE);
  }

  /** A run ended well. */
  public static HeartbeatPing success(@Nullable String run, @Nullable String detail, Facts facts) {
    return new HeartbeatPing(Kind.SUCCESS, null, run, detail, facts);
  }

  /** A run ended badly. */
  public static HeartbeatPing fail(@Nullable String run, @Nullable String detail, Facts facts) {
    return new HeartbeatPing(Kind.FAIL, null, run, detail, facts);
  }

  /** A run ended with an exit status, of which 0 alone is good. */
  public static HeartbeatPing exited(
      int exitCode, @Nullable String run, @Nullable String detail, Facts facts) {
    return new HeartbeatPing(
        exitCode == 0 ? Kind.SUCCESS : Kind.FAIL, exitCode, run, detail, facts);
  }
}
