package dev.plimsoll.ui.sources;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import dev.plimsoll.backup.BackupSources;
import dev.plimsoll.backup.Heartbeats;
import dev.plimsoll.backup.RestoreDrills;
import dev.plimsoll.backup.SourceReading;
import dev.plimsoll.backup.SourceRecord;
import dev.plimsoll.backup.SourceType;
import dev.plimsoll.fleet.Hosts;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.shell.Rights;
import dev.plimsoll.ui.widgets.Code;
import dev.plimsoll.ui.widgets.EmptyState;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.Heading;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Marks;
import dev.plimsoll.ui.widgets.Messages;
import dev.plimsoll.ui.widgets.Screen;
import dev.plimsoll.ui.widgets.TimeText;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where evidence of backups comes from by itself: how each source was read, and what it shows. */
@Route(Place.Sources.ROUTE)
@PageTitle("Sources · Plimsoll")
@PermitAll
public class SourcesView extends Screen implements AfterNavigationObserver {
  private static final int POLL_MILLIS = 2000;

  private final BackupSources sources;
  private final RestoreDrills drills;
  private final Rights rights;
  private final Clock clock;
  private final Heading heading = new Heading("Sources");
  private final Div body = new Div();
  private Place.Sources place = Place.Sources.ALL;
  private @Nullable Registration polls;

  SourcesView(
      BackupSources sources,
      RestoreDrills drills,
      Heartbeats heartbeats,
      Hosts hosts,
      Rights rights,
      Clock clock) {
    this.sources = sources;
    this.drills = drills;
    this.rights = rights;
    this.clock = clock;
    body.addClassName("stack");
    add(
        heading,
        body,
        new HeartbeatsCard(heartbeats, hosts, rights.may(Permission.MANAGE_HOSTS), clock));
  }

  @Override
  public void afterNavigation(AfterNavigationEvent event) {
    Place.Parsed<Place.Sources> parsed =
        Place.Sources.parse(event.getLocation().getQueryParameters());
    Messages.problems(parsed.problems());
    place = parsed.place();
    show();
  }

  @Override
  protected void onAttach(AttachEvent event) {
    super.onAttach(event);
    polls = event.getUI().addPollListener(poll -> show());
  }

  @Override
  protected void onDetach(DetachEvent event) {
    super.onDetach(event);
    event.getUI().setPollInterval(-1);
    if (polls != null) {
      polls.remove();
    }
  }

  private void show() {
    List<SourceRecord> all =
        sources.list(null).stream()
            .filter(source -> source.type() != SourceType.HEARTBEAT)
            .toList();
    Span count = new Span(Figures.count(all.size(), "source", "sources"));
    count.addClassName("secondary");
    heading.beside(count);
    heading.actions(actions());
    body.removeAll();
    body.add(all.isEmpty() ? nothing() : table(all));
    Long selected = place.selected();
    if (selected != null) {
      all.stream()
          .filter(source -> source.id() == selected)
          .findFirst()
          .ifPresentOrElse(
              source -> body.add(panel(source)),
              () -> Messages.refused("There is no source " + selected + "."));
    }
    boolean runs =
        all.stream()
            .map(SourceRecord::lastReading)
            .anyMatch(reading -> reading != null && reading.outcome().equals("RUNNING"));
    getUI().ifPresent(ui -> ui.setPollInterval(runs ? POLL_MILLIS : -1));
  }

  private Component[] actions() {
    Anchor coverage = Links.button(Place.Coverage.ALL, "Coverage");
    if (!rights.may(Permission.MANAGE_HOSTS)) {
      return new Component[] {coverage};
    }
    Button add = new Button("Add a source", event -> add());
    add.addThemeVariants(ButtonVariant.PRIMARY);
    return new Component[] {coverage, add};
  }

  private EmptyState nothing() {
    String sentence =
        "Add the restic or borg repository, or the directory, in which backups lie: Plimsoll reads"
            + " it once an hour, and each snapshot there becomes evidence. A source that falls"
            + " silent turns data LATE by itself.";
    if (!rights.may(Permission.MANAGE_HOSTS)) {
      return new EmptyState("No source yet", sentence + " An administrator can add one.");
    }
    return new EmptyState("No source yet", sentence, new Button("Add a source", event -> add()));
  }

  private Div table(List<SourceRecord> all) {
    Instant now = clock.instant();
    NativeTable rows = new NativeTable();
    rows.addClassName("table");
    NativeTableRow head = rows.getHead().addRow();
    for (String name : List.of("Source", "Where", "Last reading", "What came of it", "")) {
      head.addHeaderCell().setText(name);
    }
    for (SourceRecord source : all) {
      NativeTableRow row = rows.getBody().addRow();
      Anchor link = Links.to(new Place.Sources(source.id()), source.name());
      if (Objects.equals(source.id(), place.selected())) {
        link.getElement().setAttribute("aria-current", "true");
        link.addClassName("strong");
      }
      Div type = new Div(SourceWords.type(source.type()));
      type.addClassName("secondary");
      row.addDataCell().add(link, type);
      row.addDataCell().add(Code.of(source.location()));
      reading(row, source, now);
      row.addDataCell().add(menu(source));
    }
    Div scroll = new Div(rows);
    scroll.addClassName("scroll-x");
    Div card = new Div(scroll);
    card.addClassName("card");
    return card;
  }

  private static void reading(NativeTableRow row, SourceRecord source, Instant now) {
    SourceReading reading = source.lastReading();
    NativeTableCell when = row.addDataCell();
    NativeTableCell what = row.addDataCell();
    if (reading == null) {
      when.setText("not read yet");
    } else {
      Div mark =
          new Div(
              Marks.mark(SourceWords.key(reading.outcome()), Marks.capitalised(reading.outcome())),
              new TimeText(reading.startedAt(), now));
      mark.addClassName("inline");
      when.add(mark);
      if (reading.category() == null) {
        what.add(new Div(SourceWords.result(reading)));
      }
    }
    SourceRecord.Blindness blindness = source.blindness();
    if (blindness != null) {
      Div fault = new Div(SourceWords.fault(blindness));
      fault.addClassName("error-text");
      what.add(fault);
    }
  }

  private Div menu(SourceRecord source) {
    Div actions = new Div();
    actions.addClassName("actions");
    SourceReading reading = source.lastReading();
    if (rights.may(Permission.COLLECT)) {
      Button read = new Button("Read now", event -> readNow(source));
      read.addThemeVariants(ButtonVariant.SMALL);
      read.setEnabled(reading == null || !reading.outcome().equals("RUNNING"));
      read.setDisableOnClick(true);
      actions.add(read);
    }
    if (rights.may(Permission.MANAGE_HOSTS)) {
      Button remove = new Button("Remove", event -> confirmRemoval(source));
      remove.addThemeVariants(ButtonVariant.SMALL, ButtonVariant.TERTIARY);
      actions.add(remove);
    }
    return actions;
  }

  private SourcePanel panel(SourceRecord source) {
    return new SourcePanel(
        source,
        sources.readings(source.id(), null),
        sources.unmapped(source.id(), null, SourcePanel.MOST_UNMAPPED),
        drills.list(source.id()),
        clock.instant());
  }

  private void add() {
    new NewSourceDialog(sources::create, this::show).open();
  }

  private void readNow(SourceRecord source) {
    sources.readNow(source.id());
    Messages.done("Asked for. " + source.name() + " is read now.");
    show();
  }

  private void confirmRemoval(SourceRecord source) {
    ConfirmDialog dialog = new ConfirmDialog();
    dialog.setHeader("Remove " + source.name() + "?");
    dialog.setText(
        "What it is opened with is erased, and its records end: data that only it protects turns"
            + " LATE or UNPROTECTED. What it proved of the past stays.");
    dialog.setCancelable(true);
    dialog.setConfirmText("Remove the source");
    dialog.setConfirmButtonTheme("error primary");
    dialog.addConfirmListener(
        event -> {
          sources.remove(source.id());
          Messages.done("Removed.");
          getUI().ifPresent(ui -> Links.go(ui, Place.Sources.ALL));
          show();
        });
    dialog.open();
  }
}
