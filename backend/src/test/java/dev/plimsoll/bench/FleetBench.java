package dev.plimsoll.bench;

import dev.plimsoll.BackendTestApplication;
import dev.plimsoll.collect.CollectionProbe;
import dev.plimsoll.testing.TestDatabase;
import dev.plimsoll.testing.TestPortal;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntPredicate;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What collecting a fleet costs: the schedule, the scheduler and everything else as in production,
 * against a bare client that only reads the same answers. The fleet grows by doubling; each size
 * has its first collection and a further one with nothing changed. At full size some hosts are then
 * made to hang and some to be slow, and the others' cycle is compared with the same cycle while all
 * were well.
 *
 * <p>Meant for a heap of 1 GiB, which {@code ./plimsoll bench fleet} sets.
 */
public final class FleetBench {
  private static final int HOSTS = 1_000;
  private static final int CONTAINERS = 100;
  private static final int HOSTS_AT_ONCE = 16;
  private static final int CALLS_AT_ONCE = 6;
  private static final int ROUNDS = 3;
  private static final int ONE_IN = 20;
  private static final Duration SLOWNESS = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final Figures figures = new Figures("fleet");
  private final FleetProcess fleet;
  private final ConfigurableApplicationContext portal;
  private final JdbcClient jdbc;
  private final List<Long> hostIds = new ArrayList<>();

  private FleetBench(FleetProcess fleet, ConfigurableApplicationContext portal, JdbcClient jdbc) {
    this.fleet = fleet;
    this.portal = portal;
    this.jdbc = jdbc;
  }

  /** Runs the benchmark. Arguments: hosts and containers a host, where not 1000 and 100. */
  public static void main(String[] args) throws IOException {
    int hosts = args.length > 0 ? Integer.parseInt(args[0]) : HOSTS;
    int containers = args.length > 1 ? Integer.parseInt(args[1]) : CONTAINERS;
    Path directory = Files.createTempDirectory("fleet");
    try (FleetProcess fleet = FleetProcess.start(hosts, containers, directory);
        TestDatabase database = TestDatabase.create();
        ConfigurableApplicationContext portal = portal(database)) {
      JdbcClient jdbc = JdbcClient.create(database.dataSource());
      FleetBench bench = new FleetBench(fleet, portal, jdbc);
      bench.figures.machine(database.dataSource());
      bench.run(hosts);
      bench.figures.finish();
    }
  }

  private void run(int full) {
    List<Long> sizes = Figures.doublings(full);
    warmUp(Math.toIntExact(sizes.getFirst()));
    SortedMap<Long, Double> bareFirsts = new TreeMap<>();
    SortedMap<Long, Double> firsts = new TreeMap<>();
    NavigableMap<Long, Double> bareSteadies = new TreeMap<>();
    NavigableMap<Long, Double> steadies = new TreeMap<>();
    double bareFirst = 0;
    double first = 0;
    long bareBytes = 0;
    long bytes = 0;
    for (long size : sizes) {
      int from = hostIds.size();
      int to = Math.toIntExact(size);
      long served = fleet.bytesServed();
      bareFirst += bare(from, to, BareClient::readAll);
      bareBytes += fleet.bytesServed() - served;
      served = fleet.bytesServed();
      first += firstCycle(from, to);
      bytes += fleet.bytesServed() - served;
      bareFirsts.put(size, bareFirst);
      firsts.put(size, first);
      Map<String, Long> before = rows();
      bareSteadies.put(size, bare(0, to, BareClient::readListsAndContainers));
      steadies.put(size, cycle(host -> true));
      figures.say(
          "%5d hosts: first %8.0f ms (bare %8.0f), nothing changed %8.0f ms (bare %8.0f), wrote %s",
          size,
          first,
          bareFirst,
          steadies.get(size),
          bareSteadies.get(size),
          difference(before, rows()));
    }
    figures.say("first collections read %,d bytes, the bare client %,d", bytes, bareBytes);
    figures.ratio("first_over_bare", first, bareFirst, 2);
    figures.ratio(
        "unchanged_over_bare",
        steadies.lastEntry().getValue(),
        bareSteadies.lastEntry().getValue(),
        1.2);
    figures.growth("bare_first", bareFirsts);
    figures.growth("first", firsts);
    figures.growth("bare_unchanged", bareSteadies);
    figures.growth("unchanged", steadies);
    sickHosts(full);
    heap();
  }

  /** One host after the other costs what compiling costs; the sizes are to start alike. */
  private void warmUp(int hosts) {
    figures.say("warming up");
    for (int round = 0; round < 2; round++) {
      bare(0, hosts, BareClient::readAll);
      hostIds.clear();
      firstCycle(0, hosts);
      cycle(host -> true);
      cycle(host -> true);
      empty();
    }
    hostIds.clear();
  }

  /** The others' cycle with some hosts ill, by turns with one in which all are well. */
  private void sickHosts(int full) {
    IntPredicate isWell = host -> host % ONE_IN != 0 && host % ONE_IN != ONE_IN / 2;
    List<Double> well = new ArrayList<>();
    List<Double> sick = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      well.add(cycle(isWell));
      for (int host = 0; host < full; host++) {
        if (host % ONE_IN == 0) {
          fleet.hang(host);
        } else if (!isWell.test(host)) {
          fleet.slow(host, SLOWNESS);
        }
      }
      sick.add(cycle(isWell));
      IntStream.range(0, full).filter(isWell.negate()).forEach(fleet::heal);
      settle();
    }
    figures.say(
        "the others' cycle: all well %.0f ms, one in %d hanging and one in %d slow %.0f ms",
        Figures.median(well), ONE_IN, ONE_IN, Figures.median(sick));
    figures.ratio(
        "others_cycle_beside_sick_hosts", Figures.median(sick), Figures.median(well), 1.05);
  }

  /**
   * Milliseconds until each of these hosts, new to the portal, was collected for the first time.
   */
  private double firstCycle(int from, int to) {
    for (int host = from; host < to; host++) {
      hostIds.add(
          jdbc.sql(
                  "insert into host (name, endpoint, criticality, interval_seconds, created_at)"
                      + " values (?, ?, ?, 86400, now()) returning id")
              .param(fleet.plan().host(host).name())
              .param("unix://" + fleet.socket(host))
              .param(fleet.plan().host(host).criticality())
              .query(Long.class)
              .single());
    }
    long before = newest();
    Long due = now();
    for (long host : hostIds.subList(from, to)) {
      CollectionProbe.dueNow(portal, host);
    }
    return awaited(hostIds.subList(from, to), before) - due;
  }

  /** Milliseconds until all hosts that count were collected, all being due at one instant. */
  private double cycle(IntPredicate counts) {
    long before = newest();
    Long due = now();
    jdbc.sql(
            "update scheduled_tasks set execution_time = clock_timestamp()"
                + " where task_name = 'collect-host' and not picked")
        .update();
    return awaited(
            IntStream.range(0, hostIds.size()).filter(counts).mapToObj(hostIds::get).toList(),
            before)
        - due;
  }

  private record Done(int hosts, long at) {}

  /** When the last of these hosts was read after a collection, in milliseconds of the epoch. */
  private long awaited(List<Long> hosts, long after) {
    long start = System.nanoTime();
    while (true) {
      Done done =
          jdbc.sql(
                  "select count(distinct host_id) hosts,"
                      + " coalesce((extract(epoch from max(finished_at)) * 1000)::bigint, 0) at"
                      + " from collection where id > ? and host_id = any(?)"
                      + " and outcome in ('SUCCEEDED', 'PARTIAL')")
              .param(after)
              .param(hosts.toArray(Long[]::new))
              .query((row, n) -> new Done(row.getInt("hosts"), row.getLong("at")))
              .single();
      if (done.hosts() == hosts.size()) {
        return done.at();
      }
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new IllegalStateException(
            "of %d hosts %s were collected; %s"
                .formatted(
                    hosts.size(),
                    done.hosts(),
                    jdbc.sql("select distinct error_detail from collection limit 5")
                        .query(String.class)
                        .list()));
      }
      pause(Duration.ofMillis(100));
    }
  }

  /** Waits until nothing is collected any more, hosts that were ill included. */
  private void settle() {
    cycle(host -> true);
    while (jdbc.sql("select exists (select 1 from collection where outcome = 'RUNNING')")
        .query(Boolean.class)
        .single()) {
      pause(Duration.ofMillis(200));
    }
  }

  /** Milliseconds in which the bare client reads these hosts. */
  private double bare(int from, int to, ToLongFunction<BareClient> read) {
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(HOSTS_AT_ONCE)) {
      List<Future<Long>> reads = new ArrayList<>();
      for (int host = from; host < to; host++) {
        BareClient client = BareClient.ofAnyVersion(fleet.socket(host), CALLS_AT_ONCE);
        reads.add(threads.submit(() -> read.applyAsLong(client)));
      }
      for (Future<Long> done : reads) {
        done.get();
      }
      return Figures.millisSince(start);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the bare client failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void heap() {
    long peak =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(MemoryUsage::getUsed)
            .sum();
    long most = Runtime.getRuntime().maxMemory();
    figures.say("heap: at most %d MiB allowed, peaks of its parts %d MiB", most >> 20, peak >> 20);
    figures.figure("heap_limit_mib", (double) (most >> 20));
    figures.figure("heap_peak_mib", (double) (peak >> 20));
  }

  private long newest() {
    return jdbc.sql("select coalesce(max(id), 0) from collection").query(Long.class).single();
  }

  private long now() {
    return jdbc.sql("select (extract(epoch from clock_timestamp()) * 1000)::bigint")
        .query(Long.class)
        .single();
  }

  private void empty() {
    jdbc.sql("delete from scheduled_tasks where task_name = 'collect-host'").update();
    jdbc.sql(
            "truncate document, subject, state, judgement, verdict, finding_event, finding, score,"
                + " host_blindness, host_publication, collection, host_history, credential, host"
                + " cascade")
        .update();
  }

  private Map<String, Long> rows() {
    Map<String, Long> rows = new TreeMap<>();
    for (String table :
        jdbc.sql(
                "select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                    + " where nspname = 'public' and relkind in ('r', 'p') and not relispartition")
            .query(String.class)
            .list()) {
      rows.put(table, jdbc.sql("select count(*) from " + table).query(Long.class).single());
    }
    return rows;
  }

  private static Map<String, Long> difference(Map<String, Long> before, Map<String, Long> after) {
    Map<String, Long> difference = new TreeMap<>();
    after.forEach(
        (table, rows) -> {
          long more = rows - before.getOrDefault(table, 0L);
          if (more != 0) {
            difference.put(table, more);
          }
        });
    return difference;
  }

  private static void pause(Duration length) {
    try {
      Thread.sleep(length);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static ConfigurableApplicationContext portal(TestDatabase database) {
    Map<String, Object> settings = new HashMap<>(TestPortal.properties());
    settings.put("spring.datasource.url", database.jdbcUrl());
    settings.put("spring.datasource.username", database.username());
    settings.put("spring.datasource.password", database.password());
    settings.put("server.port", "0");
    settings.put("logging.level.dev.plimsoll", "WARN");
    SpringApplication application = new SpringApplication(BackendTestApplication.class);
    return application.run(
        settings.entrySet().stream()
            .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
            .toArray(String[]::new));
  }
}
