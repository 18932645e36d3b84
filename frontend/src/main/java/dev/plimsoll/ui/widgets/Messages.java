package dev.plimsoll.ui.widgets;

import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;
import java.util.List;

/** Short messages that come and go. */
public final class Messages {
  private static final int SHORT_MILLIS = 4000;
  private static final int LONG_MILLIS = 12_000;

  private Messages() {}

  /** Something was done. */
  public static void done(String sentence) {
    show(sentence, SHORT_MILLIS, NotificationVariant.SUCCESS);
  }

  /** Something was not done, and why. */
  public static void refused(String sentence) {
    show(sentence, LONG_MILLIS, NotificationVariant.ERROR);
  }

  /** Parts of an address that were left out. */
  public static void problems(List<String> sentences) {
    sentences.forEach(sentence -> show(sentence, LONG_MILLIS, NotificationVariant.WARNING));
  }

  private static void show(String sentence, int millis, NotificationVariant variant) {
    Notification notification =
        Notification.show(sentence, millis, Notification.Position.BOTTOM_START);
    notification.addThemeVariants(variant);
    notification.setAssertive(variant != NotificationVariant.SUCCESS);
  }
}
