package dev.plimsoll.ui.policies;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.plimsoll.backup.BackupPolicies;
import dev.plimsoll.backup.PolicyRecord;
import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.backup.coverage.Policy;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.posture.CoverageList;
import dev.plimsoll.posture.CoverageRow;
import dev.plimsoll.posture.Page;
import dev.plimsoll.posture.PageRequest;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.shell.Rights;
import dev.plimsoll.ui.widgets.Code;
import dev.plimsoll.ui.widgets.EmptyState;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.Heading;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Marks;
import dev.plimsoll.ui.widgets.Screen;
import jakarta.annotation.security.PermitAll;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Backup policies: what each is for, what it says, and how what it decides for stands. */
@Route(Place.Policies.ROUTE)
@PageTitle("Policies · Plimsoll")
@PermitAll
public class PoliciesView extends Screen implements AfterNavigationObserver {
  private static final PageRequest COUNT = new PageRequest(1, null, true);
  private static final Set<CoverageState> NOT_FINE =
      EnumSet.of(
          CoverageState.FAILED,
          CoverageState.UNPROTECTED,
          CoverageState.LATE,
          CoverageState.UNKNOWN);

  private final BackupPolicies policies;
  private final CoverageList coverage;
  private final Rights rights;
  private final Heading heading = new Heading("Policies");
  private final Div body = new Div();

  PoliciesView(BackupPolicies policies, CoverageList coverage, Rights rights) {
    this.policies = policies;
    this.coverage = coverage;
    this.rights = rights;
    body.addClassName("stack");
    add(heading, body);
  }

  @Override
  public void afterNavigation(AfterNavigationEvent event) {
    boolean may = rights.may(Permission.MANAGE_BACKUPS);
    List<PolicyRecord> all = policies.list(null);
    Span count = new Span(Figures.count(all.size(), "policy", "policies"));
    count.addClassName("secondary");
    heading.beside(count);
    Anchor write = Links.button(Place.NewPolicy.BLANK, "New policy");
    write.addClassName("primary");
    Anchor back = Links.button(Place.Coverage.ALL, "Coverage");
    heading.actions(may ? new Component[] {back, write} : new Component[] {back});
    body.removeAll();
    body.add(all.isEmpty() ? nothing(may) : table(all), labels());
  }

  private static EmptyState nothing(boolean may) {
    String sentence =
        "What no policy matches is UNPROTECTED. Say what must be backed up, and how fresh;"
            + " or why it needs no backup.";
    return may
        ? new EmptyState(
            "No policy yet", sentence, Links.button(Place.NewPolicy.BLANK, "Write the first one"))
        : new EmptyState("No policy yet", sentence + " An analyst can write one.");
  }

  private Div table(List<PolicyRecord> all) {
    NativeTable rows = new NativeTable();
    rows.addClassName("table");
    NativeTableRow head = rows.getHead().addRow();
    for (String name : List.of("Policy", "For", "Says", "Decides for", "Not protected")) {
      head.addHeaderCell().setText(name);
    }
    for (PolicyRecord record : all) {
      Policy policy = record.policy();
      NativeTableRow row = rows.getBody().addRow();
      NativeTableCell name = row.addDataCell();
      name.add(Links.to(new Place.Policy(policy.id()), policy.name()));
      if (record.awaitsApproval()) {
        Div waits =
            new Div(
                Marks.mark(
                    "warning", "waits for approval by somebody other than " + record.author()));
        name.add(waits);
      }
      row.addDataCell().setText(PolicyWords.target(policy.selector()));
      row.addDataCell().setText(PolicyWords.promise(policy));
      row.addDataCell().add(count(policy, Set.of()));
      row.addDataCell().add(policy.exemption() == null ? count(policy, NOT_FINE) : new Span("–"));
    }
    Div scroll = new Div(rows);
    scroll.addClassName("scroll-x");
    Div card = new Div(scroll, note());
    card.addClassNames("card", "stack");
    return card;
  }

  private static Paragraph note() {
    Paragraph note =
        new Paragraph(
            "Where several match, the strictest of each decides: the shortest RPO, the most"
                + " frequent restore. An approved exemption goes before all of them.");
    note.addClassName("secondary");
    return note;
  }

  private Component count(Policy policy, Set<CoverageState> states) {
    Place.Coverage place = Place.Coverage.ofPolicy(Long.toString(policy.id()), states);
    Page<CoverageRow> page = coverage.list(place.query(), COUNT);
    Long count = page.count();
    String words = (page.countIsMinimum() ? ">" : "") + Figures.count(count == null ? 0 : count);
    return words.equals("0") ? new Span(words) : Links.to(place, words);
  }

  private static Div labels() {
    Paragraph text = new Paragraph("A label promises too: ");
    text.add(
        Code.of("dev.plimsoll.rpo=24h"),
        new Span(
            " on a volume or a container that uses it. It counts like a policy of that RPO, and is"
                + " listed under its own name."));
    text.addClassName("secondary");
    return new Div(text);
  }
}
