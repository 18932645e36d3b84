package dev.plimsoll.collect.read;

import dev.plimsoll.checklist.LayerChanges;
import dev.plimsoll.checklist.ProcessTable;
import org.jspecify.annotations.Nullable;

/**
 * What was seen inside a container where somebody switched it on.
 *
 * @param processes null where they were not to be looked at
 * @param changes null where they were not to be looked at
 */
record ContainerInside(@Nullable ProcessTable processes, @Nullable LayerChanges changes) {
  static final ContainerInside UNSEEN = new ContainerInside(null, null);
}
