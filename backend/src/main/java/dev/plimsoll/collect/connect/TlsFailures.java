package dev.plimsoll.collect.connect;

import javax.net.ssl.SSLException;

/** What went wrong in a TLS handshake, in words. */
final class TlsFailures {
  private TlsFailures() {}

  static String sentence(String where, SSLException failure) {
    return "The TLS handshake with %s failed: %s"
        .formatted(where, Sentences.oneLine(String.valueOf(failure.getMessage())));
  }
}
