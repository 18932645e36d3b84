package dev.plimsoll.backup;

import dev.plimsoll.backup.coverage.Selector;
import dev.plimsoll.compliance.Rejudging;
import dev.plimsoll.fleet.GroupsChanged;
import dev.plimsoll.fleet.HostChanged;
import dev.plimsoll.permission.PortalItself;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Promises follow hosts that move, where any policy asks for where a host stands. */
@Component
@PortalItself
class MovedHosts {
  private final PolicyRows policies;
  private final Rejudging rejudging;
  private final Clock clock;

  MovedHosts(PolicyRows policies, Rejudging rejudging, @Qualifier("publishClock") Clock clock) {
    this.policies = policies;
    this.rejudging = rejudging;
    this.clock = clock;
  }

  @EventListener
  @Transactional(propagation = Propagation.MANDATORY)
  void onHostChanged(HostChanged change) {
    if (change.kind() == HostChanged.Kind.EDITED && anyAsks()) {
      rejudging.request(List.of(change.hostId()));
    }
  }

  @EventListener
  @Transactional(propagation = Propagation.MANDATORY)
  void onGroupsChanged(GroupsChanged change) {
    if (anyAsks()) {
      rejudging.requestAll();
    }
  }

  private boolean anyAsks() {
    return policies.at(clock.instant()).stream().anyMatch(policy -> asks(policy.selector()));
  }

  private static boolean asks(Selector selector) {
    return selector.group() != null
        || selector.environment() != null
        || !selector.hosts().isEmpty()
        || !selector.hostLabels().isEmpty();
  }
}
