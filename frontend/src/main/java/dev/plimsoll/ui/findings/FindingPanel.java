package dev.plimsoll.ui.findings;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.function.SerializableConsumer;
import com.vaadin.flow.function.SerializableRunnable;
import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.compliance.Findings;
import dev.plimsoll.compliance.FixAdvice;
import dev.plimsoll.posture.FindingEvent;
import dev.plimsoll.posture.FindingRow;
import dev.plimsoll.ui.fix.FixSection;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.widgets.Code;
import dev.plimsoll.ui.widgets.Facts;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Marks;
import dev.plimsoll.ui.widgets.TimeText;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One finding: where it fails, how to fix it, what happened, and what can be done. */
class FindingPanel extends Section {
  private static final int LONGEST_COMMENT = 4000;

  private final Instant now;

  /**
   * Shows a finding.
   *
   * @param advice what to change; null if nothing fails now
   * @param triage takes a change; null for those who may only look
   */
  FindingPanel(
      FindingRow finding,
      List<FindingEvent> events,
      FixAdvice.@Nullable Advice advice,
      String me,
      Instant now,
      @Nullable SerializableConsumer<Findings.Change> triage,
      SerializableRunnable closed) {
    this.now = now;
    addClassNames("finding", "stack");
    getElement().setAttribute("aria-label", "Finding");
    Button close = new Button(VaadinIcon.CLOSE_SMALL.create(), event -> closed.run());
    close.addThemeVariants(ButtonVariant.TERTIARY);
    close.setAriaLabel("Close the finding");
    Div head = new Div(new H2(finding.title()), close);
    head.addClassName("panel-head");
    Div marks = new Div(Marks.severity(finding.severity()), Marks.finding(finding.status()));
    if (finding.advisory()) {
      marks.add(Marks.mark("advisory", "advisory"));
    }
    marks.addClassName("inline");
    add(head, marks);
    if (triage != null) {
      add(actions(finding, me, triage));
    }
    add(facts(finding), new H3("Fails on"), subjects(finding));
    Checklist.standard().rules().stream()
        .filter(rule -> rule.id().equals(finding.check()))
        .findFirst()
        .ifPresent(
            rule ->
                add(
                    new H3("Why it matters"),
                    new Paragraph(rule.rationale()),
                    new H3("How to fix it"),
                    new Paragraph(rule.remediation())));
    if (advice != null) {
      add(new H3("Fix it"), new FixSection(advice));
    }
    add(new H3("What happened"), events(events));
    if (triage != null) {
      add(comment(triage));
    }
  }

  private static Div actions(
      FindingRow finding, String me, SerializableConsumer<Findings.Change> triage) {
    Div actions = new Div();
    actions.addClassName("actions");
    if (finding.status().equals("OPEN")) {
      Button acknowledge =
          new Button("Acknowledge", event -> triage.accept(status("ACKNOWLEDGED")));
      acknowledge.addThemeVariants(ButtonVariant.PRIMARY);
      actions.add(acknowledge);
    } else if (finding.status().equals("ACKNOWLEDGED")) {
      actions.add(new Button("Reopen", event -> triage.accept(status("OPEN"))));
    }
    if (!finding.status().equals("RESOLVED")) {
      actions.add(
          me.equals(finding.assignee())
              ? new Button("Give back", event -> triage.accept(assignee("")))
              : new Button("Assign to me", event -> triage.accept(assignee(me))));
    }
    return actions;
  }

  private Facts facts(FindingRow finding) {
    Facts facts = new Facts();
    facts.with("Check", Links.to(Place.Checks.of(finding.check()), finding.check()));
    facts.with("Host", Links.to(Place.Host.of(finding.host().id(), null), finding.host().name()));
    facts.with("Group", finding.group());
    facts.with("Where", finding.lineage());
    facts.with("Failing since", new TimeText(finding.failingSince(), now));
    if (finding.resolvedAt() != null) {
      facts.with("Resolved", new TimeText(finding.resolvedAt(), now));
    }
    if (finding.reopened() > 0) {
      facts.with("Came back", Figures.count(finding.reopened(), "time", "times"));
    }
    facts.with("Assigned to", finding.assignee());
    if (finding.dueAt() != null) {
      facts.with("Due", new TimeText(finding.dueAt(), now));
    }
    facts.with("Ticket", finding.externalUrl());
    return facts;
  }

  private static UnorderedList subjects(FindingRow finding) {
    UnorderedList list = new UnorderedList();
    list.addClassName("plain-list");
    for (FindingRow.SubjectRef subject : finding.subjects()) {
      list.add(
          new ListItem(
              Links.to(Place.Subject.of(subject.id(), finding.check(), null), subject.name())));
    }
    int more = finding.subjectCount() - finding.subjects().size();
    if (more > 0) {
      list.add(new ListItem("and " + Figures.count(more) + " more"));
    }
    if (finding.subjectCount() == 0) {
      list.add(new ListItem("Nothing fails right now."));
    }
    return list;
  }

  private OrderedList events(List<FindingEvent> events) {
    OrderedList list = new OrderedList();
    list.addClassName("timeline");
    for (FindingEvent event : events.reversed()) {
      Span who = new Span(event.actor() == null ? "Plimsoll" : event.actor());
      who.addClassName("strong");
      Div line = new Div(who, new TimeText(event.at(), now));
      line.addClassNames("inline", "secondary");
      Div text = new Div(event.text());
      text.addClassName(event.kind().equals("COMMENT") ? "comment" : "event");
      ListItem item = new ListItem(line, text);
      if (event.resolution() != null) {
        item.add(resolution(event.resolution()));
      }
      list.add(item);
    }
    return list;
  }

  /** What changed, with links to what stood there before and stands there now. */
  private static Div resolution(FindingEvent.Resolution resolution) {
    Div change = new Div(new Span("Found by collection " + resolution.collectionId() + "."));
    change.addClassNames("event", "secondary");
    String path = resolution.paths().isEmpty() ? null : resolution.paths().getFirst();
    document(change, " Before: ", resolution.before(), path);
    document(change, " After: ", resolution.after(), path);
    if (!resolution.paths().isEmpty()) {
      change.add(new Span(" Changed: "), Code.of(String.join(", ", resolution.paths())));
    }
    return change;
  }

  private static void document(
      Div change, String name, FindingEvent.@Nullable Version version, @Nullable String path) {
    if (version != null) {
      Place.Subject place =
          Place.Subject.of(version.subjectId(), null).opening(version.sha256(), path);
      change.add(new Span(name), Links.to(place, Code.shortened(version.sha256())));
    }
  }

  private static Div comment(SerializableConsumer<Findings.Change> triage) {
    TextArea text = new TextArea("Comment");
    text.setMaxLength(LONGEST_COMMENT);
    text.setMinRows(2);
    text.setWidthFull();
    text.setValueChangeMode(ValueChangeMode.EAGER);
    Button send =
        new Button(
            "Add comment",
            event ->
                triage.accept(
                    new Findings.Change(null, null, null, null, text.getValue().strip())));
    send.setEnabled(false);
    text.addValueChangeListener(event -> send.setEnabled(!event.getValue().isBlank()));
    Div box = new Div(text, send);
    box.addClassName("comment-box");
    return box;
  }

  private static Findings.Change status(String status) {
    return new Findings.Change(status, null, null, null, null);
  }

  private static Findings.Change assignee(String name) {
    return new Findings.Change(null, name, null, null, null);
  }
}
