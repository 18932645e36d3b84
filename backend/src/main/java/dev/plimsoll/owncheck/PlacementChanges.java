package dev.plimsoll.owncheck;

import dev.plimsoll.compliance.Rejudging;
import dev.plimsoll.fleet.GroupsChanged;
import dev.plimsoll.fleet.HostChanged;
import dev.plimsoll.permission.PortalItself;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Judges hosts anew when where they stand has changed, if any check that judges asks for it. */
@Component
@PortalItself
class PlacementChanges {
  private final ActiveChecks checks;
  private final Rejudging rejudging;

  PlacementChanges(ActiveChecks checks, Rejudging rejudging) {
    this.checks = checks;
    this.rejudging = rejudging;
  }

  @EventListener
  @Transactional(propagation = Propagation.MANDATORY)
  void onHostChanged(HostChanged change) {
    if (change.kind() == HostChanged.Kind.EDITED && checks.readHosts()) {
      rejudging.request(List.of(change.hostId()));
    }
  }

  @EventListener
  @Transactional(propagation = Propagation.MANDATORY)
  void onGroupsChanged(GroupsChanged change) {
    if (checks.readHosts()) {
      rejudging.requestAll();
    }
  }
}
