package dev.plimsoll.api;

import dev.plimsoll.posture.HostRef;

/** A host where something else is shown. */
record HostRefBody(String id, String name) {
  static HostRefBody of(HostRef host) {
    return new HostRefBody(String.valueOf(host.id()), host.name());
  }
}
