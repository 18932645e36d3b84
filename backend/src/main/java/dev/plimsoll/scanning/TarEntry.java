package dev.plimsoll.scanning;

import org.jspecify.annotations.Nullable;

/**
 * One entry of a tar archive.
 *
 * @param path as {@link TarPath#clean} gives it; empty for the root itself
 * @param mode the permission bits, set-id bits included
 * @param size bytes of content
 * @param target what a link points to: as it stands for a symbolic link, clean for a hard link;
 *     empty if it is no link
 * @param capabilities the extended attribute {@code security.capability}; null without one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TarEntry(
    String path, Type type, int mode, long size, String target, byte @Nullable [] capabilities) {

  enum Type {
    FILE,
    HARD_LINK,
    SYMBOLIC_LINK,
    DIRECTORY,
    OTHER
  }
}
