package dev.plimsoll.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.testing.DatabaseTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@DatabaseTest
class MonthPartitionsTest {
  private static final int PORTALS = 6;
  private static final int MONTHS = 4;

  @Test
  @DisplayName("Portals that start together make each month's partition once")
  void together(DataSource dataSource) throws Exception {
    JdbcClient jdbc = JdbcClient.create(dataSource);
    int made = 0;
    try (ExecutorService portals = Executors.newFixedThreadPool(PORTALS)) {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < PORTALS; i++) {
        answers.add(
            portals.submit(
                () ->
                    jdbc.sql("select ensure_month_partitions('state', '2031-11-15Z', ?)")
                        .param(MONTHS)
                        .query(Integer.class)
                        .single()));
      }
      for (Future<Integer> answer : answers) {
        made += answer.get();
      }
    }
    assertThat(made).isEqualTo(MONTHS);
    assertThat(
            jdbc.sql(
                    "select count(*) from pg_inherits where inhparent = 'state'::regclass"
                        + " and inhrelid::regclass::text in ('state_2031_11', 'state_2031_12',"
                        + " 'state_2032_01', 'state_2032_02')")
                .query(Long.class)
                .single())
        .isEqualTo(MONTHS);
  }
}
