package dev.plimsoll.ui.widgets;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.page.Page;
import com.vaadin.flow.function.SerializableConsumer;
import com.vaadin.flow.shared.Registration;

/** Tells a component how wide its window is, in CSS pixels. */
final class WindowWidth {
  /** Narrower windows than this are narrow; the style sheet uses the same limit. */
  static final int NARROW_PIXELS = 800;

  private WindowWidth() {}

  /** Calls the listener on attach, if the browser has said by then, and whenever it changes. */
  static void follow(Component component, SerializableConsumer<Integer> listener) {
    component.addAttachListener(
        event -> {
          Page page = event.getUI().getPage();
          int width = page.getExtendedClientDetails().getWindowInnerWidth();
          if (width > 0) {
            listener.accept(width);
          }
          Registration resizes =
              page.addBrowserWindowResizeListener(resize -> listener.accept(resize.getWidth()));
          event
              .getSource()
              .addDetachListener(
                  detach -> {
                    resizes.remove();
                    detach.unregisterListener();
                  });
        });
  }
}
