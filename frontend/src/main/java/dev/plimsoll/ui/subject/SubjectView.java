package dev.plimsoll.ui.subject;

import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.masterdetaillayout.MasterDetailLayout;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import dev.plimsoll.backup.RestoreDrills;
import dev.plimsoll.compliance.FixAdvice;
import dev.plimsoll.posture.BackupRecordList;
import dev.plimsoll.posture.CoverageList;
import dev.plimsoll.posture.CoverageRow;
import dev.plimsoll.posture.PageRequest;
import dev.plimsoll.posture.StateRow;
import dev.plimsoll.posture.StoredDocument;
import dev.plimsoll.posture.SubjectList;
import dev.plimsoll.posture.SubjectRow;
import dev.plimsoll.posture.VerdictList;
import dev.plimsoll.posture.VerdictQuery;
import dev.plimsoll.posture.VerdictRow;
import dev.plimsoll.ui.coverage.BackupSection;
import dev.plimsoll.ui.coverage.DataTable;
import dev.plimsoll.ui.live.LiveUpdates;
import dev.plimsoll.ui.navigation.NothingThere;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.shell.Rights;
import dev.plimsoll.ui.widgets.AsOfBanner;
import dev.plimsoll.ui.widgets.Code;
import dev.plimsoll.ui.widgets.Facts;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.Heading;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Marks;
import dev.plimsoll.ui.widgets.Messages;
import dev.plimsoll.ui.widgets.Moments;
import dev.plimsoll.ui.widgets.Screen;
import dev.plimsoll.ui.widgets.TimeText;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One subject: its verdicts with the evidence behind each, its document, and its past. */
@Route(Place.Subject.ROUTE)
@PermitAll
public class SubjectView extends MasterDetailLayout
    implements BeforeEnterObserver, AfterNavigationObserver, HasDynamicTitle {
  private static final PageRequest ALL_CHECKS = new PageRequest(1000, null, false);

  private final SubjectList subjects;
  private final VerdictList verdicts;
  private final Clock clock;
  private final Screen screen = new Screen();
  private final Heading heading = new Heading("");
  private final AsOfBanner asOf = new AsOfBanner();
  private final Section card = new Section();
  private final VerdictSections sections;
  private final CoverageList coverage;
  private final BackupSection backups;
  private final Div data = new Div();
  private final Details history = new Details();
  private List<StateRow> states = List.of();
  private Place.Subject place = Place.Subject.of(0, null);
  private Place.@Nullable Subject shown;
  private @Nullable SubjectRow subject;

  SubjectView(
      SubjectList subjects,
      VerdictList verdicts,
      FixAdvice fixes,
      CoverageList coverage,
      BackupRecordList records,
      RestoreDrills drills,
      Rights rights,
      LiveUpdates live,
      Clock clock) {
    this.subjects = subjects;
    this.coverage = coverage;
    backups = new BackupSection(coverage, records, drills, rights, clock);
    this.sections =
        new VerdictSections(verdict -> fixes.find(verdict.subjectId(), verdict.check()));
    this.verdicts = verdicts;
    this.clock = clock;
    addClassName("subject-view");
    setSizeFull();
    setMasterSize("24rem", true);
    setDetailSize("36rem");
    setOverlaySize("100%");
    card.addClassName("card");
    history.addClassName("quiet-details");
    data.addClassName("stack");
    screen.add(heading, asOf, card, data, sections, history);
    setMaster(screen);
    addBackdropClickListener(event -> closeDocument());
    addDetailEscapePressListener(event -> closeDocument());
    live.follow(
        this,
        LiveUpdates.SHORTEST,
        hostIds -> {
          SubjectRow known = subject;
          if (place.asOf() == null && known != null && hostIds.contains(known.host().id())) {
            subjects.get(place.subjectId(), null).ifPresent(this::show);
          }
        });
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    String id = event.getRouteParameters().get("subjectId").orElse("");
    Optional<Long> number = number(id);
    if (number.isEmpty()) {
      NothingThere.show(event, "There is no subject \"" + id + "\".");
      return;
    }
    Place.Parsed<Place.Subject> parsed =
        Place.Subject.parse(number.get(), event.getLocation().getQueryParameters());
    Optional<SubjectRow> found = subjects.get(number.get(), parsed.place().asOf());
    if (found.isEmpty()) {
      NothingThere.show(
          event,
          parsed.place().asOf() == null
              ? "There is no subject " + id + "."
              : "Subject " + id + " had not been seen at " + parsed.place().asOf() + ".");
      return;
    }
    Messages.problems(parsed.problems());
    place = parsed.place();
    subject = found.get();
  }

  @Override
  public void afterNavigation(AfterNavigationEvent event) {
    SubjectRow found = subject;
    if (found == null) {
      return;
    }
    // Opening a document leaves the verdicts as they stand, unfolded and scrolled.
    if (shown == null || !sameVerdicts(shown, place)) {
      show(found);
    }
    shown = place;
    showDocument();
  }

  @Override
  public String getPageTitle() {
    return (subject == null ? "Subject" : subject.name()) + " · Plimsoll";
  }

  private static boolean sameVerdicts(Place.Subject one, Place.Subject other) {
    return one.opening("", null).equals(other.opening("", null));
  }

  private void show(SubjectRow found) {
    subject = found;
    Instant now = clock.instant();
    heading.setTitleText(found.name());
    heading.beside(Marks.mark("kind", found.kind()), presence(found));
    asOf.show(place.asOf(), Place.Subject.of(place.subjectId(), null));
    Facts facts = new Facts();
    facts.with(
        "Host", Links.to(Place.Host.of(found.host().id(), place.asOf()), found.host().name()));
    facts.with("Image", found.image());
    if (!found.kind().equals("engine")) {
      facts.with("Docker ID", Code.shortened(found.dockerId()));
    }
    Optional<StoredDocument> document = subjects.document(place.subjectId(), place.asOf());
    document.ifPresent(stored -> SubjectFacts.addTo(facts, found.kind(), stored));
    facts.with("First seen", new TimeText(found.firstSeen(), now));
    if (found.lastSeen() != null) {
      facts.with("Last seen", new TimeText(found.lastSeen(), now));
    }
    addHash(facts, "Document", found.documentSha256());
    addHash(facts, "Observation", found.observationSha256());
    card.removeAll();
    card.add(facts);
    showData(found, now);
    List<VerdictRow> rows =
        verdicts
            .list(
                new VerdictQuery(null, place.subjectId(), null, null, null, place.asOf()),
                ALL_CHECKS)
            .items();
    sections.show(
        rows, new Place.Subject(place.subjectId(), place.check(), null, null, place.asOf()), now);
    showHistory(subjects.history(place.subjectId()));
  }

  /** A volume's own backups; what a container keeps in its layer and what it mounts. */
  private void showData(SubjectRow found, Instant now) {
    data.removeAll();
    if (!found.kind().equals("volume") && !found.kind().equals("container")) {
      return;
    }
    List<CoverageRow> kept = coverage.ofSubject(found.id(), place.asOf());
    if (kept.isEmpty()) {
      return;
    }
    if (found.kind().equals("volume")) {
      backups.show(kept.getFirst(), place.asOf());
      data.add(backups);
    } else {
      Section section =
          new Section(new H2("Data it keeps and uses"), new DataTable(kept, place.asOf(), now));
      section.addClassNames("card", "stack");
      data.add(section);
    }
  }

  private void addHash(Facts facts, String name, @Nullable String sha256) {
    if (sha256 != null) {
      facts.with(name, Links.to(place.opening(sha256, null), Code.shortened(sha256)));
    }
  }

  private static Span presence(SubjectRow subject) {
    Span presence =
        switch (subject.state()) {
          case "GONE" -> Marks.mark("gone", "gone");
          case "UNKNOWN" -> Marks.mark("outcome-unknown", "could not be read");
          default ->
              subject.engineState() == null
                  ? Marks.mark("present", "present")
                  : Marks.mark("engine-" + subject.engineState(), subject.engineState());
        };
    return presence;
  }

  private void showHistory(List<StateRow> found) {
    if (found.equals(states)) {
      return;
    }
    states = found;
    NativeTable table = new NativeTable();
    table.addClassName("table");
    NativeTableRow head = table.getHead().addRow();
    for (String name : List.of("From", "To", "Name", "Document", "Collection")) {
      head.addHeaderCell().setText(name);
    }
    for (StateRow state : found) {
      NativeTableRow row = table.getBody().addRow();
      row.addDataCell().setText(Moments.exact(state.from()));
      row.addDataCell().setText(state.to() == null ? "now" : Moments.exact(state.to()));
      row.addDataCell().setText(state.name());
      if (state.documentSha256() != null) {
        row.addDataCell()
            .add(
                Links.to(
                    place.opening(state.documentSha256(), null),
                    Code.shortened(state.documentSha256())));
      } else {
        row.addDataCell().setText(problem(state));
      }
      Long collection = state.collectionId();
      row.addDataCell().setText(collection == null ? "none" : collection.toString());
    }
    Div scroll = new Div(table);
    scroll.addClassName("scroll-x");
    history.setSummaryText("History: " + Figures.count(found.size(), "state", "states"));
    history.removeAll();
    history.add(scroll);
  }

  private static String problem(StateRow state) {
    return state.problem() == null
        ? "none"
        : "unknown, because %s answered %s: %s"
            .formatted(
                state.problem().call(),
                state.problem().status() == 0 ? "nothing" : state.problem().status(),
                state.problem().detail());
  }

  private void showDocument() {
    String sha256 = place.document();
    if (sha256 == null) {
      setDetail(null);
      return;
    }
    Optional<StoredDocument> document =
        isHash(sha256) ? subjects.document(sha256) : Optional.empty();
    if (document.isEmpty()) {
      setDetail(null);
      Messages.refused("There is no document " + Code.shorten(sha256) + ".");
      return;
    }
    setDetail(new DocumentPanel(document.get(), place.path(), this::closeDocument));
  }

  private void closeDocument() {
    Place.Subject closed =
        new Place.Subject(place.subjectId(), place.check(), null, null, place.asOf());
    getUI().ifPresent(ui -> Links.go(ui, closed));
  }

  private static boolean isHash(String text) {
    return text.matches("[0-9a-f]{64}");
  }

  private static Optional<Long> number(String text) {
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
