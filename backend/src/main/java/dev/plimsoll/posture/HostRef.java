package dev.plimsoll.posture;

/** A host by ID and the name it had at the instant asked for. */
public record HostRef(long id, String name) {}
