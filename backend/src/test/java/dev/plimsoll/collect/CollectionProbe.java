package dev.plimsoll.collect;

import org.springframework.context.ApplicationContext;

/** Lets benchmarks run one collection without the schedule around it. */
public final class CollectionProbe {
  private CollectionProbe() {}

  /** Collects a host in this thread, from connecting to publishing. */
  public static void collect(ApplicationContext portal, long hostId) {
    portal.getBean(CollectionRun.class).run(hostId);
  }

  /** Makes a host due on the portal's schedule. */
  public static void dueNow(ApplicationContext portal, long hostId) {
    portal.getBean(CollectionSchedule.class).dueNow(hostId);
  }
}
