package dev.plimsoll.posture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.testing.DatabaseTest;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What one host keeps, and records, are read by indexes, however many others there are. */
@DatabaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CoveragePlanTest {
  private static final Pattern WHOLE_TABLE =
      Pattern.compile("Seq Scan on (coverage_\\w+|kept_data|kept_data_use|backup_record)\\b");

  private final PlanRecorder recorder = new PlanRecorder();
  private PostureServices services;

  CoveragePlanTest(DataSource dataSource) {
    services = PostureServices.of(recorder.recording(dataSource), Clock.systemUTC());
  }

  @BeforeAll
  static void fill(DataSource dataSource) {
    new CoverageVolume(200, 50).fill(dataSource);
  }

  Stream<Arguments> lists() {
    return Stream.of(
        list("data of a host", at -> services.coverage().list(CoverageQuery.ALL.ofHost(7), at)),
        list("records", at -> services.backupRecords().list(BackupRecordQuery.ALL, at)),
        list(
            "records of one kept data",
            at ->
                services.backupRecords().list(BackupRecordQuery.ofData(77, null, null, null), at)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lists")
  @DisplayName("No list reads a large table from end to end, on its first page or a later one")
  void indexes(String name, Function<PageRequest, Page<?>> call) {
    recorder.take();
    @Nullable String after = null;
    for (int page = 1; page <= 2; page++) {
      Page<?> read = call.apply(new PageRequest(5, after, false));
      assertThat(read.items()).isNotEmpty();
      List<String> plans = recorder.take();
      assertThat(plans)
          .as("page %d of %s", page, name)
          .isNotEmpty()
          .allSatisfy(plan -> assertThat(plan).doesNotContainPattern(WHOLE_TABLE));
      after = read.next();
      if (after == null) {
        break;
      }
    }
  }

  private static Arguments list(String name, Function<PageRequest, Page<?>> call) {
    return Arguments.of(name, call);
  }
}
