package dev.plimsoll.checklist;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The dated table of what makers and distributions still support, as a check reads it. Its document
 * is described in {@code docs/support-table.md}.
 */
final class SupportTable {
  /** Older tables decide nothing. */
  static final Duration DECIDES_FOR = Duration.ofDays(90);

  /** From here on, verdicts say how old their table is. */
  static final Duration SHOWN_FROM = Duration.ofDays(60);

  private static final Field AS_OF = Field.of(".asOf");
  private static final Field VENDORS = Field.of(".vendors");
  private static final Field SYSTEMS = Field.of(".systems");

  private final Source source;
  private final Instant now;
  private final LocalDate asOf;

  private SupportTable(Source source, Instant now, LocalDate asOf) {
    this.source = source;
    this.now = now;
    this.asOf = asOf;
  }

  /**
   * Opens the table that was known at the instant.
   *
   * @throws Unanswerable if there was none, or it is too old to decide
   */
  static SupportTable of(Examination x) {
    Reading reading = x.host().supportTable();
    if (reading == null) {
      throw unanswerable(
          new Evidence("GET /api/v1/support-table", null, null), "no support table was imported");
    }
    Source source = x.open(reading);
    LocalDate asOf = date(source.text(AS_OF));
    if (asOf == null) {
      throw source.unreadable(AS_OF.path(), source.peek(AS_OF), "a date");
    }
    SupportTable table = new SupportTable(source, x.host().at(), asOf);
    if (!x.host().at().isBefore(table.decidesUntil())) {
      throw unanswerable(
          source.evidence(AS_OF.path(), source.peek(AS_OF)),
          "the support table of " + asOf + " is older than 90 days; import a newer one");
    }
    return table;
  }

  /** When the table will be too old to decide. */
  Instant decidesUntil() {
    return start(asOf).plus(DECIDES_FOR);
  }

  /** The table's date, once it is old enough to mention; null before. */
  @Nullable String age() {
    return now.isBefore(start(asOf).plus(SHOWN_FROM))
        ? null
        : "by the support table of " + asOf + ", which is more than 60 days old";
  }

  /**
   * What the table says of one thing.
   *
   * @param path where, for evidence
   * @param endOfLife the first instant without support; null if none is known
   */
  record Row(
      String path, JsonNode node, @Nullable SoftwareVersion floor, @Nullable Instant endOfLife) {}

  /** The row of a version's branch; null if the table has none. */
  @Nullable Row branch(String component, SoftwareVersion version) {
    Field rows = Field.of(".components." + component);
    JsonNode branches = source.peek(rows);
    for (int i = 0; i < branches.size(); i++) {
      SoftwareVersion branch = SoftwareVersion.parse(branches.path(i).path("branch").asString(""));
      if (branch != null && version.isOf(branch)) {
        return row(rows.entry(i), branches.path(i), "floor");
      }
    }
    return null;
  }

  /** Whether a version is older than every branch that the table knows. */
  boolean isOlderThanAll(String component, SoftwareVersion version) {
    boolean any = false;
    for (JsonNode row : source.peek(Field.of(".components." + component))) {
      SoftwareVersion branch = SoftwareVersion.parse(row.path("branch").asString(""));
      if (branch == null || version.compareTo(branch) >= 0) {
        return false;
      }
      any = true;
    }
    return any;
  }

  /** What a distribution says of its own build; null if the table has no row for it. */
  @Nullable Row vendor(String component, SoftwareVersion version) {
    JsonNode vendors = source.peek(VENDORS);
    for (int i = 0; i < vendors.size(); i++) {
      JsonNode row = vendors.path(i);
      SoftwareVersion branch = SoftwareVersion.parse(row.path("branch").asString(""));
      String mark = row.path("mark").asString("");
      if (row.path("component").asString("").equals(component)
          && !mark.isEmpty()
          && version.mark().startsWith(mark)
          && branch != null
          && version.isOf(branch)) {
        return row(VENDORS.entry(i), row, "floor");
      }
    }
    return null;
  }

  /** The row of an operating system's release; null if the table has none. */
  @Nullable Row system(String name, String release) {
    JsonNode systems = source.peek(SYSTEMS);
    for (int i = 0; i < systems.size(); i++) {
      JsonNode row = systems.path(i);
      String known = row.path("release").asString("?");
      if (name.startsWith(row.path("name").asString("?"))
          && (release.equals(known) || release.startsWith(known + "."))) {
        return row(SYSTEMS.entry(i), row, "kernel");
      }
    }
    return null;
  }

  /** Evidence for a row's member. */
  Evidence evidence(Row row, String member) {
    return source.evidence(row.path() + "." + member, row.node().path(member));
  }

  private Row row(String path, JsonNode node, String floorMember) {
    JsonNode end = node.path("endOfLife");
    Instant endOfLife = null;
    if (end.isString()) {
      LocalDate last = date(end.stringValue());
      if (last == null) {
        throw source.unreadable(path + ".endOfLife", end, "a date");
      }
      endOfLife = start(last.plusDays(1));
    }
    SoftwareVersion floor = SoftwareVersion.parse(node.path(floorMember).asString(""));
    return new Row(path, node, floor, endOfLife);
  }

  private static Instant start(LocalDate date) {
    return date.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static @Nullable LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static Unanswerable unanswerable(Evidence evidence, String reason) {
    return new Unanswerable(new Verdict(Outcome.UNKNOWN, List.of(evidence), reason, null));
  }
}
