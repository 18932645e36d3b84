package dev.plimsoll.simulation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A fleet and all its days, from a seed: the same plan tells the same of a host and a day whenever
 * and in whatever order it is asked.
 *
 * <p>Days are counted from the fleet's first. What a day changes has happened by its {@link
 * #MORNING}, and nothing else changes until the next.
 *
 * @param seed everything follows from it
 * @param hosts how many there are, at least 1
 * @param containersPerHost on each host, from 1 to 5,000; incidents add one now and then
 * @param firstDay the date of day 0
 * @param churn the share of containers that are created anew a day, from 0 to 1
 * @param incidents whether things go wrong: a privileged container for some days, a host that is
 *     down
 */
public record FleetPlan(
    long seed,
    int hosts,
    int containersPerHost,
    LocalDate firstDay,
    double churn,
    boolean incidents) {
  /** By this time of a day, in UTC, all that the day changes is done. */
  public static final LocalTime MORNING = LocalTime.of(5, 0);

  /** Share of containers that are created anew on a usual day. */
  public static final double USUAL_CHURN = 0.05;

  private static final int MOST_CONTAINERS = 5_000;
  private static final int MOST_HOSTS = 50_000;
  private static final LocalDate ANY_DAY = LocalDate.of(2026, 1, 5);

  private record Unit(String group, String prefix, String owner) {}

  private static final List<Unit> UNITS =
      List.of(
          new Unit("Retail/Shop", "shop", "Ada Moreno"),
          new Unit("Retail/Payments", "pay", "Bruno Keller"),
          new Unit("Retail/Logistics", "log", "Chloe Durand"),
          new Unit("Insurance/Claims", "clm", "Dmitri Ivanov"),
          new Unit("Insurance/Pricing", "prc", "Elif Kaya"),
          new Unit("Corporate/Office", "off", "Farid Haddad"),
          new Unit("Corporate/Finance", "fin", "Greta Lind"),
          new Unit("Platform/Build", "bld", "Hiro Tanaka"),
          new Unit("Platform/Data", "dat", "Ines Costa"),
          new Unit("Platform/Edge", "edg", "Jonas Weber"));

  /**
   * A plan.
   *
   * @throws IllegalArgumentException if a figure is out of its range
   */
  public FleetPlan {
    if (hosts < 1 || hosts > MOST_HOSTS) {
      throw new IllegalArgumentException(
          "A fleet has from 1 to %d hosts, not %d.".formatted(MOST_HOSTS, hosts));
    }
    if (containersPerHost < 1 || containersPerHost > MOST_CONTAINERS) {
      throw new IllegalArgumentException(
          "A host of the fleet has from 1 to %d containers, not %d."
              .formatted(MOST_CONTAINERS, containersPerHost));
    }
    if (!(churn >= 0 && churn <= 1)) {
      throw new IllegalArgumentException("A churn is a share from 0 to 1, not " + churn + ".");
    }
  }

  /** A fleet with the usual churn and without incidents, from a day like any other. */
  public FleetPlan(long seed, int hosts, int containersPerHost) {
    this(seed, hosts, containersPerHost, ANY_DAY, USUAL_CHURN, false);
  }

  /** What people know of a host. */
  public SimulatedHost host(int index) {
    Chance chance = chance(index);
    Unit unit = UNITS.get(index % UNITS.size());
    String environment = environment(chance);
    int criticality =
        switch (environment) {
          case "production" -> chance.of("vital").happens(0.3) ? 4 : 2;
          case "staging" -> 2;
          default -> 1;
        };
    return new SimulatedHost(
        index,
        "%s-%s-%02d"
            .formatted(unit.prefix(), environment.substring(0, 4), 1 + index / UNITS.size()),
        unit.group(),
        environment,
        unit.owner(),
        criticality);
  }

  /** All hosts. */
  public List<SimulatedHost> allHosts() {
    return IntStream.range(0, hosts).mapToObj(this::host).toList();
  }

  /** A host's engine, and all that is on it, on a day. */
  public HostDay at(int host, int day) {
    return new DayPlan(this, host, day).make();
  }

  /** Whether a host is down for the whole of a day. */
  public boolean isDown(int host, int day) {
    return Incident.on(this, host, day) == Incident.HOST_DOWN;
  }

  /** The day whose state holds at an instant; negative before the fleet's first day. */
  public int dayAt(Instant at) {
    return (int) Math.floorDiv(at.getEpochSecond() - morning(0).getEpochSecond(), 86_400L);
  }

  /** The instant from which on a day's state holds. */
  public Instant morning(int day) {
    return firstDay.plusDays(day).atTime(MORNING).toInstant(ZoneOffset.UTC);
  }

  /** An instant early in a day, before its morning. */
  Instant earlyOn(int day, Chance chance) {
    return firstDay
        .plusDays(day)
        .atStartOfDay()
        .toInstant(ZoneOffset.UTC)
        .plus(3_600_000L + chance.of("time").below(3 * 3_600_000), ChronoUnit.MILLIS);
  }

  Chance chance() {
    return new Chance(seed);
  }

  Chance chance(int host) {
    return chance().of("host").of(host);
  }

  private static String environment(Chance host) {
    double chance = host.of("environment").fraction();
    if (chance < 0.6) {
      return "production";
    }
    return chance < 0.85 ? "staging" : "development";
  }
}
