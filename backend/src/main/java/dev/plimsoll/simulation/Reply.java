package dev.plimsoll.simulation;

import java.nio.charset.StandardCharsets;

/** What an engine answers to one request. */
sealed interface Reply {

  /** A whole answer. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Whole(int status, String contentType, byte[] body) implements Reply {}

  /** An answer without an end, of which nothing ever comes. */
  record Endless() implements Reply {}

  static Reply json(StringBuilder json) {
    return json(200, json.toString());
  }

  static Reply json(String json) {
    return json(200, json);
  }

  /** The engine's form of an error. */
  static Reply error(int status, String message) {
    return json(status, "{\"message\":" + Json.text(message) + "}");
  }

  static Reply text(int status, String text) {
    return new Whole(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  private static Reply json(int status, String json) {
    return new Whole(status, "application/json", (json + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
