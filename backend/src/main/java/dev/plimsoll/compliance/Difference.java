package dev.plimsoll.compliance;

/**
 * Something that is stored and does not follow from what it should.
 *
 * @param table where it is stored
 * @param key which row, in words
 * @param problem what is stored and what should be, in words
 */
public record Difference(String table, String key, String problem) {}
