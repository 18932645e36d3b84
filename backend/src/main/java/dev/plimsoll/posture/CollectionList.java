package dev.plimsoll.posture;

import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Collections, newest first. */
@Service
@Requires(Permission.READ)
@Transactional(readOnly = true)
public class CollectionList {
  /** Collections of one host, or of all if null. */
  public Page<CollectionRow> list(@Nullable Long hostId, PageRequest page) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** One collection. */
  public Optional<CollectionRow> get(long collectionId) {
    throw new UnsupportedOperationException("not built yet");
  }
}
