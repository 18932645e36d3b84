package dev.plimsoll.posture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.testing.DatabaseTest;
import java.time.Clock;
import java.util.List;
import java.util.Set;
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

/** Lists of a grown fleet go by indexes: what they cost follows the page, not the fleet. */
@DatabaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryPlanTest {
  private static final Pattern WHOLE_TABLE =
      Pattern.compile(
          "Seq Scan on (state_open|judgement_open|verdict_open|collection_rest|subject|finding|"
              + "finding_event|score)\\b");

  private final PlanRecorder recorder = new PlanRecorder();
  private PostureServices services;

  QueryPlanTest(DataSource dataSource) {
    services = PostureServices.of(recorder.recording(dataSource), Clock.systemUTC());
  }

  @BeforeAll
  static void fill(DataSource dataSource) {
    new Volume(150, 100).fill(dataSource);
  }

  Stream<Arguments> lists() {
    return Stream.of(
        list("hosts by score", at -> services.hosts().list(hosts(HostQuery.Sort.SCORE), at)),
        list("hosts by name", at -> services.hosts().list(HostQuery.ALL, at)),
        list("collections of all hosts", at -> services.collections().list(null, at)),
        list("collections of a host", at -> services.collections().list(7L, at)),
        list(
            "containers of all hosts",
            at -> services.subjects().list(subjects(null, SubjectQuery.Sort.NAME), at)),
        list(
            "containers of a host, worst first",
            at -> services.subjects().list(subjects(7L, SubjectQuery.Sort.WORST), at)),
        list(
            "failing verdicts of all hosts",
            at ->
                services
                    .verdicts()
                    .list(new VerdictQuery(null, null, null, Outcome.FAIL, null, null), at)),
        list(
            "verdicts of a host",
            at ->
                services
                    .verdicts()
                    .list(new VerdictQuery(7L, null, null, Outcome.FAIL, null, null), at)),
        list("open findings", at -> services.findings().list(FindingQuery.OPEN, at)),
        list(
            "findings of a host",
            at ->
                services
                    .findings()
                    .list(
                        new FindingQuery(
                            7L,
                            null,
                            null,
                            Set.of(),
                            Set.of(),
                            null,
                            null,
                            true,
                            null,
                            FindingQuery.Sort.SEVERITY,
                            true),
                        at)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lists")
  @DisplayName("No list reads a large table from end to end, on its first page or a later one")
  void indexes(String name, Call call) {
    recorder.take();
    @Nullable String after = null;
    for (int page = 1; page <= 2; page++) {
      Page<?> read = call.page(new PageRequest(100, after, false));
      assertThat(read.items()).isNotEmpty();
      List<String> plans = recorder.take();
      assertThat(plans).isNotEmpty();
      assertThat(plans)
          .as("page %d of %s", page, name)
          .allSatisfy(plan -> assertThat(plan).doesNotContainPattern(WHOLE_TABLE));
      after = read.next();
      if (after == null) {
        break;
      }
    }
  }

  private static HostQuery hosts(HostQuery.Sort sort) {
    return new HostQuery(null, null, null, Set.of(), sort, false, null);
  }

  private static SubjectQuery subjects(@Nullable Long host, SubjectQuery.Sort sort) {
    return new SubjectQuery(host, "container", null, true, sort, true, null);
  }

  private static Arguments list(String name, Call call) {
    return Arguments.of(name, call);
  }

  /** Reads one page of a list. */
  interface Call {
    Page<?> page(PageRequest request);
  }
}
