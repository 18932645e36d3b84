package dev.plimsoll.ui.coverage;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.posture.CoverageRow;
import dev.plimsoll.posture.CoverageTotals;
import dev.plimsoll.posture.HostLoss;
import dev.plimsoll.posture.Loss;
import dev.plimsoll.posture.Loss.Fate;
import dev.plimsoll.posture.NoSuchScope;
import dev.plimsoll.ui.navigation.NothingThere;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.widgets.AsOfBanner;
import dev.plimsoll.ui.widgets.EmptyState;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.Heading;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Marks;
import dev.plimsoll.ui.widgets.Messages;
import dev.plimsoll.ui.widgets.Moments;
import dev.plimsoll.ui.widgets.Screen;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What would become of a host's data if the host were gone: one page, to be read and printed. */
@Route(Place.HostLoss.ROUTE)
@PermitAll
public class HostLossView extends Screen
    implements BeforeEnterObserver, AfterNavigationObserver, HasDynamicTitle {
  private final HostLoss losses;
  private final Heading heading = new Heading("");
  private final AsOfBanner asOf = new AsOfBanner();
  private final Div body = new Div();
  private Place.HostLoss place = new Place.HostLoss(0, null);
  private @Nullable Loss loss;

  HostLossView(HostLoss losses) {
    this.losses = losses;
    body.addClassName("stack");
    add(heading, asOf, body);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    String id = event.getRouteParameters().get("hostId").orElse("");
    long number = id.matches("[0-9]{1,18}") ? Long.parseLong(id) : 0;
    Place.Parsed<Place.HostLoss> parsed =
        Place.HostLoss.parse(number, event.getLocation().getQueryParameters());
    try {
      loss = losses.at(number, parsed.place().asOf(), null);
    } catch (InvalidInput e) {
      NothingThere.show(event, String.valueOf(e.getMessage()));
      return;
    } catch (NoSuchScope e) {
      NothingThere.show(
          event,
          parsed.place().asOf() == null
              ? "There is no host \"" + id + "\"."
              : "Host " + id + " did not exist at " + parsed.place().asOf() + ".");
      return;
    }
    Messages.problems(parsed.problems());
    place = parsed.place();
  }

  @Override
  public void afterNavigation(AfterNavigationEvent event) {
    Loss found = loss;
    if (found == null) {
      return;
    }
    asOf.show(place.asOf(), new Place.HostLoss(place.hostId(), null));
    heading.setTitleText("If " + found.host().name() + " were lost");
    Span at = new Span("at " + Moments.exact(found.at()));
    at.addClassName("secondary");
    heading.beside(at);
    Button print =
        new Button(
            "Print", VaadinIcon.PRINT.create(), click -> getElement().executeJs("window.print()"));
    print.addClassName("no-print");
    Component host =
        Links.button(Place.Host.of(place.hostId(), Place.HostTab.DATA, place.asOf()), "Its data");
    host.addClassName("no-print");
    heading.actions(host, print);
    show(found);
  }

  @Override
  public String getPageTitle() {
    return (loss == null ? "Host" : loss.host().name()) + " lost · Plimsoll";
  }

  private void show(Loss found) {
    body.removeAll();
    if (found.data().isEmpty()) {
      body.add(
          new EmptyState(
              "No data would be lost", "Plimsoll knows of no data that this host keeps."));
    } else {
      body.add(figures(found));
    }
    for (String sentence : warnings(found)) {
      Paragraph warning = new Paragraph(sentence);
      warning.addClassName("caution");
      body.add(warning);
    }
    for (Fate fate : Fate.values()) {
      List<Loss.LostData> data = found.data().stream().filter(one -> one.fate() == fate).toList();
      if (!data.isEmpty()) {
        body.add(table(fate, data));
      }
    }
    body.add(services(found.services()));
  }

  private static Div figures(Loss found) {
    Div figures = new Div();
    figures.addClassName("figures");
    figures.add(
        figure(found, Fate.LOST, "No good backup of it lies off this host."),
        figure(found, Fate.COMES_BACK, comingBack(found)));
    if (found.amount(Fate.NOT_KNOWN).count() > 0) {
      figures.add(figure(found, Fate.NOT_KNOWN, "It was not reported where its backups lie."));
    }
    if (found.amount(Fate.LOST_AS_APPROVED).count() > 0) {
      figures.add(figure(found, Fate.LOST_AS_APPROVED, "Exempt: somebody approved that."));
    }
    return figures;
  }

  private static String comingBack(Loss found) {
    Duration window = found.worstWindow();
    if (window == null) {
      return "Nothing can be restored.";
    }
    long all = found.amount(Fate.COMES_BACK).count();
    long unknown = found.restoreNotKnown();
    String time =
        unknown == all
            ? "How long that takes is not known: no restore was ever measured."
            : "Restored one after the other in about "
                + Figures.duration(Duration.ofSeconds(Math.round(found.restoreSeconds())))
                + (unknown == 0
                    ? "."
                    : ", and " + Figures.count(unknown) + " of which it is not known.");
    return "Up to " + Figures.duration(window) + " of changes are missing then. " + time;
  }

  private static Section figure(Loss found, Fate fate, String sentence) {
    CoverageTotals.Amount amount = found.amount(fate);
    H2 label = new H2(title(fate));
    label.addClassName("label");
    Span number = new Span(Figures.count(amount.count()));
    number.addClassName("number");
    Span of =
        new Span(
            amount.count() == amount.unsized()
                ? ""
                : Figures.bytes(amount.bytes())
                    + (amount.unsized() == 0
                        ? ""
                        : " and " + Figures.count(amount.unsized()) + " not measured"));
    of.addClassName("of");
    Div row = new Div(number, of);
    row.addClassName("number-row");
    Section card = new Section(label, row, new Paragraph(sentence));
    card.addClassName("card");
    return card;
  }

  private static List<String> warnings(Loss found) {
    List<String> warnings = new ArrayList<>();
    if (found.unread()) {
      warnings.add(
          "This host could not be read: what it keeps is told as it was last seen, and more may be"
              + " there.");
    }
    if (!found.lostSources().isEmpty()) {
      warnings.add(
          "Backups that lie on this host go with it: "
              + String.join(", ", found.lostSources())
              + ".");
    }
    return warnings;
  }

  private Section table(Fate fate, List<Loss.LostData> data) {
    boolean comes = fate == Fate.COMES_BACK;
    NativeTable rows = new NativeTable();
    rows.addClassName("table");
    NativeTableRow head = rows.getHead().addRow();
    for (String name :
        comes
            ? List.of("Data", "Kind", "Size", "From", "Changes missing", "Restored in")
            : List.of("Data", "Kind", "Size", "State", "Newest good backup")) {
      head.addHeaderCell().setText(name);
    }
    for (Loss.LostData one : data) {
      NativeTableRow row = rows.getBody().addRow();
      row.addDataCell()
          .add(
              Links.to(
                  new Place.KeptData(one.dataId(), place.asOf()),
                  DataWords.name(one.kind(), one.name())));
      row.addDataCell().setText(DataWords.shape(one.shape()));
      Long bytes = one.bytes();
      row.addDataCell().setText(bytes == null ? "not measured" : Figures.bytes(bytes));
      if (comes) {
        row.addDataCell().setText(backup(one.backup()));
        Duration window = one.window();
        row.addDataCell().setText(window == null ? "–" : Figures.duration(window));
        row.addDataCell().setText(restore(one.restore()));
      } else {
        row.addDataCell().add(Marks.coverage(one.state()));
        row.addDataCell().setText(backup(one.backup()));
      }
    }
    Div scroll = new Div(rows);
    scroll.addClassName("scroll-x");
    Section card = new Section(new H2(title(fate) + ": " + Figures.count(data.size())), scroll);
    card.addClassNames("card", "stack");
    return card;
  }

  private static String title(Fate fate) {
    return switch (fate) {
      case LOST -> "Lost for good";
      case NOT_KNOWN -> "Not known";
      case LOST_AS_APPROVED -> "Lost, as approved";
      case COMES_BACK -> "Comes back";
      case ELSEWHERE -> "Does not lie on the host";
    };
  }

  private static String backup(CoverageRow.@Nullable Good backup) {
    return backup == null
        ? "none"
        : backup.source()
            + " of "
            + Moments.exact(backup.startedAt())
            + ", "
            + DataWords.where(backup);
  }

  private static String restore(Loss.@Nullable Restore restore) {
    if (restore == null) {
      return "not known: no restore was measured";
    }
    String time = Figures.duration(Duration.ofSeconds(Math.round(restore.seconds())));
    return switch (restore.basis()) {
      case OWN_DRILL -> time + ", by its own last drill";
      case SOURCE_THROUGHPUT -> time + ", by other drills of that source";
    };
  }

  private static Section services(List<Loss.Service> services) {
    Section card = new Section(new H2("What stops"));
    card.addClassNames("card", "stack");
    if (services.isEmpty()) {
      card.add(new Paragraph("No container was running."));
      return card;
    }
    NativeTable rows = new NativeTable();
    rows.addClassName("table");
    NativeTableRow head = rows.getHead().addRow();
    for (String name : List.of("Service", "Containers", "Misses then")) {
      head.addHeaderCell().setText(name);
    }
    for (Loss.Service service : services) {
      NativeTableRow row = rows.getBody().addRow();
      row.addDataCell().setText(service.name());
      row.addDataCell().setText(String.join(", ", service.containers()));
      row.addDataCell()
          .setText(
              service.misses().isEmpty()
                  ? "nothing"
                  : service.misses().stream()
                      .map(HostLossView::missed)
                      .collect(Collectors.joining(", ")));
    }
    Div scroll = new Div(rows);
    scroll.addClassName("scroll-x");
    card.add(scroll);
    return card;
  }

  private static String missed(Loss.Missed missed) {
    return DataWords.name(missed.kind(), missed.name())
        + " ("
        + title(missed.fate()).toLowerCase(Locale.ROOT)
        + ")";
  }
}
