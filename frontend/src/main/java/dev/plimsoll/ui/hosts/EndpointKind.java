package dev.plimsoll.ui.hosts;

import dev.plimsoll.fleet.Endpoint;
import org.jspecify.annotations.Nullable;

/** The ways to reach an engine, as people choose between them. */
enum EndpointKind {
  UNIX("Unix socket", "An engine on the portal's own machine."),
  TLS("TCP with TLS", "The engine and Plimsoll prove to each other who they are."),
  SSH("SSH", "By a key, through the server's own SSH; the host key is checked."),
  TCP("TCP without TLS", "Anybody on the way can read and change everything. Not recommended.");

  private final String label;
  private final String explanation;

  EndpointKind(String label, String explanation) {
    this.label = label;
    this.explanation = explanation;
  }

  String label() {
    return label;
  }

  String explanation() {
    return explanation;
  }

  /** The kind of a host that is there. */
  static EndpointKind of(Endpoint endpoint, @Nullable String credentialKind) {
    return switch (endpoint) {
      case Endpoint.Unix unix -> UNIX;
      case Endpoint.Ssh ssh -> SSH;
      case Endpoint.Tcp tcp -> "TLS".equals(credentialKind) ? TLS : TCP;
    };
  }
}
