package dev.plimsoll.home;

/**
 * Which pool of database connections a thread draws from. People's requests have one, whatever the
 * portal does by itself has another: so collections can never take the last connection that a page
 * waits for.
 */
public enum DatabaseLane {
  /** Pages and the API; every thread that does not say otherwise. */
  WEB,
  /** Collections and the portal's own jobs. */
  WORK;

  // Threads that a job starts are the job's.
  private static final InheritableThreadLocal<DatabaseLane> CURRENT =
      new InheritableThreadLocal<>();

  /** The lane of the current thread. */
  static DatabaseLane current() {
    DatabaseLane lane = CURRENT.get();
    return lane == null ? WEB : lane;
  }

  /** The same job, which draws from this lane in whatever thread it runs, as do those it starts. */
  public Runnable of(Runnable job) {
    return () -> {
      DatabaseLane before = current();
      CURRENT.set(this);
      try {
        job.run();
      } finally {
        CURRENT.set(before);
      }
    };
  }
}
