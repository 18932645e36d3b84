package dev.plimsoll.ui.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.function.SerializableConsumer;
import java.util.Arrays;

/** Light, dark, or what the system says: chosen by each person and kept by their browser. */
enum ColorSchemeChoice {
  SYSTEM("Like the system", "light dark"),
  LIGHT("Light", "light"),
  DARK("Dark", "dark");

  /** Applies the choice that the browser kept. */
  static final String EARLY_SCRIPT =
      """
      (() => {
        const key = 'plimsoll.color-scheme';
        const known = ['light', 'dark'];
        window.plimsollColorScheme = {
          get: () => {
            try { return localStorage.getItem(key) || 'light dark'; } catch { return 'light dark'; }
          },
          set: value => {
            document.documentElement.style.colorScheme = value;
            try { localStorage.setItem(key, value); } catch { /* private window: for this page alone */ }
            window.dispatchEvent(new Event('plimsoll-color-scheme'));
          }
        };
        const kept = window.plimsollColorScheme.get();
        if (known.includes(kept)) document.documentElement.style.colorScheme = kept;
      })();
      """;

  private final String label;
  private final String css;

  ColorSchemeChoice(String label, String css) {
    this.label = label;
    this.css = css;
  }

  String label() {
    return label;
  }

  /** Applies and keeps the choice in the component's browser. */
  void choose(Component component) {
    component.getElement().executeJs("window.plimsollColorScheme.set($0)", css);
  }

  /** Asks the component's browser what it keeps. */
  static void ask(Component component, SerializableConsumer<ColorSchemeChoice> answer) {
    component
        .getElement()
        .executeJs("return window.plimsollColorScheme.get()")
        .then(String.class, kept -> answer.accept(of(kept)));
  }

  private static ColorSchemeChoice of(String css) {
    return Arrays.stream(values())
        .filter(choice -> choice.css.equals(css))
        .findFirst()
        .orElse(SYSTEM);
  }
}
