package dev.plimsoll.fleet;

import org.jspecify.annotations.Nullable;

/**
 * A group in the tree.
 *
 * @param path names from the top, with slashes between
 * @param parentId null at the top
 */
public record GroupRecord(long id, String name, String path, @Nullable Long parentId) {}
