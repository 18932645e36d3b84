package dev.plimsoll.ui.subject;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.function.SerializableFunction;
import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.Evidence;
import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.checklist.Reference;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.compliance.FixAdvice;
import dev.plimsoll.posture.VerdictRow;
import dev.plimsoll.ui.fix.FixSection;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.widgets.Code;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Marks;
import dev.plimsoll.ui.widgets.TimeText;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Verdicts on one subject, what needs work first: FAIL and UNKNOWN unfolded as lists, PASS and N/A
 * folded. Each verdict unfolds to its evidence and how to fix it.
 */
public class VerdictSections extends Div {
  private static final List<Outcome> ORDER =
      List.of(Outcome.FAIL, Outcome.UNKNOWN, Outcome.PASS, Outcome.NOT_APPLICABLE);

  private List<VerdictRow> shown = List.of();
  private Place.Subject place = Place.Subject.of(0, null);
  private Instant now = Instant.EPOCH;
  private final SerializableFunction<VerdictRow, Optional<FixAdvice.Advice>> fixes;

  /**
   * Nothing yet.
   *
   * @param fixes what to change for a verdict that fails now
   */
  public VerdictSections(SerializableFunction<VerdictRow, Optional<FixAdvice.Advice>> fixes) {
    this.fixes = fixes;
    addClassNames("verdicts", "stack");
  }

  /**
   * Shows verdicts. Where they are what is shown already, everything stays as people unfolded it.
   *
   * @param subject the subject's page, with the check that is unfolded; evidence links start from
   *     it
   */
  public void show(List<VerdictRow> verdicts, Place.Subject subject, Instant at) {
    if (verdicts.equals(shown) && subject.equals(place)) {
      return;
    }
    shown = verdicts;
    place = subject;
    now = at;
    removeAll();
    if (verdicts.isEmpty()) {
      add(new Paragraph("No check judges this subject."));
    }
    for (Outcome outcome : ORDER) {
      List<VerdictRow> some =
          verdicts.stream()
              .filter(verdict -> verdict.outcome() == outcome)
              .sorted(Comparator.comparingInt(VerdictSections::rank))
              .toList();
      if (!some.isEmpty()) {
        add(section(outcome, some));
      }
    }
  }

  private static @Nullable Rule rule(String check) {
    return Checklist.standard().rules().stream()
        .filter(rule -> rule.id().equals(check))
        .findFirst()
        .orElse(null);
  }

  private static int rank(VerdictRow verdict) {
    // Advisory ones cost nothing and come last.
    return Marks.SEVERITIES.indexOf(verdict.severity())
        + (verdict.advisory() ? Marks.SEVERITIES.size() : 0);
  }

  private Details section(Outcome outcome, List<VerdictRow> verdicts) {
    Span title = new Span(Marks.outcome(outcome), new Span(Figures.count(verdicts.size())));
    title.addClassName("section-title");
    Div list = new Div();
    list.addClassName("verdict-list");
    verdicts.forEach(verdict -> list.add(row(verdict)));
    Details section = new Details(title, list);
    section.addClassName("verdict-section");
    boolean holdsChosen = verdicts.stream().anyMatch(v -> v.check().equals(place.check()));
    section.setOpened(outcome == Outcome.FAIL || outcome == Outcome.UNKNOWN || holdsChosen);
    return section;
  }

  private Details row(VerdictRow verdict) {
    Span title = new Span(verdict.title());
    title.addClassName("verdict-title");
    Span check = new Span(verdict.check());
    check.addClassNames("code", "secondary");
    Span since = new Span(new Span("since "), new TimeText(verdict.since(), now));
    since.addClassNames("secondary", "since");
    Div summary = new Div(Marks.severity(verdict.severity()), title, check, since);
    if (verdict.advisory()) {
      summary.addComponentAtIndex(1, Marks.mark("advisory", "advisory"));
    }
    summary.addClassName("verdict-summary");
    Details details = new Details(summary);
    details.addClassName("verdict");
    details.setId("verdict-" + verdict.check());
    boolean chosen = verdict.check().equals(place.check());
    // A subject has some eighty verdicts; what nobody unfolds is not sent.
    if (chosen) {
      details.add(body(verdict));
      details.setOpened(true);
      details.getElement().executeJs("this.scrollIntoView({block: 'nearest'})");
    } else {
      details.addOpenedChangeListener(
          event -> {
            if (event.isOpened() && details.getContent().findAny().isEmpty()) {
              details.add(body(verdict));
            }
          });
    }
    return details;
  }

  private Div body(VerdictRow verdict) {
    Div body = new Div();
    body.addClassNames("verdict-body", "stack");
    if (verdict.reason() != null) {
      body.add(new Paragraph(verdict.reason()));
    }
    if (verdict.outcome() == Outcome.UNKNOWN && verdict.collectionId() != null) {
      Paragraph collection =
          new Paragraph("Could not be read by collection " + verdict.collectionId() + ". ");
      collection.add(
          Links.to(
              Place.Host.of(verdict.host().id(), Place.HostTab.COLLECTIONS, null),
              "See the host's collections"));
      body.add(collection);
    }
    body.add(new H3("Evidence"), evidence(verdict));
    Rule rule = rule(verdict.check());
    if (rule != null) {
      body.add(new H3("Why it matters"), new Paragraph(rule.rationale()));
      if (verdict.outcome() != Outcome.PASS && verdict.outcome() != Outcome.NOT_APPLICABLE) {
        body.add(new H3("How to fix it"), new Paragraph(rule.remediation()));
      }
      // What to change follows from how things are now
      if (verdict.outcome() == Outcome.FAIL && place.asOf() == null) {
        fixes
            .apply(verdict)
            .ifPresent(advice -> body.add(new H3("Fix it"), new FixSection(advice)));
      }
      body.add(new H3("References"), references(rule));
    }
    return body;
  }

  private Component evidence(VerdictRow verdict) {
    if (verdict.evidence().isEmpty()) {
      return new Paragraph("Nothing was read for this verdict.");
    }
    NativeTable table = new NativeTable();
    table.addClassNames("table", "evidence");
    NativeTableRow head = table.getHead().addRow();
    for (String name : List.of("Path", "Value", "Document")) {
      head.addHeaderCell().setText(name);
    }
    for (Evidence evidence : verdict.evidence()) {
      NativeTableRow row = table.getBody().addRow();
      row.addDataCell().add(Code.of(evidence.path()));
      row.addDataCell().add(value(evidence));
      row.addDataCell().add(document(verdict, evidence));
    }
    Div scroll = new Div(table);
    scroll.addClassName("scroll-x");
    return scroll;
  }

  private static Span value(Evidence evidence) {
    if (evidence.value() != null) {
      return Code.of(evidence.value());
    }
    Span absent = new Span(evidence.documentSha256() == null ? "no answer" : "not set");
    absent.addClassName("secondary");
    return absent;
  }

  private Component document(VerdictRow verdict, Evidence evidence) {
    String hash = evidence.documentSha256();
    if (hash == null) {
      Span none = new Span("never read");
      none.addClassName("secondary");
      return none;
    }
    Place.Subject at =
        new Place.Subject(place.subjectId(), verdict.check(), hash, evidence.path(), place.asOf());
    Anchor link = Links.to(at, Code.shortened(hash));
    link.setTitle("Open document " + hash);
    return link;
  }

  private static UnorderedList references(Rule rule) {
    UnorderedList list = new UnorderedList();
    list.addClassName("references");
    for (Reference reference : rule.references()) {
      list.add(new ListItem(reference.source() + ", " + reference.number()));
    }
    list.add(new ListItem(Links.to(Place.Checks.of(rule.id()), "Check " + rule.id())));
    return list;
  }
}
