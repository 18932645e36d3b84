package dev.plimsoll.ui.fix;

import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.plimsoll.compliance.FixGoal;
import dev.plimsoll.compliance.FixPlan;
import dev.plimsoll.compliance.FixPlans;
import dev.plimsoll.fleet.NoSuchGroup;
import dev.plimsoll.fleet.NoSuchHost;
import dev.plimsoll.posture.HostList;
import dev.plimsoll.posture.HostRow;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.widgets.EmptyState;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.Heading;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Marks;
import dev.plimsoll.ui.widgets.Messages;
import dev.plimsoll.ui.widgets.Screen;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The fewest changes that bring a host, a group or the fleet to a score or a grade. */
@Route(Place.Plan.ROUTE)
@PageTitle("Plan · Plimsoll")
@PermitAll
public class PlanView extends Screen implements AfterNavigationObserver {
  private final FixPlans plans;
  private final HostList hosts;
  private final Heading heading = new Heading("Plan");
  private final Select<String> grade = new Select<>();
  private final IntegerField score = new IntegerField("or score, 0 to 100");
  private final Div body = new Div();
  private Place.Plan place = Place.Plan.FLEET;

  PlanView(FixPlans plans, HostList hosts) {
    this.plans = plans;
    this.hosts = hosts;
    addClassName("plan");
    grade.setLabel("Reach grade");
    grade.setItems(List.of("A", "B", "C", "D"));
    grade.addValueChangeListener(
        event -> {
          if (event.isFromClient() && event.getValue() != null) {
            go(place.reaching(event.getValue(), null));
          }
        });
    score.setMin(0);
    score.setMax(100);
    score.setStepButtonsVisible(true);
    score.addValueChangeListener(
        event -> {
          if (event.isFromClient() && event.getValue() != null && !score.isInvalid()) {
            go(place.reaching(null, event.getValue()));
          }
        });
    Div goal = new Div(grade, score);
    goal.addClassName("filters");
    body.addClassName("stack");
    add(heading, goal, body);
  }

  @Override
  public void afterNavigation(AfterNavigationEvent event) {
    Place.Parsed<Place.Plan> parsed = Place.Plan.parse(event.getLocation().getQueryParameters());
    Messages.problems(parsed.problems());
    place = parsed.place();
    grade.setValue(place.grade());
    score.setValue(place.score());
    heading.actions(Links.button(place.rebuilds(), "See images to rebuild"));
    show();
  }

  private void show() {
    body.removeAll();
    Integer wanted = place.score();
    FixGoal goal = FixGoal.of(wanted == null ? null : wanted.doubleValue(), place.grade());
    FixPlan plan;
    try {
      Long hostId = place.hostId();
      String group = place.group();
      if (hostId != null) {
        String name = hosts.get(hostId, null).map(HostRow::name).orElse("host " + hostId);
        heading.beside(Links.to(Place.Host.of(hostId, null), name));
        plan = plans.ofHost(hostId, goal);
      } else if (group != null) {
        heading.beside(Links.to(new Place.Fleet(group, null), group));
        plan = plans.ofGroup(group, goal);
      } else {
        heading.beside(Links.to(Place.Fleet.NOW, "Fleet"));
        plan = plans.ofFleet(goal);
      }
    } catch (NoSuchHost | NoSuchGroup e) {
      body.add(
          new EmptyState(
              "Nothing to plan for",
              e.getMessage() == null ? "" : e.getMessage(),
              Links.button(Place.Plan.FLEET, "Plan for the fleet")));
      return;
    }
    if (plan.hosts() == 0) {
      body.add(
          new EmptyState(
              "Nothing to plan for",
              "No host here was ever collected.",
              Links.button(Place.Hosts.ALL, "See all hosts")));
      return;
    }
    body.add(summary(plan));
    if (!plan.steps().isEmpty()) {
      OrderedList steps = new OrderedList();
      steps.addClassName("steps");
      for (int i = 0; i < plan.steps().size(); i++) {
        steps.add(new ListItem(step(i + 1, plan.steps().get(i))));
      }
      body.add(steps);
    }
  }

  private Section summary(FixPlan plan) {
    Section card = new Section();
    card.addClassName("card");
    Div from = new Div(Marks.grade(plan.before().grade()), new Span(score(plan.before())));
    from.addClassName("inline");
    Div line = new Div(from);
    line.addClassName("inline");
    card.add(line);
    String goal = place.grade() == null ? "score " + place.score() : "grade " + place.grade();
    if (plan.reached() && plan.steps().isEmpty()) {
      card.add(new Paragraph("The goal, " + goal + ", is reached already."));
      return card;
    }
    Div to = new Div(new Span("then "), Marks.grade(plan.after().grade()));
    to.add(new Span(score(plan.after())));
    to.addClassName("inline");
    line.add(to);
    String changes = Figures.count(plan.steps().size(), "change", "changes");
    String found =
        plan.exact()
            ? "Exact: no smaller choice of the "
                + Figures.count(plan.candidates())
                + " possible changes reaches it."
            : "Found by taking the best next change of "
                + Figures.count(plan.candidates())
                + " each time: a shorter way may exist.";
    card.add(
        new Paragraph(
            plan.reached()
                ? changes + " reach " + goal + ". " + found
                : "No plan reaches "
                    + goal
                    + " by changes that stored documents can tell of. "
                    + changes
                    + " get this far; what is unknown stays unknown."));
    if (plan.hostsConsidered() < plan.hosts()) {
      card.add(
          new Paragraph(
              "Changes to "
                  + Figures.count(plan.hostsConsidered())
                  + " of "
                  + Figures.count(plan.hosts(), "host", "hosts")
                  + " were looked at: those that lose most points and are fresh."));
    }
    return card;
  }

  private static String score(FixPlan.State state) {
    return "score "
        + Figures.exactScore(state.score() / 1000.0)
        + ", "
        + Figures.points(state.points() / 1000.0)
        + " points lost";
  }

  private static Details step(int number, FixPlan.Step step) {
    Span name = new Span(number + ". " + step.kind() + " " + step.name());
    name.addClassName("verdict-title");
    Span gain = new Span("+" + Figures.points(step.points() / 1000.0) + " points");
    Span then = new Span("then " + Figures.exactScore(step.after().score() / 1000.0));
    Div summary = new Div(name, new Span(step.host()), gain, then);
    summary.add(Marks.grade(step.after().grade()));
    summary.addClassName("verdict-summary");
    Div content = new Div();
    content.addClassNames("stack", "verdict-body");
    Div where = new Div();
    where.addClassName("inline");
    where.add(Links.to(Place.Host.of(step.hostId(), null), step.host()));
    step.subjects()
        .forEach(
            subject ->
                where.add(
                    Links.to(Place.Subject.of(subject, null), step.kind() + " " + step.name())));
    content.add(where, new Paragraph("Clears " + cleared(step) + "."));
    content.add(new FormTabs(step.forms(), step.cautions()));
    Details details = new Details(summary, content);
    details.addClassName("verdict");
    return details;
  }

  /** Checks with how often each is cleared, such as {@code CTR-CAPS, CTR-USER (3)}. */
  private static String cleared(FixPlan.Step step) {
    TreeMap<String, Integer> counts = new TreeMap<>();
    step.clears().forEach(one -> counts.merge(one.check(), 1, Integer::sum));
    return counts.entrySet().stream()
        .map(e -> e.getValue() == 1 ? e.getKey() : e.getKey() + " (" + e.getValue() + ")")
        .collect(Collectors.joining(", "));
  }

  private void go(Place.Plan next) {
    if (!next.equals(place)) {
      getUI().ifPresent(ui -> Links.go(ui, next));
    }
  }
}
