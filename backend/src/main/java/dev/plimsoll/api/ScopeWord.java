package dev.plimsoll.api;

import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.Shown;
import dev.plimsoll.posture.Scope;
import org.springframework.stereotype.Component;

/** Reads the scope that a request names. */
@Component
class ScopeWord {
  private final HostResolver hosts;

  ScopeWord(HostResolver hosts) {
    this.hosts = hosts;
  }

  /**
   * The scope behind {@code fleet}, {@code group:PATH} or {@code host:ID}.
   *
   * @throws InvalidInput if it is none of them
   */
  Scope parse(String text) {
    if (text.equals("fleet")) {
      return new Scope.Fleet();
    }
    if (text.startsWith("group:")) {
      return new Scope.Group(text.substring("group:".length()));
    }
    if (text.startsWith("host:")) {
      return new Scope.Host(hosts.resolve(text.substring("host:".length())).id());
    }
    throw new InvalidInput(
        "scope", "\"" + Shown.of(text) + "\" is no scope. Give fleet, group:PATH or host:ID.");
  }
}
