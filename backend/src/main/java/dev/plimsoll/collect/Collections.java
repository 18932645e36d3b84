package dev.plimsoll.collect;

import dev.plimsoll.fleet.HostDraft;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Asking for a collection, and trying a connection, outside the schedule. */
@Service
public class Collections {
  /**
   * Collects a host now: the ID of the collection that runs already, else of the one that is due at
   * once.
   */
  @Requires(Permission.COLLECT)
  @Transactional
  public long collectNow(long hostId) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** Reaches the engine that a draft describes and stores nothing; may take up to 15 s. */
  @Requires(Permission.MANAGE_HOSTS)
  @Transactional(readOnly = true)
  public ConnectionTest test(HostDraft draft) {
    throw new UnsupportedOperationException("not built yet");
  }
}
