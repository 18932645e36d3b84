package dev.plimsoll.posture;

/** Canonical JSON and its SHA-256 in hex. */
public record StoredDocument(String sha256, String json) {}
