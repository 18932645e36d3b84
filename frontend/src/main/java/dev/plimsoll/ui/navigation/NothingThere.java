package dev.plimsoll.ui.navigation;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.NotFoundException;

/** An address of the right form leads to something that is not there. */
public final class NothingThere extends NotFoundException {
  private static final long serialVersionUID = 1L;

  private NothingThere(String sentence) {
    super(sentence);
  }

  /** Shows a sentence for people in place of the view. */
  public static void show(BeforeEnterEvent event, String sentence) {
    event.rerouteToError(new NothingThere(sentence), sentence);
  }
}
