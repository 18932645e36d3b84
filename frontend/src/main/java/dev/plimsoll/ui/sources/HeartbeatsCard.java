package dev.plimsoll.ui.sources;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.function.SerializableRunnable;
import com.vaadin.flow.server.VaadinServletRequest;
import dev.plimsoll.backup.Heartbeat;
import dev.plimsoll.backup.Heartbeats;
import dev.plimsoll.fleet.Hosts;
import dev.plimsoll.ui.coverage.DataWords;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Marks;
import dev.plimsoll.ui.widgets.Messages;
import dev.plimsoll.ui.widgets.TimeText;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Backup jobs that call by themselves: how each does. */
class HeartbeatsCard extends Section {
  private final Heartbeats heartbeats;
  private final Hosts hosts;
  private final boolean mayChange;
  private final Clock clock;

  HeartbeatsCard(Heartbeats heartbeats, Hosts hosts, boolean mayChange, Clock clock) {
    this.heartbeats = heartbeats;
    this.hosts = hosts;
    this.mayChange = mayChange;
    this.clock = clock;
    addClassNames("card", "stack");
    show();
  }

  private void show() {
    removeAll();
    H2 title = new H2("Heartbeats");
    Div head = new Div(title);
    head.addClassName("card-head");
    if (mayChange) {
      head.add(new Button("New heartbeat", event -> add()));
    }
    add(head);
    List<Heartbeat> all = heartbeats.list(null);
    if (all.isEmpty()) {
      Paragraph none =
          new Paragraph(
              "None. Any job that can call a URL can tell of its backups: a cron job, a timer, a"
                  + " script of a database.");
      none.addClassName("secondary");
      add(none);
      return;
    }
    add(table(all));
  }

  private Div table(List<Heartbeat> all) {
    Instant now = clock.instant();
    NativeTable rows = new NativeTable();
    rows.addClassName("table");
    NativeTableRow head = rows.getHead().addRow();
    for (String name : List.of("Job", "Backs up", "Status", "Runs every", "Last success", "")) {
      head.addHeaderCell().setText(name);
    }
    for (Heartbeat heartbeat : all) {
      NativeTableRow row = rows.getBody().addRow();
      row.addDataCell().setText(heartbeat.name());
      NativeTableCell data = row.addDataCell();
      data.add(
          new Span(DataWords.one(heartbeat.data().kind()) + " " + heartbeat.data().name() + " on "),
          Links.to(
              Place.Host.of(heartbeat.hostId(), Place.HostTab.DATA, null), heartbeat.hostName()));
      String state = heartbeat.status().state().name();
      Div reason = new Div(heartbeat.status().reason());
      reason.addClassName("secondary");
      row.addDataCell()
          .add(
              Marks.mark("heartbeat-" + state.toLowerCase(Locale.ROOT), Marks.capitalised(state)),
              reason);
      row.addDataCell()
          .setText(
              DataWords.span(heartbeat.period().toSeconds())
                  + ", grace "
                  + DataWords.span(heartbeat.grace().toSeconds()));
      Instant success = heartbeat.lastSuccess();
      if (success == null) {
        row.addDataCell().setText("none");
      } else {
        row.addDataCell().add(new TimeText(success, now));
      }
      row.addDataCell().add(menu(heartbeat));
    }
    Div scroll = new Div(rows);
    scroll.addClassName("scroll-x");
    return scroll;
  }

  private Div menu(Heartbeat heartbeat) {
    Div actions = new Div();
    actions.addClassName("actions");
    if (mayChange) {
      Button rotate = new Button("New address", event -> confirmRotation(heartbeat));
      Button remove = new Button("Remove heartbeat", event -> confirmRemoval(heartbeat));
      rotate.addThemeVariants(ButtonVariant.SMALL, ButtonVariant.TERTIARY);
      remove.addThemeVariants(ButtonVariant.SMALL, ButtonVariant.TERTIARY);
      actions.add(rotate, remove);
    }
    return actions;
  }

  private void add() {
    new NewHeartbeatDialog(heartbeats, hosts, this::issued).open();
  }

  private void issued(Heartbeats.Issued issued) {
    show();
    new AddressDialog(address(issued.token())).open();
  }

  private static String address(String token) {
    VaadinServletRequest request = VaadinServletRequest.getCurrent();
    String portal =
        request == null
            ? ""
            : ServletUriComponentsBuilder.fromContextPath(request.getHttpServletRequest())
                .toUriString();
    return portal + "/api/v1/heartbeats/" + token;
  }

  private void confirmRotation(Heartbeat heartbeat) {
    confirm(
        "Give " + heartbeat.name() + " another address?",
        "The old one stops working at once; change it where the job runs.",
        "Make a new address",
        () -> issued(heartbeats.rotate(heartbeat.id())));
  }

  private void confirmRemoval(Heartbeat heartbeat) {
    confirm(
        "Remove " + heartbeat.name() + "?",
        "Its address stops working. What the job told stays evidence.",
        "Remove the heartbeat",
        () -> {
          heartbeats.remove(heartbeat.id());
          Messages.done("Removed.");
          show();
        });
  }

  private static void confirm(String title, String text, String action, SerializableRunnable done) {
    ConfirmDialog dialog = new ConfirmDialog();
    dialog.setHeader(title);
    dialog.setText(text);
    dialog.setCancelable(true);
    dialog.setConfirmText(action);
    dialog.setConfirmButtonTheme("error primary");
    dialog.addConfirmListener(event -> done.run());
    dialog.open();
  }
}
