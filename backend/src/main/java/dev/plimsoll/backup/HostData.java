package dev.plimsoll.backup;

import dev.plimsoll.backup.coverage.DataMap;
import dev.plimsoll.inventory.StoredFacts;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The map of what a host keeps, and of what is gone with its containers by design. */
@Service
public class HostData {
  private final StoredFacts facts;
  private final DataSizes sizes;
  private final Clock clock;

  HostData(StoredFacts facts, DataSizes sizes, @Qualifier("publishClock") Clock clock) {
    this.facts = facts;
    this.sizes = sizes;
    this.clock = clock;
  }

  /** The map of a host as it was known at an instant; null for now. */
  @Requires(Permission.READ)
  @Transactional(readOnly = true)
  public DataMap of(long hostId, @Nullable Instant asOf) {
    Instant at = asOf == null ? clock.instant() : asOf;
    return DataMap.of(facts.asOf(hostId, at).facts(), sizes.layers(hostId, at));
  }
}
