package dev.plimsoll.collect.read;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Bounds how many hosts this process works on at once: masks, canonicalises, judges, stores. Work
 * alone holds a slot. Waiting for a host does not, so that hosts that hang or trickle keep nobody
 * from working on the others.
 */
public final class WorkSlots {
  private final int slots;
  private final Semaphore free;

  /** So many hosts at once. */
  public WorkSlots(int slots) {
    this.slots = slots;
    // Fair: who was read first is worked on first.
    this.free = new Semaphore(slots, true);
  }

  /**
   * Waits for a slot and does a piece of work in it. The work takes no other slot.
   *
   * @throws InterruptedException if the portal stops meanwhile
   */
  public <T> T work(Supplier<T> work) throws InterruptedException {
    free.acquire();
    try {
      return work.get();
    } finally {
      free.release();
    }
  }

  /** How many there are. */
  public int size() {
    return slots;
  }

  /** How many are taken at this moment. */
  public int busy() {
    return slots - free.availablePermits();
  }

  /** How many pieces of work wait for a slot, roughly. */
  public int waiting() {
    return free.getQueueLength();
  }
}
