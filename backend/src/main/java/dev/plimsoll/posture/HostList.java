package dev.plimsoll.posture;

import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Hosts with where each stands. */
@Service
@Requires(Permission.READ)
@Transactional(readOnly = true)
public class HostList {
  /** Hosts that match, paged by key. */
  public Page<HostRow> list(HostQuery query, PageRequest page) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** One host; empty if it did not exist at the instant. */
  public Optional<HostRow> get(long hostId, @Nullable Instant asOf) {
    throw new UnsupportedOperationException("not built yet");
  }
}
