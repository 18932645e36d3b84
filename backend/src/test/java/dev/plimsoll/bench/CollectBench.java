package dev.plimsoll.bench;

import dev.plimsoll.BackendTestApplication;
import dev.plimsoll.collect.CollectionProbe;
import dev.plimsoll.testing.TestDatabase;
import dev.plimsoll.testing.TestEngine;
import dev.plimsoll.testing.TestPortal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a collection costs beyond reading the bytes. Fills a real engine with containers and prints,
 * from one run: (a) a bare parallel fetch of the same endpoints, (b) a first collection up to the
 * published score, (c) a further one with nothing changed. Medians; the machine is noisy, so only
 * the ratios mean something.
 */
public final class CollectBench {
  private static final int CONTAINERS = 300;
  private static final int PARALLEL = 6;
  private static final int WARM_UPS = 8;
  private static final int ROUNDS = 7;

  private CollectBench() {}

  /** Runs the benchmark; the last lines are one JSON object a figure. */
  public static void main(String[] args) {
    try (TestEngine engine = TestEngine.start();
        TestDatabase database = TestDatabase.create();
        ConfigurableApplicationContext portal = portal(database)) {
      say("filling an engine with " + CONTAINERS + " containers");
      for (int i = 0; i < CONTAINERS; i++) {
        create(engine, i);
      }
      JdbcClient jdbc = JdbcClient.create(database.dataSource());
      BareClient bare = new BareClient(engine.socket(), PARALLEL);
      say("warming up");
      for (int i = 0; i < WARM_UPS; i++) {
        bare.readAll();
        long host = host(jdbc, engine);
        CollectionProbe.collect(portal, host);
        CollectionProbe.collect(portal, host);
        empty(jdbc);
      }

      List<Double> reads = new ArrayList<>();
      List<Double> firsts = new ArrayList<>();
      List<Double> seconds = new ArrayList<>();
      long bytes = 0;
      Map<String, Long> written = Map.of();
      for (int round = 0; round < ROUNDS; round++) {
        // By turns, so that what else the machine does falls on all three alike.
        long start = System.nanoTime();
        bytes = bare.readAll();
        reads.add(since(start));
        long host = host(jdbc, engine);
        start = System.nanoTime();
        CollectionProbe.collect(portal, host);
        firsts.add(since(start));
        Map<String, Long> before = rows(jdbc);
        start = System.nanoTime();
        CollectionProbe.collect(portal, host);
        seconds.add(since(start));
        written = difference(before, rows(jdbc));
        check(jdbc, host);
        empty(jdbc);
      }
      double a = median(reads);
      double b = median(firsts);
      double c = median(seconds);
      say(CONTAINERS + " containers, " + bytes + " bytes, " + PARALLEL + " calls at once");
      say(String.format(Locale.ROOT, "(a) bare fetch        %8.1f ms", a));
      say(String.format(Locale.ROOT, "(b) first collection  %8.1f ms  %.2f x a", b, b / a));
      say(String.format(Locale.ROOT, "(c) nothing changed   %8.1f ms  %.2f x a", c, c / a));
      say("(c) wrote " + written);
      figure("bare_ms", a);
      figure("first_ms", b);
      figure("unchanged_ms", c);
      figure("first_over_bare", b / a);
      figure("unchanged_over_bare", c / a);
      figure("unchanged_rows_written", (double) written.values().stream().mapToLong(n -> n).sum());
    }
  }

  private static ConfigurableApplicationContext portal(TestDatabase database) {
    Map<String, Object> settings = new HashMap<>(TestPortal.properties());
    settings.put("spring.datasource.url", database.jdbcUrl());
    settings.put("spring.datasource.username", database.username());
    settings.put("spring.datasource.password", database.password());
    settings.put("server.port", "0");
    settings.put("db-scheduler.enabled", "false");
    settings.put("plimsoll.local-engine", "false");
    SpringApplication application = new SpringApplication(BackendTestApplication.class);
    return application.run(
        settings.entrySet().stream()
            .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
            .toArray(String[]::new));
  }

  /** Containers as fleets have them: some good, some bad, a few replicas of each. */
  private static void create(TestEngine engine, int number) {
    List<String> command = new ArrayList<>(List.of("create", "--name", "bench-" + number));
    switch (number % 5) {
      case 0 -> command.addAll(List.of("--user", "1000:1000", "--cap-drop", "ALL", "--read-only"));
      case 1 -> command.addAll(List.of("-e", "DB_PASSWORD=secret-" + number, "--memory", "64m"));
      case 2 -> command.addAll(List.of("--privileged", "--restart", "always"));
      case 3 -> command.addAll(List.of("-v", "data-" + number % 20 + ":/data", "-p", "8080"));
      default ->
          command.addAll(
              List.of(
                  "--label", "com.docker.compose.project=p" + number % 10,
                  "--label", "com.docker.compose.service=s" + number % 7,
                  "--security-opt", "no-new-privileges"));
    }
    command.add(TestEngine.IMAGE);
    engine.docker(command.toArray(String[]::new));
  }

  private static long host(JdbcClient jdbc, TestEngine engine) {
    return jdbc.sql(
            "insert into host (name, endpoint, criticality, interval_seconds, created_at)"
                + " values ('bench', ?, 2, 900, now()) returning id")
        .param(engine.endpoint().uri())
        .query(Long.class)
        .single();
  }

  private static void check(JdbcClient jdbc, long host) {
    String outcomes =
        jdbc.sql("select string_agg(distinct outcome, ' ') from collection where host_id = ?")
            .param(host)
            .query(String.class)
            .single();
    long scores =
        jdbc.sql("select count(*) from score where scope = 'HOST' and scope_id = ?")
            .param(host)
            .query(Long.class)
            .single();
    if (!outcomes.equals("SUCCEEDED") || scores != 1) {
      throw new IllegalStateException(outcomes + " with " + scores + " scores is no measurement");
    }
  }

  private static void empty(JdbcClient jdbc) {
    jdbc.sql(
            "truncate document, subject, state, judgement, verdict, finding_event, finding, score,"
                + " host_blindness, host_publication, collection, host_history, credential, host")
        .update();
  }

  private static Map<String, Long> rows(JdbcClient jdbc) {
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

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(value -> value).sorted().toArray();
    return Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElseThrow();
  }

  @SuppressWarnings("SystemOut") // a command's output
  private static void say(String line) {
    System.out.println(line);
  }

  private static void figure(String name, double value) {
    say(
        String.format(
            Locale.ROOT, "{\"bench\":\"collect\",\"figure\":\"%s\",\"value\":%.3f}", name, value));
  }
}
