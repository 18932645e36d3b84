package dev.plimsoll.compliance;

import dev.plimsoll.checklist.Declaration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that the company declared to be meant.
 *
 * @param scope where it holds
 * @param note why, in the author's words; empty if nobody said
 * @param since from when on
 */
public record Declared(
    long id,
    Declaration kind,
    String value,
    Scope scope,
    String note,
    String author,
    Instant since) {

  /** Where a declaration holds. */
  public sealed interface Scope {
    /** For all hosts. */
    record Fleet() implements Scope {}

    /**
     * For a group's hosts, and those of all groups below.
     *
     * @param path such as {@code Retail/Payments}
     */
    record Group(String path) implements Scope {}

    /**
     * For one host.
     *
     * @param name its name today; null if it is only known by its ID
     */
    record Host(long id, @Nullable String name) implements Scope {}
  }
}
