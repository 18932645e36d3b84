package dev.plimsoll.ui.ownchecks;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.plimsoll.checklist.Mode;
import dev.plimsoll.owncheck.OwnCheckRecord;
import dev.plimsoll.owncheck.OwnCheckStatus;
import dev.plimsoll.owncheck.TryOut;
import dev.plimsoll.owncheck.WrittenChecks;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.posture.SubjectList;
import dev.plimsoll.ui.live.Errands;
import dev.plimsoll.ui.navigation.NothingThere;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.shell.Rights;
import dev.plimsoll.ui.widgets.Code;
import dev.plimsoll.ui.widgets.Heading;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Marks;
import dev.plimsoll.ui.widgets.Moments;
import dev.plimsoll.ui.widgets.Screen;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.util.List;
import java.util.Locale;

/** One own check: what it demands, what it would say, and what it was before. */
@Route(Place.OwnCheck.ROUTE)
@PageTitle("Own check · Plimsoll")
@PermitAll
public class OwnCheckView extends Screen implements BeforeEnterObserver {
  private final WrittenChecks checks;
  private final TryOut tryOut;
  private final SubjectList subjects;
  private final Errands errands;
  private final Rights rights;
  private final Clock clock;

  OwnCheckView(
      WrittenChecks checks,
      TryOut tryOut,
      SubjectList subjects,
      Errands errands,
      Rights rights,
      Clock clock) {
    this.checks = checks;
    this.tryOut = tryOut;
    this.subjects = subjects;
    this.errands = errands;
    this.rights = rights;
    this.clock = clock;
    addClassName("wide-form-screen");
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    List<OwnCheckRecord> revisions =
        checks.revisions(event.getRouteParameters().get("checkId").orElse(""));
    if (revisions.isEmpty()) {
      NothingThere.show(event, "There is no such own check.");
      return;
    }
    OwnCheckRecord now = revisions.getFirst();
    Heading heading =
        new Heading(now.draft().title()).beside(status(now), Code.of(now.draft().id()));
    if (now.status() == OwnCheckStatus.ACTIVE) {
      heading.actions(
          Links.button(
              Place.Findings.ofCheck(now.draft().id(), now.draft().mode() == Mode.ADVISORY),
              "Findings"));
    }
    removeAll();
    add(
        heading,
        new OwnCheckEditor(
            checks,
            tryOut,
            subjects,
            errands,
            clock,
            now,
            now.draft(),
            rights.may(Permission.MANAGE_CHECKS)),
        history(revisions));
  }

  private static Span status(OwnCheckRecord record) {
    String word = record.status().name().toLowerCase(Locale.ROOT);
    return Marks.mark("check-" + word, Marks.capitalised(record.status().name()));
  }

  private static Section history(List<OwnCheckRecord> revisions) {
    UnorderedList list = new UnorderedList();
    for (OwnCheckRecord revision : revisions) {
      ListItem item =
          new ListItem(
              "Revision %d, %s, %s, since %s by %s"
                  .formatted(
                      revision.revision(),
                      revision.status().name().toLowerCase(Locale.ROOT),
                      Marks.word(revision.draft().severity()),
                      Moments.exact(revision.since()),
                      revision.changedBy()));
      item.add(new Div(Code.of(revision.draft().expression())));
      list.add(item);
    }
    Section section = new Section(new H2("History"), list);
    section.addClassNames("card", "stack");
    return section;
  }
}
