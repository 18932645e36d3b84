package dev.plimsoll.collect;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;

/**
 * Lets collections begin, or sheds them: under overload hosts are collected late before people at
 * the screens wait. What is shed stays on the schedule, a few seconds later.
 */
final class Admission {
  /** Above this share of the heap, garbage collection takes the time that people wait for. */
  private static final double FULL = 0.9;

  private final int mostUnderWay;
  private final Semaphore room;
  private final DoubleSupplier heap;
  private final BooleanSupplier peopleWait;

  /** Why a collection did not begin. */
  enum Shed {
    /** As many as may be are under way. */
    UNDER_WAY,
    /** The heap is nearly full. */
    MEMORY,
    /** People's requests wait for the database. */
    PEOPLE_WAIT
  }

  /**
   * Admission of so many at once.
   *
   * @param heap share of the heap that is taken, 0 to 1
   * @param peopleWait whether requests of people wait for what collections take
   */
  Admission(int mostUnderWay, DoubleSupplier heap, BooleanSupplier peopleWait) {
    this.mostUnderWay = mostUnderWay;
    this.room = new Semaphore(mostUnderWay);
    this.heap = heap;
    this.peopleWait = peopleWait;
  }

  /** Whether one may begin: null if so, and then {@link #leave} ends it. */
  @org.jspecify.annotations.Nullable
  Shed enter() {
    if (peopleWait.getAsBoolean()) {
      return Shed.PEOPLE_WAIT;
    }
    if (heap.getAsDouble() > FULL && underWay() > 0) {
      return Shed.MEMORY;
    }
    return room.tryAcquire() ? null : Shed.UNDER_WAY;
  }

  /** Ends what was let in. */
  void leave() {
    room.release();
  }

  /** How many are under way. */
  int underWay() {
    return mostUnderWay - room.availablePermits();
  }

  /** The share of the heap that was still taken after the last garbage collection. */
  static double heapAfterCollection() {
    long used = 0;
    for (var pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage after = pool.getCollectionUsage();
      if (after != null && pool.getType() == java.lang.management.MemoryType.HEAP) {
        used += after.getUsed();
      }
    }
    return (double) used / Runtime.getRuntime().maxMemory();
  }
}
