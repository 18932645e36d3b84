package dev.plimsoll.ui.paging;

import com.vaadin.flow.data.provider.CallbackDataProvider;
import com.vaadin.flow.data.provider.DataProvider;
import com.vaadin.flow.data.provider.Query;
import com.vaadin.flow.function.SerializableFunction;
import dev.plimsoll.posture.Page;
import dev.plimsoll.posture.PageRequest;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A list paged by key behind a component that asks by offset. It remembers the cursor at each
 * offset it came by and walks on from the nearest; of rows it keeps at most one page, and that only
 * until it is asked for.
 *
 * <p>One instance belongs to one component of one session and is not for several threads.
 *
 * @param <T> a row
 */
public final class AnchoredPages<T> {
  /** Deepest row that is shown; beyond it people filter or export. */
  public static final int DEEPEST = 10_000;

  private static final int FIRST_PAGE = 50;
  private static final int LONGEST_STEP = 1000;

  private final Function<PageRequest, Page<T>> source;
  private final DataProvider<T, Void> provider;
  private final NavigableMap<Integer, String> anchors = new TreeMap<>();
  private @Nullable List<T> first;
  private @Nullable Integer counted;
  private boolean more;

  /**
   * Rows from a source that keeps its order while its cursors are followed.
   *
   * @param id tells rows apart across reloads
   */
  public AnchoredPages(Function<PageRequest, Page<T>> source, SerializableFunction<T, Object> id) {
    this.source = source;
    this.provider =
        new CallbackDataProvider<>(
            (Query<T, Void> query) -> fetch(query.getOffset(), query.getLimit()),
            query -> size(),
            id::apply);
  }

  /** What a grid shows; always the same one, so that a reload keeps the place. */
  public DataProvider<T, Void> provider() {
    return provider;
  }

  /** Reads the list anew and says how many rows there are: at most {@value #DEEPEST}. */
  public int reload() {
    int size = count();
    counted = size;
    provider.refreshAll();
    return size;
  }

  private int size() {
    Integer known = counted;
    counted = null;
    return known == null ? count() : known;
  }

  /** The first page is read with the count, so that a short list costs one query. */
  private int count() {
    anchors.clear();
    Page<T> page = source.apply(new PageRequest(FIRST_PAGE, null, true));
    remember(page.items().size(), page.next());
    first = page.items();
    long count = page.count() == null ? page.items().size() : page.count();
    more = page.countIsMinimum() || count > DEEPEST;
    return (int) Math.min(count, DEEPEST);
  }

  /** Whether the last count found more rows than are shown. */
  public boolean hasMore() {
    return more;
  }

  /** Rows from {@code offset} on; fewer than {@code limit} at the end. */
  Stream<T> fetch(int offset, int limit) {
    List<T> start = first;
    first = null;
    int end = Math.min(offset + limit, DEEPEST);
    if (start != null && offset < start.size()) {
      if (end <= start.size() || !anchors.containsKey(start.size())) {
        return start.subList(offset, Math.min(end, start.size())).stream();
      }
      return Stream.concat(
          start.subList(offset, start.size()).stream(), read(start.size(), end - start.size()));
    }
    return read(offset, end - offset);
  }

  private Stream<T> read(int offset, int limit) {
    int position = 0;
    String cursor = null;
    var nearest = anchors.floorEntry(offset);
    if (nearest != null) {
      position = nearest.getKey();
      cursor = nearest.getValue();
    }
    while (position < offset) {
      Page<T> skipped = step(cursor, Math.min(offset - position, LONGEST_STEP));
      position += skipped.items().size();
      cursor = skipped.next();
      remember(position, cursor);
      if (cursor == null || skipped.items().isEmpty()) {
        return Stream.empty();
      }
    }
    Stream.Builder<T> rows = Stream.builder();
    int wanted = limit;
    while (wanted > 0) {
      Page<T> page = step(cursor, Math.min(wanted, LONGEST_STEP));
      page.items().forEach(rows);
      position += page.items().size();
      wanted -= page.items().size();
      cursor = page.next();
      remember(position, cursor);
      if (cursor == null || page.items().isEmpty()) {
        break;
      }
    }
    return rows.build();
  }

  private Page<T> step(@Nullable String cursor, int limit) {
    return source.apply(new PageRequest(limit, cursor, false));
  }

  private void remember(int offset, @Nullable String cursor) {
    if (cursor != null) {
      anchors.put(offset, cursor);
    }
  }
}
