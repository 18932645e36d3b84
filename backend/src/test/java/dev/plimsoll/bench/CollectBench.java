package dev.plimsoll.bench;

import dev.plimsoll.BackendTestApplication;
import dev.plimsoll.collect.CollectionProbe;
import dev.plimsoll.testing.TestDatabase;
import dev.plimsoll.testing.TestEngine;
import dev.plimsoll.testing.TestPortal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
  private static final Figures FIGURES = new Figures("collect");

  private CollectBench() {}

  /** Runs the benchmark; the last lines are one JSON object a figure. */
  public static void main(String[] args) {
    try (TestEngine engine = TestEngine.start();
        TestDatabase database = TestDatabase.create();
        ConfigurableApplicationContext portal = portal(database)) {
      FIGURES.say("filling an engine with %d containers", CONTAINERS);
      for (int i = 0; i < CONTAINERS; i++) {
        create(engine, i);
      }
      JdbcClient jdbc = JdbcClient.create(database.dataSource());
      BareClient bare = new BareClient(engine.socket(), PARALLEL);
      FIGURES.say("warming up");
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
        reads.add(Figures.millisSince(start));
        long host = host(jdbc, engine);
        start = System.nanoTime();
        CollectionProbe.collect(portal, host);
        firsts.add(Figures.millisSince(start));
        Map<String, Long> before = rows(jdbc);
        start = System.nanoTime();
        CollectionProbe.collect(portal, host);
        seconds.add(Figures.millisSince(start));
        written = difference(before, rows(jdbc));
        check(jdbc, host);
        empty(jdbc);
      }
      double a = Figures.median(reads);
      double b = Figures.median(firsts);
      double c = Figures.median(seconds);
      FIGURES.machine(database.dataSource());
      FIGURES.say("%d containers, %d bytes, %d calls at once", CONTAINERS, bytes, PARALLEL);
      FIGURES.say("(a) bare fetch        %8.1f ms", a);
      FIGURES.say("(b) first collection  %8.1f ms  %.2f x a", b, b / a);
      FIGURES.say("(c) nothing changed   %8.1f ms  %.2f x a", c, c / a);
      FIGURES.say("(c) wrote %s", written);
      FIGURES.figure("bare_ms", a);
      FIGURES.figure("first_ms", b);
      FIGURES.figure("unchanged_ms", c);
      FIGURES.figure("first_over_bare", b / a);
      FIGURES.figure("unchanged_over_bare", c / a);
      FIGURES.figure(
          "unchanged_rows_written", (double) written.values().stream().mapToLong(n -> n).sum());
      FIGURES.finish();
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
            "truncate document, subject, state, judgement, verdict, coverage, finding, score,"
                + " score_sum, host_blindness, host_publication, collection, host_history, host,"
                + " kept_data, kept_data_use, backup_promise cascade")
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
}
