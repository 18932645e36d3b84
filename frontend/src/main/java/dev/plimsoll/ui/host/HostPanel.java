package dev.plimsoll.ui.host;

import dev.plimsoll.posture.HostRow;
import dev.plimsoll.ui.navigation.Place;

/** What stands below the tabs of a host's page. */
interface HostPanel {
  /** Shows the host as the place says; also called when the host has news. */
  void show(HostRow host, Place.Host place);
}
