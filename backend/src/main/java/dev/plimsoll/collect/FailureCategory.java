package dev.plimsoll.collect;

/** Why a host, or one call to it, could not be read. */
public enum FailureCategory {
  /** No connection: refused, no route, unknown name, socket missing. */
  UNREACHABLE,
  /** A connection or an answer took too long. */
  TIMEOUT,
  /** The TLS handshake failed: certificate authority, name, expiry, client certificate refused. */
  TLS,
  /** The engine or SSH server did not accept who we are, or is not who it should be. */
  AUTH,
  /** An answer came that is not the Engine API's: cut off, not JSON, reset half-way, too large. */
  PROTOCOL,
  /** The engine answered and declined: 4xx or 5xx, or an API version that we do not share. */
  REFUSED,
  /** A fault of Plimsoll's own. */
  INTERNAL
}
