package dev.plimsoll.checklist;

/**
 * A place in a published benchmark that a rule answers to. A number means nothing without its
 * benchmark's version, so the two never part.
 *
 * @param source benchmark and version, such as {@code CIS Docker Benchmark 1.8}
 * @param number its number there, such as {@code 5.4}
 */
public record Reference(String source, String number) {}
