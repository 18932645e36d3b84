package dev.plimsoll.fleet;

/** Published in the transaction that creates, renames, moves or deletes a group. */
public record GroupsChanged() {}
