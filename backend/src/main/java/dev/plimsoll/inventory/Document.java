package dev.plimsoll.inventory;

import tools.jackson.databind.JsonNode;

/**
 * A JSON value in its canonical form.
 *
 * @param sha256 hash of {@code bytes}
 * @param bytes the canonical form; not to be changed
 * @param json the same value as a tree; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared: documents are told apart by their hash
public record Document(Sha256 sha256, byte[] bytes, JsonNode json) {
  /** The canonical form of a value in which every secret is masked already. */
  public static Document of(JsonNode json) {
    byte[] bytes = CanonicalJson.bytes(json);
    return new Document(Sha256.of(bytes), bytes, json);
  }
}
