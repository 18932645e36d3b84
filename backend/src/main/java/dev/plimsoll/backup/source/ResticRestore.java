package dev.plimsoll.backup.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Restores restic snapshots and sees whether what was restored is what the snapshot holds. */
public final class ResticRestore {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration RESTORE_LIMIT = Duration.ofHours(6);
  private static final Duration LIST_LIMIT = Duration.ofMinutes(30);

  private static final int MOST_WORDS = 1 << 16;

  private final Programs programs;
  private final ResticReader restic;

  /** Restores with a program, by its name on the path or by where it lies. */
  public ResticRestore(Programs programs, String program) {
    this.programs = programs;
    this.restic = new ResticReader(programs, program);
  }

  /**
   * What was restored.
   *
   * @param files how many regular files, all compared by hash
   * @param bytes of them all
   * @param rootHash SHA-256 in hex over the sorted list of their paths, sizes and hashes
   */
  public record Restored(long files, long bytes, String rootHash) {}

  /**
   * How large a snapshot is once it is restored, in bytes.
   *
   * @throws SourceFailure if the repository cannot be read, or does not say it
   */
  public long size(Access access, String snapshotId) throws SourceFailure {
    return restic
        .bytes(access, snapshotId)
        .orElseThrow(
            () ->
                new SourceFailure(
                    SourceFault.UNREADABLE, "restic does not say how large the snapshot is."));
  }

  /**
   * Restores a snapshot into an empty directory. restic compares every file with the hashes of the
   * repository; beyond that every file has to be there in the size that the snapshot lists, and no
   * other.
   *
   * @throws SourceFailure {@code DAMAGED} if what was restored is not what the snapshot holds;
   *     another one if it could not be restored
   */
  public Restored restore(Access access, String snapshotId, Path target) throws SourceFailure {
    String id = ResticReader.checked(snapshotId);
    byte[] said =
        programs.run(
            restic.call(
                access,
                RESTORE_LIMIT,
                "restore",
                id,
                "--target",
                target.toString(),
                "--verify",
                "--no-lock"),
            output -> output.readNBytes(MOST_WORDS),
            ended -> notWhole(ended, access));
    assert said.length <= MOST_WORDS;
    Long listed =
        programs.run(
            restic.call(access, LIST_LIMIT, "ls", "--json", "--no-lock", id),
            output -> compared(output, target),
            ended -> Diagnoses.restic(ended, access));
    if (listed < 0) {
      throw new SourceFailure(
          SourceFault.DAMAGED, "A file that the snapshot lists was not restored in its size.");
    }
    try {
      FileHashes.Sum sum = FileHashes.of(target);
      if (sum.files() != listed) {
        throw new SourceFailure(
            SourceFault.DAMAGED,
            "The snapshot lists " + listed + " files, and " + sum.files() + " were restored.");
      }
      return new Restored(sum.files(), sum.bytes(), sum.rootHash());
    } catch (IOException e) {
      throw new SourceFailure(
          SourceFault.UNREADABLE, "What was restored cannot be read on the portal's machine.", e);
    }
  }

  private static SourceFailure notWhole(Programs.Ended ended, Access access) {
    SourceFailure failure = Diagnoses.restic(ended, access);
    return failure.fault() == SourceFault.UNREADABLE
        ? new SourceFailure(
            SourceFault.DAMAGED,
            "restic could not restore the snapshot whole. It said: "
                + Diagnoses.told(ended, access))
        : failure;
  }

  /** How many regular files are listed; -1 if one of them is not there in its size. */
  private static long compared(InputStream output, Path target) throws IOException {
    long files = 0;
    boolean same = true;
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      JsonNode node = JSON.readTree(line);
      if (node.path("type").asString("").equals("file")) {
        files++;
        same &= isThere(target, node);
      }
    }
    return same ? files : -1;
  }

  private static boolean isThere(Path target, JsonNode node) throws IOException {
    Path file = target.resolve(node.path("path").asString("").replaceFirst("^/+", "")).normalize();
    if (!file.startsWith(target)) {
      return false;
    }
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return attributes.isRegularFile() && attributes.size() == node.path("size").asLong(0);
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
