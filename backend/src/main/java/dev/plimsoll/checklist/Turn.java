package dev.plimsoll.checklist;

import java.time.Instant;

/** A verdict that will change by itself as time passes: when, and into what. */
public record Turn(Instant at, Outcome to) {}
