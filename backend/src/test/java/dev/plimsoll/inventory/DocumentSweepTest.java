package dev.plimsoll.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.retention.Retention;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Documents that nothing refers to go, and none goes that somebody is about to refer to. */
@SpringBootTest(properties = "db-scheduler.enabled=false")
@DatabaseTest
class DocumentSweepTest {
  private static final Instant START = Instant.parse("2026-03-01T03:20:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Retention RETENTION = new Retention(25, 13, 3, DAY);
  private static final Document ONE = Document.of(new JsonMapper().readTree("{\"Name\":\"one\"}"));
  private static final Document TWO = Document.of(new JsonMapper().readTree("{\"Name\":\"two\"}"));

  @Autowired Documents documents;
  @Autowired DocumentSweep sweep;
  @Autowired TransactionTemplate transaction;
  @Autowired DataSource dataSource;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private JdbcClient jdbc;

  @AfterEach
  void end() {
    threads.close();
  }

  @BeforeEach
  void store() {
    jdbc = JdbcClient.create(dataSource);
    jdbc.sql("truncate state, document cascade").update();
    stored(START);
  }

  @Test
  @DisplayName("A document goes a day after it was found that nothing refers to it")
  void grace() {
    refer(TWO);
    sweepAt(START.plus(DAY).plusSeconds(1));
    assertThat(unusedSince(ONE)).isEqualTo(START.plus(DAY).plusSeconds(1));
    assertThat(unusedSince(TWO)).isNull();

    sweepAt(START.plus(DAY).plusSeconds(2));
    assertThat(hashes()).hasSize(2);

    sweepAt(START.plus(DAY.multipliedBy(2)).plusSeconds(2));
    assertThat(hashes()).containsExactly(TWO.sha256());
  }

  @Test
  @DisplayName("What is referred to again while it is marked begins anew")
  void referredAgain() {
    sweepAt(START.plus(DAY.multipliedBy(2)));
    refer(ONE);
    sweepAt(START.plus(DAY.multipliedBy(4)));
    assertThat(hashes()).containsExactly(ONE.sha256());
    assertThat(unusedSince(ONE)).isNull();
  }

  @Test
  @DisplayName("A document that is stored again is not swept, though nothing refers to it yet")
  void storedAgain() throws Exception {
    sweepAt(START.plus(DAY.multipliedBy(2)));
    CountDownLatch stored = new CountDownLatch(1);
    CountDownLatch swept = new CountDownLatch(1);
    CompletableFuture<Void> collection =
        CompletableFuture.runAsync(
            () ->
                transaction.executeWithoutResult(
                    status -> {
                      assertThat(documents.store(List.of(ONE), Instant.now())).isZero();
                      stored.countDown();
                      await(swept);
                      refer(ONE);
                    }),
            threads);
    await(stored);
    sweepAt(START.plus(DAY.multipliedBy(4))); // does not wait for the collection
    swept.countDown();
    collection.get(1, TimeUnit.MINUTES);

    assertThat(hashes()).containsExactly(ONE.sha256());
    assertThat(unusedSince(ONE)).isNull();
  }

  @Test
  @DisplayName("A document that is being swept is stored anew by whoever needs it")
  void sweptMeanwhile() throws Exception {
    sweepAt(START.plus(DAY.multipliedBy(2)));
    CountDownLatch swept = new CountDownLatch(1);
    CountDownLatch waiting = new CountDownLatch(1);
    CompletableFuture<Void> sweeping =
        CompletableFuture.runAsync(
            () ->
                transaction.executeWithoutResult(
                    status -> {
                      sweepAt(START.plus(DAY.multipliedBy(4)));
                      swept.countDown();
                      await(waiting);
                    }),
            threads);
    await(swept);
    CompletableFuture<Integer> collection =
        CompletableFuture.supplyAsync(
            () ->
                Objects.requireNonNull(
                    transaction.execute(
                        status -> {
                          int news = documents.store(List.of(ONE), Instant.now());
                          refer(ONE);
                          return news;
                        })),
            threads);
    Waiting.until(
        "the collection to wait for the sweep",
        () ->
            jdbc.sql(
                    "select exists (select 1 from pg_stat_activity where datname ="
                        + " current_database() and wait_event_type = 'Lock')")
                .query(Boolean.class)
                .single());
    waiting.countDown();
    sweeping.get(1, TimeUnit.MINUTES);

    assertThat(collection.get(1, TimeUnit.MINUTES)).isEqualTo(1);
    assertThat(hashes()).containsExactly(ONE.sha256());
  }

  private void stored(Instant at) {
    transaction.executeWithoutResult(status -> documents.store(List.of(ONE, TWO), at));
  }

  private void sweepAt(Instant now) {
    assertThat(sweep.expire(RETENTION.at(now), 1)).isZero();
  }

  private void refer(Document document) {
    jdbc.sql(
            "insert into state (subject_id, host_id, kind, valid_from, name, document,"
                + " collection_id) values (?, 1, 'volume', ?, 'v', ?, 1)")
        .param(document.hashCode())
        .param(START.atOffset(ZoneOffset.UTC))
        .param(document.sha256().bytes())
        .update();
  }

  private List<Sha256> hashes() {
    return jdbc.sql("select sha256 from document")
        .query((row, n) -> Sha256.stored(row.getBytes(1)))
        .list();
  }

  private @Nullable Instant unusedSince(Document document) {
    OffsetDateTime since =
        jdbc.sql("select unused_since from document where sha256 = ?")
            .param(document.sha256().bytes())
            .query((row, n) -> row.getObject(1, OffsetDateTime.class))
            .list()
            .getFirst();
    return since == null ? null : since.toInstant();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
