package dev.plimsoll.simulation;

import org.jspecify.annotations.Nullable;

/** Something that goes wrong on a host for some days. */
enum Incident {
  /** Somebody left a privileged container running. */
  DEBUG_CONTAINER(9),
  /** Somebody runs a tool that is given the engine's socket. */
  ENGINE_SOCKET(14),
  /** A service ends right after each of its starts. */
  CRASH_LOOP(3),
  /** The host answers nothing. */
  HOST_DOWN(4);

  private static final int WINDOW = 60;
  private static final double PROBABILITY = 0.4;

  private final int longest;

  Incident(int longest) {
    this.longest = longest;
  }

  /** The incident of a host on a day, if there is one; at most one begins every two months. */
  static @Nullable Incident on(FleetPlan plan, int host, int day) {
    if (!plan.incidents() || day < 0) {
      return null;
    }
    Chance chance = plan.chance(host).of("incident").of(day / WINDOW);
    if (!chance.happens(PROBABILITY)) {
      return null;
    }
    Incident kind = values()[chance.of("kind").below(values().length)];
    int days = 1 + chance.of("days").below(kind.longest);
    int from = chance.of("from").below(WINDOW - days);
    int at = day % WINDOW;
    return at >= from && at < from + days ? kind : null;
  }

  /** The day on which the incident of a host that holds on a day began. */
  static int since(FleetPlan plan, int host, int day) {
    int since = day;
    while (since > 0 && on(plan, host, since - 1) == on(plan, host, day)) {
      since--;
    }
    return since;
  }
}
