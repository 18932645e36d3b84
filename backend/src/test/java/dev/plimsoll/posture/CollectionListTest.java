package dev.plimsoll.posture;

import static dev.plimsoll.testing.PostureFixture.LONG_AGO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.PostureFixture;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DatabaseTest
class CollectionListTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final PostureFixture fixture;
  private final CollectionList collections;

  CollectionListTest(DataSource dataSource) {
    fixture = new PostureFixture(dataSource);
    collections = PostureServices.of(dataSource, Clock.fixed(NOW, ZoneOffset.UTC)).collections();
  }

  @BeforeEach
  void clear() {
    fixture.clear();
  }

  @Test
  @DisplayName("An attempt shows how it ended, what it found and what it could not read")
  void outcomes() {
    long host = fixture.addHost("web-1");
    long failed = fixture.collection(host, "FAILED", NOW.minusSeconds(40), NOW.minusSeconds(30));
    long partial = fixture.collection(host, "PARTIAL", NOW.minusSeconds(20), NOW.minusSeconds(10));
    long running = fixture.running(host, NOW.minusSeconds(5));

    List<CollectionRow> rows = collections.list(host, PageRequest.FIRST).items();

    assertThat(rows).extracting(CollectionRow::id).containsExactly(running, partial, failed);
    assertThat(rows.get(0).outcome()).isEqualTo("RUNNING");
    assertThat(rows.get(0).finishedAt()).isNull();
    assertThat(rows.get(0).counts()).isNull();
    assertThat(rows.get(1).counts()).isEqualTo(new CollectionRow.Counts(1, 1, 1, 1, 1));
    assertThat(rows.get(1).problems())
        .containsExactly(new CollectionRow.Problem("GET /volumes", 500, "It broke."));
    assertThat(rows.get(2).errorCategory()).isEqualTo("UNREACHABLE");
    assertThat(rows.get(2).counts()).isNull();
    assertThat(rows.get(2).host()).isEqualTo(new HostRef(host, "web-1"));
    assertThat(collections.get(partial)).contains(rows.get(1));
  }

  @Test
  @DisplayName("What ran at an instant shows as running then, and what came later not at all")
  void asOf() {
    long host = fixture.addHost("web-1");
    long id = fixture.collection(host, "SUCCEEDED", NOW.minusSeconds(40), NOW.minusSeconds(30));

    assertThat(collections.get(id, NOW.minusSeconds(35)).orElseThrow().outcome())
        .isEqualTo("RUNNING");
    assertThat(collections.get(id, NOW.minusSeconds(30)).orElseThrow().outcome())
        .isEqualTo("SUCCEEDED");
    assertThat(collections.get(id, NOW.minusSeconds(41))).isEmpty();
    assertThat(collections.list(host, NOW.minusSeconds(41), PageRequest.FIRST).items()).isEmpty();
  }

  @Test
  @DisplayName("Pages put together are the whole list, also where several began at once")
  void paging() {
    long one = fixture.addHost("one");
    long other = fixture.addHost("other");
    for (int i = 0; i < 10; i++) {
      Instant start = LONG_AGO.plusSeconds(i / 4);
      fixture.collection(i % 2 == 0 ? one : other, "SUCCEEDED", start, start.plusSeconds(1));
    }
    for (@Nullable Long host : new Long[] {null, one}) {
      List<CollectionRow> pages = new ArrayList<>();
      @Nullable String after = null;
      do {
        Page<CollectionRow> page = collections.list(host, new PageRequest(3, after, true));
        assertThat(page.count()).isEqualTo(host == null ? 10 : 5);
        pages.addAll(page.items());
        after = page.next();
      } while (after != null);
      assertThat(pages)
          .hasSize(host == null ? 10 : 5)
          .containsExactlyElementsOf(collections.list(host, PageRequest.FIRST).items());
    }
  }
}
