package dev.plimsoll.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that is shipped as an image, a new release every few weeks.
 *
 * @param repository as it is pulled, such as {@code registry.example.com/shop/api}
 * @param major first part of its versions
 * @param user whom the image runs as; empty for root
 * @param port what it listens on; 0 for none
 * @param data where it keeps data; null for none
 * @param command what its containers run
 * @param megabytes how large it is
 */
record Product(
    String repository,
    int major,
    String user,
    int port,
    @Nullable String data,
    List<String> command,
    int megabytes) {
  private static final int SHORTEST_PERIOD = 18;
  private static final int LONGEST_PERIOD = 60;

  /** Releases that were made before the fleet's first day. */
  private static final int RELEASES_BEFORE = 30;

  Product {
    command = List.copyOf(command);
  }

  /** The newest release on a day. */
  int releaseOn(Chance fleet, int day) {
    int period = period(fleet);
    return RELEASES_BEFORE + Math.floorDiv(day + offset(fleet, period), period);
  }

  /** The day on which a release was made; negative if before the first. */
  int madeOn(Chance fleet, int release) {
    int period = period(fleet);
    return (release - RELEASES_BEFORE) * period - offset(fleet, period);
  }

  /** Such as 16.4. */
  String version(int release) {
    return major + "." + release;
  }

  /** What its containers are stopped with; null for the usual signal. */
  @Nullable String stopSignal() {
    return switch (repository) {
      case "nginx" -> "SIGQUIT";
      case "postgres" -> "SIGINT";
      default -> null;
    };
  }

  private int period(Chance fleet) {
    return SHORTEST_PERIOD
        + fleet.of(repository).of("period").below(LONGEST_PERIOD - SHORTEST_PERIOD);
  }

  private int offset(Chance fleet, int period) {
    return fleet.of(repository).of("offset").below(period);
  }
}
