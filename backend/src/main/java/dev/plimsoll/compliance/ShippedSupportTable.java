package dev.plimsoll.compliance;

import dev.plimsoll.audit.AuditTrail;
import dev.plimsoll.inventory.Document;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Takes the support table that ships with the portal into use where it is the newest. */
@Component
class ShippedSupportTable {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final StoredSupportTables stored;
  private final TransactionTemplate transaction;

  ShippedSupportTable(StoredSupportTables stored, TransactionTemplate transaction) {
    this.stored = stored;
    this.transaction = transaction;
  }

  @EventListener(ApplicationReadyEvent.class)
  void takeIntoUse() {
    JsonNode table = table();
    LocalDate asOf = LocalDate.parse(table.path("asOf").asString());
    transaction.executeWithoutResult(
        status -> {
          Optional<LocalDate> inUse = stored.asOf();
          if (inUse.isEmpty() || inUse.get().isBefore(asOf)) {
            stored.put(Document.of(table), asOf, AuditTrail.PORTAL);
          }
        });
  }

  static JsonNode table() {
    try (InputStream in = ShippedSupportTable.class.getResourceAsStream("support-table.json")) {
      return MAPPER.readTree(Objects.requireNonNull(in, "support-table.json"));
    } catch (IOException e) {
      throw new UncheckedIOException("the shipped support table cannot be read", e);
    }
  }
}
