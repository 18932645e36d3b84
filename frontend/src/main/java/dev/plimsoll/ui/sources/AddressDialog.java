package dev.plimsoll.ui.sources;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import dev.plimsoll.ui.widgets.Messages;

/** Shows a heartbeat's address, this once, with lines to copy. */
class AddressDialog extends Dialog {
  /**
   * A dialog.
   *
   * @param address with the token, without a slash behind
   */
  AddressDialog(String address) {
    setHeaderTitle("The address of the heartbeat");
    setWidth("min(46rem, 94vw)");
    setCloseOnOutsideClick(false);
    String line =
        "30 2 * * * /usr/local/bin/backup; curl -fsS -m 10 --retry 5 -o /dev/null -X POST "
            + address
            + "/$?";
    Paragraph once =
        new Paragraph(
            "Keep it now: it is shown this once. Whoever knows it can report this backup, and"
                + " nothing else.");
    Paragraph more =
        new Paragraph(
            "Behind the address, /start says that a run begins, /fail that it failed, and a number"
                + " is its exit status; the address alone says that it succeeded.");
    more.addClassName("secondary");
    Div content =
        new Div(
            once,
            new H3("Address"),
            copied(address),
            new H3("In a crontab, behind the job itself"),
            copied(line),
            more);
    content.addClassName("once");
    add(content);
    Button done = new Button("I have kept it", event -> close());
    done.addThemeVariants(ButtonVariant.PRIMARY);
    getFooter().add(done);
  }

  private static Div copied(String text) {
    Pre shown = new Pre(text);
    shown.addClassNames("example", "code");
    Button copy =
        new Button(
            "Copy",
            event -> {
              event.getSource().getElement().executeJs("navigator.clipboard.writeText($0)", text);
              Messages.done("Copied.");
            });
    copy.addThemeVariants(ButtonVariant.SMALL);
    Div row = new Div(shown, copy);
    row.addClassName("fix-text");
    return row;
  }
}
