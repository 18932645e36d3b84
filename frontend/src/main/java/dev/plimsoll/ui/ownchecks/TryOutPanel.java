package dev.plimsoll.ui.ownchecks;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.progressbar.ProgressBar;
import dev.plimsoll.checklist.Evidence;
import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.owncheck.TryOutResult;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.widgets.Code;
import dev.plimsoll.ui.widgets.Facts;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Marks;
import dev.plimsoll.ui.widgets.Moments;
import java.util.List;

/** Who would fail, today and a quarter ago, side by side. */
class TryOutPanel extends Div {
  private static final int SHOWN_EVIDENCE = 2;

  TryOutPanel() {
    addClassName("try-out");
    getElement().setAttribute("role", "status");
  }

  void forget() {
    removeAll();
  }

  void busy() {
    removeAll();
    ProgressBar progress = new ProgressBar();
    progress.setIndeterminate(true);
    add(
        new Paragraph("Judging what is stored; a large fleet takes up to half a minute."),
        progress);
  }

  /**
   * Shows an answer.
   *
   * @param titles what each instant is called
   */
  void show(TryOutResult result, List<String> titles) {
    removeAll();
    if (!result.complete()) {
      add(
          new Paragraph(
              Marks.mark(
                  "warning",
                  "Time ran out. The counts speak of the subjects that were judged, not of all.")));
    }
    Div sides = new Div();
    sides.addClassName("try-out-sides");
    for (int i = 0; i < result.instants().size(); i++) {
      sides.add(side(titles.get(i), result.instants().get(i), i == 0));
    }
    add(sides);
  }

  private static Section side(String title, TryOutResult.AtInstant one, boolean now) {
    Section side = new Section();
    side.addClassNames("card", "stack");
    H3 head = new H3(title);
    head.setTitle(Moments.exact(one.at()));
    side.add(head);
    if (one.subjects() == 0) {
      Paragraph nothing = new Paragraph("Nothing of this kind was known then.");
      nothing.addClassName("secondary");
      side.add(nothing);
      return side;
    }
    Facts facts = new Facts();
    facts.with("Judged", judged(one));
    facts.with(
        "Would fail",
        counted(
            Outcome.FAIL, one.fail(), " on " + Figures.count(one.failingHosts(), "host", "hosts")));
    facts.with("Would pass", counted(Outcome.PASS, one.pass(), ""));
    facts.with("Unknown", counted(Outcome.UNKNOWN, one.unknown(), ""));
    facts.with("Not meant", counted(Outcome.NOT_APPLICABLE, one.notApplicable(), ""));
    side.add(facts);
    if (!one.failing().isEmpty()) {
      UnorderedList list = new UnorderedList();
      list.addClassName("failing");
      one.failing().forEach(failing -> list.add(item(failing, one, now)));
      side.add(list);
      if (one.next() != null) {
        Paragraph more =
            new Paragraph(
                "These are the first %s; the API lists all."
                    .formatted(Figures.count(one.failing().size())));
        more.addClassName("secondary");
        side.add(more);
      }
    }
    if (!one.unknownReasons().isEmpty()) {
      UnorderedList reasons = new UnorderedList();
      one.unknownReasons()
          .forEach(
              reason ->
                  reasons.add(
                      new ListItem(
                          Figures.count(reason.subjects()) + " unknown: " + reason.reason())));
      reasons.addClassName("secondary");
      side.add(reasons);
    }
    return side;
  }

  private static String judged(TryOutResult.AtInstant one) {
    return one.complete()
        ? Figures.count(one.judged(), "subject", "subjects")
        : Figures.count(one.judged())
            + " of "
            + Figures.count(one.subjects(), "subject", "subjects");
  }

  private static Span counted(Outcome outcome, long count, String more) {
    Span span = new Span();
    if (count > 0) {
      span.add(Marks.outcome(outcome));
      span.add(new Span(" " + Figures.count(count) + more));
    } else {
      span.setText("none");
    }
    return span;
  }

  private static ListItem item(
      TryOutResult.Failing failing, TryOutResult.AtInstant one, boolean now) {
    Anchor subject =
        Links.to(Place.Subject.of(failing.subjectId(), now ? null : one.at()), failing.name());
    ListItem item = new ListItem(subject, new Span(" on " + failing.host()));
    for (Evidence evidence :
        failing.evidence().subList(0, Math.min(SHOWN_EVIDENCE, failing.evidence().size()))) {
      Div read =
          new Div(
              Code.of(
                  evidence.path()
                      + " = "
                      + (evidence.value() == null ? "nothing" : evidence.value())));
      read.addClassName("secondary");
      item.add(read);
    }
    return item;
  }
}
