package dev.plimsoll.ui.checks;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.function.SerializableRunnable;
import dev.plimsoll.checklist.Mode;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.posture.FleetOverview.CheckLoad;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.widgets.Code;
import dev.plimsoll.ui.widgets.Facts;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Marks;

/** One check: why it matters, how to pass it, where it comes from, where it fails. */
class CheckPanel extends Section {
  CheckPanel(CheckRow row, SerializableRunnable closed) {
    Rule rule = row.rule();
    addClassNames("check", "stack");
    getElement().setAttribute("aria-label", "Check");
    Button close = new Button(VaadinIcon.CLOSE_SMALL.create(), event -> closed.run());
    close.addThemeVariants(ButtonVariant.TERTIARY);
    close.setAriaLabel("Close the check");
    Div head = new Div(new H2(rule.title()), close);
    head.addClassName("panel-head");
    Div marks = new Div(Marks.severity(row.severity()), Code.of(rule.id()));
    marks.addClassName("inline");
    add(head, marks, facts(row));
    add(new H3("Why it matters"), new Paragraph(rule.rationale()));
    add(new H3("How to pass it"), new Paragraph(rule.remediation()));
    if (!rule.references().isEmpty()) {
      UnorderedList references = new UnorderedList();
      references.addClassName("references");
      rule.references()
          .forEach(
              reference ->
                  references.add(new ListItem(reference.source() + ", " + reference.number())));
      add(new H3("References"), references);
    }
  }

  private static Facts facts(CheckRow row) {
    Rule rule = row.rule();
    Facts facts = new Facts();
    facts.with("Judges", rule.subject().word());
    facts.with("Counts", counts(rule));
    CheckLoad load = row.load();
    if (load != null) {
      facts.with(
          "Fails on",
          Links.to(
              Place.Findings.ofCheck(rule.id(), rule.mode() == Mode.ADVISORY),
              Figures.count(load.failingSubjects(), "subject", "subjects")
                  + " on "
                  + Figures.count(load.failingHosts(), "host", "hosts")));
      facts.with("Unknown on", Figures.count(load.unknownSubjects(), "subject", "subjects"));
    }
    return facts;
  }

  private static String counts(Rule rule) {
    return switch (rule.mode()) {
      case SCORED ->
          "Scored: "
              + Figures.count(rule.weight(), "point", "points")
              + " for the first failing workload";
      case EVIDENCE ->
          "From imported evidence: "
              + Figures.count(rule.weight(), "point", "points")
              + " for the first failing workload";
      case ADVISORY -> "Advisory: shown, and costs nothing";
    };
  }
}
