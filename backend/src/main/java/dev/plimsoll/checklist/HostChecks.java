package dev.plimsoll.checklist;

import java.util.List;
import java.util.stream.Stream;

/** What is demanded of the host below the engine: sections 1 and 3 of the CIS benchmark. */
final class HostChecks {
  /** All of them, in catalogue order. */
  static final List<Check> ALL =
      Stream.of(
              List.of(HostAccessChecks.OWN_PARTITION, HostAccessChecks.TRUSTED_GROUP),
              HostAuditChecks.ALL,
              List.of(HostAccessChecks.HARDENED),
              HostFileChecks.ALL)
          .flatMap(List::stream)
          .toList();

  private HostChecks() {}
}
