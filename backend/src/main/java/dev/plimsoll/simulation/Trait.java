package dev.plimsoll.simulation;

/** What is amiss with how a service is run, how often that is so, and how often it is mended. */
enum Trait {
  ROOT(0.55, 0.5),
  NO_MEMORY_LIMIT(0.5, 0.45),
  NO_PIDS_LIMIT(0.65, 0.4),
  NEW_PRIVILEGES(0.6, 0.5),
  ALL_CAPABILITIES(0.7, 0.4),
  WRITABLE_ROOT(0.75, 0.3),
  PUBLISHED_EVERYWHERE(0.5, 0.4),
  NO_HEALTHCHECK(0.45, 0.4),
  ENDLESS_LOG(0.5, 0.5),
  NO_OWNER(0.5, 0.5),
  LATEST(0.15, 0.5),
  SECRET_IN_ENVIRONMENT(0.15, 0.6),
  NEVER_UPDATED(0.12, 0.3),
  HOST_NETWORK(0.02, 0.5),
  HOST_DIRECTORY(0.04, 0.5),
  ENGINE_SOCKET(0.02, 0.6),
  PRIVILEGED(0.015, 0.7);

  private static final int YEAR = 365;
  private static final int LONGEST_RELAPSE = 40;
  private static final double RELAPSE = 0.03;

  private final double frequency;
  private final double mended;

  Trait(double frequency, double mended) {
    this.frequency = frequency;
    this.mended = mended;
  }

  /**
   * Whether a service has it on a day: from the beginning until the day on which it is mended, and
   * now and then anew for some weeks.
   *
   * @param service the service's chance
   * @param carelessness of who runs it; 1 for the usual
   */
  boolean holds(Chance service, double carelessness, int day) {
    Chance own = service.of(name());
    if (own.of("once more").happens(RELAPSE * frequency)) {
      int from = own.of("from").below(YEAR);
      if (day >= from && day < from + 2 + own.of("days").below(LONGEST_RELAPSE)) {
        return true;
      }
    }
    return own.happens(Math.min(0.97, frequency * carelessness))
        && !(own.of("mended").happens(mended) && day >= own.of("day").below(YEAR));
  }
}
