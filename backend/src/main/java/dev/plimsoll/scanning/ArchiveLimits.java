package dev.plimsoll.scanning;

/**
 * Bounds on what is read of one saved image, whoever made it.
 *
 * @param unpackedBytes most bytes of all layers together, uncompressed
 * @param entries most files, directories and links of all layers together
 * @param pathBytes longest path
 * @param metadataBytes largest manifest or configuration, and most of all of them together
 */
public record ArchiveLimits(long unpackedBytes, int entries, int pathBytes, int metadataBytes) {
  /** 64 GiB, 3 million entries, paths as long as Linux takes them, 8 MiB of metadata. */
  public static final ArchiveLimits DEFAULT =
      new ArchiveLimits(64L << 30, 3_000_000, 4096, 8 << 20);
}
