package dev.plimsoll.api;

import dev.plimsoll.compliance.SupportTables;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** What makers and distributions still support. */
@RestController
@RequestMapping("/api/v1/support-table")
@Tag(
    name = "Support table",
    description = "Which engines, runtimes and systems are maintained, and from which version on")
class SupportTableResource {
  private final SupportTables tables;
  private final AsOf instants;

  SupportTableResource(SupportTables tables, AsOf instants) {
    this.tables = tables;
    this.instants = instants;
  }

  @GetMapping
  @Operation(summary = "The table in use; it decides nothing any more from an age of 90 days on")
  SupportTableBody get(@RequestParam(required = false) @Nullable Instant asOf) {
    return tables
        .find(instants.check(asOf))
        .map(SupportTableBody::of)
        .orElseThrow(() -> new NotFound("support table", "of that instant"));
  }

  @PutMapping
  @Operation(summary = "Take another table into use; all hosts are judged anew by it")
  SupportTableBody put(@RequestBody JsonNode table) {
    tables.importTable(table);
    return get(null);
  }

  /**
   * A table as the API shows it.
   *
   * @param asOf the day of which its facts are
   * @param sha256 of the table in canonical form; evidence names it
   * @param since from when on verdicts were judged by it
   */
  record SupportTableBody(
      LocalDate asOf,
      long ageDays,
      boolean tooOld,
      String sha256,
      String author,
      Instant since,
      JsonNode table) {
    static SupportTableBody of(SupportTables.Known known) {
      return new SupportTableBody(
          known.asOf(),
          known.age().toDays(),
          known.isTooOld(),
          known.sha256().hex(),
          known.author(),
          known.since(),
          known.table());
    }
  }
}
