package dev.plimsoll.ui.coverage;

import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import dev.plimsoll.backup.RestoreDrills;
import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.posture.BackupRecordList;
import dev.plimsoll.posture.CoverageList;
import dev.plimsoll.posture.CoverageRow;
import dev.plimsoll.ui.live.LiveUpdates;
import dev.plimsoll.ui.navigation.NothingThere;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.shell.Rights;
import dev.plimsoll.ui.widgets.AsOfBanner;
import dev.plimsoll.ui.widgets.Facts;
import dev.plimsoll.ui.widgets.Heading;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Marks;
import dev.plimsoll.ui.widgets.Messages;
import dev.plimsoll.ui.widgets.Screen;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One piece of data with its backups: a directory, a writable layer, a swarm's state, a volume. */
@Route(Place.KeptData.ROUTE)
@PermitAll
public class DataView extends Screen
    implements BeforeEnterObserver, AfterNavigationObserver, HasDynamicTitle {
  private final CoverageList coverage;
  private final Heading heading = new Heading("");
  private final AsOfBanner asOf = new AsOfBanner();
  private final Section card = new Section();
  private final BackupSection backups;
  private Place.KeptData place = new Place.KeptData(0, null);
  private @Nullable CoverageRow data;

  DataView(
      CoverageList coverage,
      BackupRecordList records,
      RestoreDrills drills,
      Rights rights,
      LiveUpdates live,
      Clock clock) {
    this.coverage = coverage;
    backups = new BackupSection(coverage, records, drills, rights, clock);
    card.addClassName("card");
    add(heading, asOf, card, backups);
    live.follow(
        this,
        LiveUpdates.SHORTEST,
        hostIds -> {
          CoverageRow known = data;
          if (place.asOf() == null && known != null && hostIds.contains(known.host().id())) {
            coverage.get(place.dataId(), null, null).ifPresent(this::show);
          }
        });
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    String id = event.getRouteParameters().get("dataId").orElse("");
    long number = id.matches("[0-9]{1,18}") ? Long.parseLong(id) : 0;
    Place.Parsed<Place.KeptData> parsed =
        Place.KeptData.parse(number, event.getLocation().getQueryParameters());
    Optional<CoverageRow> found;
    try {
      found = coverage.get(number, parsed.place().asOf(), null);
    } catch (InvalidInput e) {
      NothingThere.show(event, String.valueOf(e.getMessage()));
      return;
    }
    if (found.isEmpty()) {
      NothingThere.show(
          event,
          parsed.place().asOf() == null
              ? "No host keeps data \"" + id + "\" now."
              : "Data " + id + " was not kept at " + parsed.place().asOf() + ".");
      return;
    }
    Messages.problems(parsed.problems());
    place = parsed.place();
    data = found.get();
  }

  @Override
  public void afterNavigation(AfterNavigationEvent event) {
    CoverageRow found = data;
    if (found != null) {
      asOf.show(place.asOf(), new Place.KeptData(place.dataId(), null));
      show(found);
    }
  }

  @Override
  public String getPageTitle() {
    return (data == null ? "Data" : DataWords.name(data.kind(), data.name())) + " · Plimsoll";
  }

  private void show(CoverageRow found) {
    data = found;
    heading.setTitleText(DataWords.name(found.kind(), found.name()));
    heading.beside(Marks.mark("kind", DataWords.shape(found)), Marks.coverage(found.state()));
    Facts facts = new Facts();
    facts.with(
        "Host",
        Links.to(
            Place.Host.of(found.host().id(), Place.HostTab.DATA, place.asOf()),
            found.host().name()));
    facts.with("Group", found.group());
    facts.with("Compose project", found.project());
    Long subject = found.subjectId();
    if (subject != null) {
      facts.with(
          found.kind() == DataKind.LAYER ? "Container" : "Volume",
          Links.to(Place.Subject.of(subject, place.asOf()), found.name()));
    }
    card.removeAll();
    card.add(facts);
    backups.show(found, place.asOf());
  }
}
