package dev.plimsoll.ui.paging;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.data.provider.DataProvider;
import com.vaadin.flow.data.provider.Query;
import dev.plimsoll.posture.Page;
import dev.plimsoll.posture.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A list paged by key behind a grid")
class AnchoredPagesTest {
  private final List<PageRequest> asked = new ArrayList<>();

  private AnchoredPages<Integer> pages(int rows, long count) {
    return new AnchoredPages<>(
        request -> {
          asked.add(request);
          // The cursor is the last key, as a real one is: it can only be followed.
          int from = request.after() == null ? 0 : Integer.parseInt(request.after()) + 1;
          int to = Math.min(rows, from + request.limit());
          return new Page<>(
              IntStream.range(from, to).boxed().toList(),
              to < rows ? Integer.toString(to - 1) : null,
              request.count() ? count : null,
              request.count() && count < rows);
        },
        row -> row);
  }

  private static List<Integer> fetch(DataProvider<Integer, Void> list, int offset, int limit) {
    return list.fetch(new Query<>(offset, limit, List.of(), null, null)).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 49, 50, 51, 100, 1234})
  @DisplayName("is whole when it is paged through")
  void whole(int rows) {
    AnchoredPages<Integer> pages = pages(rows, rows);
    assertThat(pages.reload()).isEqualTo(rows);

    List<Integer> seen = new ArrayList<>();
    for (int offset = 0; offset < rows; offset += 50) {
      seen.addAll(fetch(pages.provider(), offset, 50));
    }

    assertThat(seen).isEqualTo(IntStream.range(0, rows).boxed().toList());
  }

  @Test
  @DisplayName("shows the same rows wherever people jump, forwards and back")
  void jumps() {
    AnchoredPages<Integer> pages = pages(5000, 5000);
    pages.reload();
    Random random = new Random(3);

    for (int i = 0; i < 200; i++) {
      int offset = random.nextInt(5000);
      int limit = 1 + random.nextInt(120);
      assertThat(fetch(pages.provider(), offset, limit))
          .as("from %s, %s rows", offset, limit)
          .isEqualTo(IntStream.range(offset, Math.min(5000, offset + limit)).boxed().toList());
    }
  }

  @Test
  @DisplayName("scrolling back reads only what is shown")
  void back() {
    AnchoredPages<Integer> pages = pages(1000, 1000);
    pages.reload();
    for (int offset = 0; offset < 1000; offset += 50) {
      fetch(pages.provider(), offset, 50);
    }
    asked.clear();

    assertThat(fetch(pages.provider(), 300, 50)).startsWith(300).endsWith(349);

    assertThat(asked).singleElement().extracting(PageRequest::limit).isEqualTo(50);
  }

  @Test
  @DisplayName("reads and counts a short list in one go")
  void once() {
    AnchoredPages<Integer> pages = pages(12, 12);
    pages.reload();
    assertThat(pages.provider().size(new Query<>())).isEqualTo(12);
    assertThat(fetch(pages.provider(), 0, 50)).hasSize(12);

    assertThat(asked).hasSize(1);
  }

  @Test
  @DisplayName("ends at ten thousand rows and says that there are more")
  void deepest() {
    AnchoredPages<Integer> pages = pages(30_000, 10_000);

    assertThat(pages.reload()).isEqualTo(AnchoredPages.DEEPEST);
    assertThat(pages.hasMore()).isTrue();
    assertThat(fetch(pages.provider(), 9_990, 50)).startsWith(9_990).endsWith(9_999);
  }

  @Test
  @DisplayName("forgets its anchors when it is read anew")
  void anew() {
    List<Integer> rows = new ArrayList<>(IntStream.range(0, 200).boxed().toList());
    AnchoredPages<Integer> pages =
        new AnchoredPages<>(
            request -> {
              int from =
                  request.after() == null ? 0 : rows.indexOf(Integer.valueOf(request.after())) + 1;
              int to = Math.min(rows.size(), from + request.limit());
              return new Page<>(
                  rows.subList(from, to),
                  to < rows.size() ? rows.get(to - 1).toString() : null,
                  (long) rows.size(),
                  false);
            },
            row -> row);
    pages.reload();
    fetch(pages.provider(), 100, 50);
    rows.subList(0, 40).clear();

    assertThat(pages.reload()).isEqualTo(160);
    assertThat(fetch(pages.provider(), 100, 50)).startsWith(140).endsWith(189);
  }
}
