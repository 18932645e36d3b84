package dev.plimsoll.ui.widgets;

import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.data.renderer.Renderer;
import com.vaadin.flow.function.ValueProvider;
import dev.plimsoll.ui.navigation.Place;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Grid cells without a server-side component each. Every value is bound by Lit, which sets text and
 * attributes and never markup.
 */
public final class Cells {
  private Cells() {}

  /** A link. */
  public static <T> Renderer<T> link(ValueProvider<T, Place> place, ValueProvider<T, String> text) {
    return LitRenderer.<T>of("<a class=\"cell-link\" href=${item.href}>${item.text}</a>")
        .withProperty("href", row -> Links.href(place.apply(row)))
        .withProperty("text", text);
  }

  /** A count that leads to its rows; a plain 0 where there are none. */
  public static <T> Renderer<T> count(ValueProvider<T, Place> place, ValueProvider<T, Long> count) {
    return LitRenderer.<T>of(
            "${item.count === '0' ? html`<span class=\"none\">0</span>`"
                + " : html`<a class=\"cell-link\" href=${item.href}>${item.count}</a>`}")
        .withProperty("href", row -> Links.href(place.apply(row)))
        .withProperty("count", row -> Figures.count(count.apply(row)));
  }

  /** A mark, see {@link Marks}. */
  public static <T> Renderer<T> mark(ValueProvider<T, String> mark, ValueProvider<T, String> word) {
    return LitRenderer.<T>of("<span class=\"mark\" data-mark=${item.mark}>${item.word}</span>")
        .withProperty("mark", mark)
        .withProperty("word", word);
  }

  /** An instant; a dash where there is none. */
  public static <T> Renderer<T> time(ValueProvider<T, @Nullable Instant> at, Clock clock) {
    return LitRenderer.<T>of(
            "${item.at ? html`<plimsoll-time datetime=${item.at} title=${item.exact}>"
                + "${item.words}</plimsoll-time>` : html`<span class=\"none\">–</span>`}")
        .withProperty("at", row -> text(at.apply(row)))
        .withProperty("exact", row -> exact(at.apply(row)))
        .withProperty("words", row -> words(at.apply(row), clock));
  }

  /** Hashes and IDs. */
  public static <T> Renderer<T> code(ValueProvider<T, String> text) {
    return LitRenderer.<T>of("<span class=\"code\" title=${item.full}>${item.text}</span>")
        .withProperty("full", text)
        .withProperty("text", row -> Code.shorten(text.apply(row)));
  }

  private static @Nullable String text(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }

  private static @Nullable String exact(@Nullable Instant at) {
    return at == null ? null : Moments.exact(at);
  }

  private static @Nullable String words(@Nullable Instant at, Clock clock) {
    return at == null ? null : Moments.relative(at, clock.instant());
  }
}
