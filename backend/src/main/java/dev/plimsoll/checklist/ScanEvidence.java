package dev.plimsoll.checklist;

import dev.plimsoll.checklist.Reading.Unread;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What scanners reported of a host's images by one instant.
 *
 * @param scans in any order
 * @param unread why reports cannot be looked up; null if they can
 */
public record ScanEvidence(List<ImageScan> scans, @Nullable Unread unread) {
  /** Reports can be looked up, and there are none. */
  public static final ScanEvidence NONE = new ScanEvidence(List.of(), null);

  public ScanEvidence {
    scans = List.copyOf(scans);
  }
}
