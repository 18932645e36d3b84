package dev.plimsoll.collect.read;

import dev.plimsoll.backup.DataSizes;

/** What an engine says of how large its volumes and containers' layers are. */
public sealed interface DiskUsage {
  /** It told. */
  record Told(DataSizes.Measured sizes) implements DiskUsage {}

  /** Its answer is none that an engine gives: a sentence for people. */
  record Unreadable(String sentence) implements DiskUsage {}
}
