package dev.plimsoll.checklist;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a scanner, or a check of signatures, reported of one image.
 *
 * @param image ID of the image, or the digest of its manifest, that was looked at: {@code sha256:…}
 * @param subject what was looked for
 * @param scanner its name, such as {@code trivy}
 * @param recognised whether the company takes this scanner's, or this signer's, word
 * @param finishedAt when the scan ended
 * @param databaseBuiltAt of what the vulnerability database or the signatures were; null if the
 *     report does not say
 * @param complete whether the scanner ended without an error and knew what it looked at: operating
 *     system or packages were recognised
 * @param findings what it found; of a signature: nothing if it is good
 * @param documentSha256 hash of the stored report
 */
public record ImageScan(
    String image,
    Subject subject,
    String scanner,
    boolean recognised,
    Instant finishedAt,
    @Nullable Instant databaseBuiltAt,
    boolean complete,
    List<Finding> findings,
    String documentSha256) {

  public ImageScan {
    findings = List.copyOf(findings);
  }

  /** What a report speaks of. */
  public enum Subject {
    VULNERABILITIES,
    MALWARE,
    SIGNATURE
  }

  /**
   * One thing that was found.
   *
   * @param id such as {@code CVE-2026-1234}
   * @param critical whether it is of the highest severity
   * @param fixAvailable whether a version without it exists
   * @param firstSeen when it was first reported for this image
   * @param notAffected whether a VEX statement says that the image is not affected
   */
  public record Finding(
      String id, boolean critical, boolean fixAvailable, Instant firstSeen, boolean notAffected) {}
}
