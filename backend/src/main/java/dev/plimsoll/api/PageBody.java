package dev.plimsoll.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.plimsoll.posture.Page;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A list's answer.
 *
 * @param next cursor of the page that follows, or null
 * @param count only if it was asked for
 */
record PageBody<T>(
    List<T> items,
    @Nullable String next,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long count,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean countIsMinimum) {

  /** A page of rows as the API spells them. */
  static <R, T> PageBody<T> of(Page<R> page, Function<R, T> spelling) {
    return new PageBody<>(
        page.items().stream().map(spelling).toList(),
        page.next(),
        page.count(),
        page.count() == null ? null : page.countIsMinimum());
  }

  /** A list that fits one page. */
  static <T> PageBody<T> all(List<T> items) {
    return new PageBody<>(items, null, null, null);
  }
}
