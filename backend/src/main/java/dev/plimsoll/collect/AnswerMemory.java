package dev.plimsoll.collect;

import dev.plimsoll.collect.connect.AnswerRoom;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds how many bytes of answers this process holds at once, over all hosts: an engine that
 * answers with a gigabyte, or sixteen that do, must not take the memory that others need.
 *
 * <p>Half of it is places of a fixed size, one for each host that is read at the moment and enough
 * for nearly all of them; whoever finds none free waits. The other half goes to hosts that say
 * more; whoever finds that full waits a little and then gives up, since those who fill it may be
 * waiting for more themselves.
 */
final class AnswerMemory {
  /** What every host may say without asking for more. */
  static final int PLACE_BYTES = 1 << 20;

  private static final int UNIT = 1 << 10;
  private static final int GROWTH_UNITS = 256;

  private final int placeCount;
  private final int moreUnits;
  private final long mostOfOneHost;
  private final long patienceMillis;
  private final Semaphore places;
  private final Semaphore more;

  /**
   * Room for so many bytes in all.
   *
   * @param patienceMillis how long a host that says more waits for room
   */
  AnswerMemory(long bytes, long patienceMillis) {
    this.placeCount = (int) Math.max(1, bytes / 2 / PLACE_BYTES);
    this.moreUnits = (int) Math.max(1, Math.min(Integer.MAX_VALUE, bytes / 2 / UNIT));
    this.mostOfOneHost = PLACE_BYTES + (long) moreUnits * UNIT / 2;
    this.patienceMillis = patienceMillis;
    this.places = new Semaphore(placeCount, true);
    this.more = new Semaphore(moreUnits, true);
  }

  /** The share of one collection, empty until it is {@linkplain Share#begin begun}. */
  Share share() {
    return new Share();
  }

  /** How many hosts may be read at once. */
  int places() {
    return placeCount;
  }

  /** The most that is taken of one host in one collection. */
  long mostOfOneHost() {
    return mostOfOneHost;
  }

  /** Bytes that are taken at this moment, unused parts of places included. */
  long taken() {
    return (long) (placeCount - places.availablePermits()) * PLACE_BYTES
        + (long) (moreUnits - more.availablePermits()) * UNIT;
  }

  /** What one collection holds, from its first answer to the end of its work. */
  final class Share implements AnswerRoom, AutoCloseable {
    private boolean begun;
    private long used;
    private int held;

    private Share() {}

    /**
     * Waits for a place. To be called when a host has answered for the first time: one that hangs
     * takes none.
     */
    synchronized void begin() throws InterruptedException {
      if (!begun) {
        places.acquire();
        begun = true;
      }
    }

    @Override
    public synchronized void take(int bytes) throws IOException {
      used += bytes;
      if (!begun) {
        return; // a greeting, bounded like every answer
      }
      if (used > mostOfOneHost) {
        throw NoRoom.forOneHost(mostOfOneHost);
      }
      long lacking = used - PLACE_BYTES - (long) held * UNIT;
      if (lacking > 0) {
        grow((int) Math.min(moreUnits - held, Math.max(GROWTH_UNITS, (lacking + UNIT - 1) / UNIT)));
      }
    }

    private void grow(int units) throws IOException {
      try {
        if (!more.tryAcquire(units, patienceMillis, TimeUnit.MILLISECONDS)) {
          throw NoRoom.besideOthers();
        }
        held += units;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw NoRoom.besideOthers();
      }
    }

    /** Gives everything back. */
    @Override
    public synchronized void close() {
      if (begun) {
        places.release();
        begun = false;
      }
      more.release(held);
      held = 0;
    }
  }
}
