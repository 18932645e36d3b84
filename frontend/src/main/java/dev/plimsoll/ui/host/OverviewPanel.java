package dev.plimsoll.ui.host;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import dev.plimsoll.compliance.FixAdvice;
import dev.plimsoll.posture.HostRow;
import dev.plimsoll.posture.HostStatus;
import dev.plimsoll.posture.PageRequest;
import dev.plimsoll.posture.Scope;
import dev.plimsoll.posture.ScoreList;
import dev.plimsoll.posture.SubjectList;
import dev.plimsoll.posture.SubjectQuery;
import dev.plimsoll.posture.SubjectRow;
import dev.plimsoll.posture.VerdictList;
import dev.plimsoll.posture.VerdictQuery;
import dev.plimsoll.posture.VerdictRow;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.subject.SubjectFacts;
import dev.plimsoll.ui.subject.VerdictSections;
import dev.plimsoll.ui.widgets.EmptyState;
import dev.plimsoll.ui.widgets.Facts;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.TrendPanel;
import java.time.Clock;
import java.util.List;

/** The engine: what it says of itself, and its verdicts. */
class OverviewPanel extends Div implements HostPanel {
  private static final PageRequest ALL_CHECKS = new PageRequest(1000, null, false);

  private final SubjectList subjects;
  private final VerdictList verdicts;
  private final ScoreList scores;
  private final Clock clock;
  private final Section card = new Section();
  private final VerdictSections sections;
  private final TrendPanel trend = new TrendPanel();
  private final Section trendCard = new Section(trend);
  private final Div engine = new Div();
  private final Div empty = new Div();

  OverviewPanel(
      SubjectList subjects, VerdictList verdicts, ScoreList scores, FixAdvice fixes, Clock clock) {
    this.sections =
        new VerdictSections(verdict -> fixes.find(verdict.subjectId(), verdict.check()));
    this.subjects = subjects;
    this.verdicts = verdicts;
    this.scores = scores;
    this.clock = clock;
    card.addClassName("card");
    engine.addClassName("stack");
    trendCard.addClassName("card");
    engine.add(trendCard, card, new H2("What the checks say of the engine"), sections);
    add(engine, empty);
  }

  @Override
  public void show(HostRow host, Place.Host place) {
    SubjectQuery query =
        new SubjectQuery(
            host.id(), "engine", null, true, SubjectQuery.Sort.NAME, false, place.asOf());
    List<SubjectRow> found = subjects.list(query, PageRequest.FIRST).items();
    boolean read = !found.isEmpty();
    engine.setVisible(read);
    empty.removeAll();
    if (!read) {
      empty.add(nothingYet(host));
      return;
    }
    trend.show(
        scores.trend(new Scope.Host(host.id()), place.asOf()),
        place.retold(),
        place.retold(false),
        place.retold(true));
    SubjectRow subject = found.getFirst();
    Facts facts = new Facts();
    subjects
        .document(subject.id(), place.asOf())
        .ifPresent(document -> SubjectFacts.addTo(facts, "engine", document));
    H2 title = new H2("Engine");
    title.addClassName("label");
    Place.Subject page = Place.Subject.of(subject.id(), place.asOf());
    Div head = new Div(title, Links.to(page, "Document and history"));
    if (place.asOf() == null) {
      head.add(Links.to(Place.Plan.ofHost(host.id()), "Plan fixes"));
    }
    head.addClassName("card-head");
    card.removeAll();
    card.add(head, facts);
    List<VerdictRow> rows =
        verdicts
            .list(new VerdictQuery(null, subject.id(), null, null, null, place.asOf()), ALL_CHECKS)
            .items();
    sections.show(rows, page, clock.instant());
  }

  private static EmptyState nothingYet(HostRow host) {
    return host.status() == HostStatus.PENDING
        ? new EmptyState(
            "Not read yet",
            "The first collection reads the engine and everything on it. This page updates by "
                + "itself when it ends.")
        : new EmptyState(
            "The engine was never read",
            "See the tab Collections for the reason, or edit the host and test the connection.");
  }
}
