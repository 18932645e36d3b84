package dev.plimsoll.collect.connect;

import dev.plimsoll.fleet.Credential;
import dev.plimsoll.fleet.Endpoint;
import org.jspecify.annotations.Nullable;

/** One engine to reach: where it is, and with what. */
public record EngineTarget(Endpoint endpoint, @Nullable Credential credential) {}
