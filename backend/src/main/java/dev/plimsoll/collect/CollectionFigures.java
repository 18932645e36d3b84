package dev.plimsoll.collect;

import dev.plimsoll.collect.read.WorkSlots;
import dev.plimsoll.home.DatabaseLane;
import dev.plimsoll.home.DatabasePools;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** What this process has under way, for monitoring: how near each of its bounds it is. */
@Component
class CollectionFigures {
  private static final String SHED = "plimsoll.collections.shed";

  private final MeterRegistry registry;

  CollectionFigures(
      MeterRegistry registry,
      Admission admission,
      WorkSlots slots,
      AnswerMemory memory,
      DatabasePools pools,
      LateCollections late) {
    this.registry = registry;
    gauge(
        "plimsoll.collections.under.way",
        "collections of this process under way",
        admission::underWay);
    gauge(
        "plimsoll.collections.late",
        "hosts not collected in their time, of all processes",
        late::count);
    gauge("plimsoll.work.slots.busy", "hosts worked on at this moment", slots::busy);
    gauge(
        "plimsoll.work.slots.waiting", "hosts that were read and wait for a slot", slots::waiting);
    gauge("plimsoll.answers.bytes", "room for answers of engines that is taken", memory::taken);
    for (DatabaseLane lane : DatabaseLane.values()) {
      String name = lane.name().toLowerCase(Locale.ROOT);
      Gauge.builder("plimsoll.database.connections", () -> pools.inUse(lane))
          .description("connections to the database in use")
          .tag("lane", name)
          .register(registry);
      Gauge.builder("plimsoll.database.waiting", () -> pools.waiting(lane))
          .description("threads that wait for a connection to the database")
          .tag("lane", name)
          .register(registry);
    }
    for (Admission.Shed reason : Admission.Shed.values()) {
      registry.counter(SHED, "reason", reason.name().toLowerCase(Locale.ROOT));
    }
  }

  /** Counts a collection that did not begin. */
  void shed(Admission.Shed reason) {
    registry.counter(SHED, "reason", reason.name().toLowerCase(Locale.ROOT)).increment();
  }

  private void gauge(String name, String description, java.util.function.Supplier<Number> value) {
    Gauge.builder(name, value).description(description).register(registry);
  }
}
