package dev.plimsoll.ui.fix;

import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.plimsoll.compliance.ImageRebuild;
import dev.plimsoll.compliance.ImageRebuilds;
import dev.plimsoll.fleet.NoSuchGroup;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.widgets.EmptyState;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.Heading;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Messages;
import dev.plimsoll.ui.widgets.Screen;
import jakarta.annotation.security.PermitAll;
import java.util.List;

/** Images that one rebuild makes better on all their hosts, most points regained first. */
@Route(Place.Rebuilds.ROUTE)
@PageTitle("Rebuilds · Plimsoll")
@PermitAll
public class RebuildsView extends Screen implements AfterNavigationObserver {
  private final ImageRebuilds rebuilds;
  private final Heading heading = new Heading("Images to rebuild");
  private final Div body = new Div();

  RebuildsView(ImageRebuilds rebuilds) {
    this.rebuilds = rebuilds;
    addClassName("rebuilds");
    body.addClassName("stack");
    add(heading, body);
  }

  @Override
  public void afterNavigation(AfterNavigationEvent event) {
    Place.Parsed<Place.Rebuilds> parsed =
        Place.Rebuilds.parse(event.getLocation().getQueryParameters());
    Messages.problems(parsed.problems());
    Place.Rebuilds place = parsed.place();
    heading.actions(Links.button(place.plan(), "Plan changes"));
    body.removeAll();
    List<ImageRebuild> found;
    try {
      found = list(place);
    } catch (NoSuchGroup e) {
      body.add(
          new EmptyState(
              "There is no such group",
              "It may have been renamed.",
              Links.button(Place.Rebuilds.FLEET, "Show the whole fleet")));
      return;
    }
    if (found.isEmpty()) {
      body.add(
          new EmptyState(
              "No rebuild would help",
              "No image in use fails a check that counts and that building it anew answers.",
              Links.button(Place.Findings.OPEN, "See open findings")));
      return;
    }
    Div list = new Div();
    list.addClassName("verdict-list");
    found.forEach(rebuild -> list.add(row(rebuild)));
    body.add(list);
  }

  private List<ImageRebuild> list(Place.Rebuilds place) {
    Long hostId = place.hostId();
    String group = place.group();
    if (hostId != null) {
      heading.beside(Links.to(Place.Host.of(hostId, null), "one host"));
      return rebuilds.ofHost(hostId);
    }
    if (group != null) {
      heading.beside(Links.to(new Place.Fleet(group, null), group));
      return rebuilds.ofGroup(group);
    }
    heading.beside();
    return rebuilds.ofFleet();
  }

  private static Details row(ImageRebuild rebuild) {
    Span name = new Span(String.join(", ", rebuild.names()));
    name.addClassName("verdict-title");
    Span gain = new Span("+" + Figures.points(rebuild.points() / 1000.0) + " points");
    Span what =
        new Span(
            Figures.count(rebuild.findings(), "finding", "findings")
                + " on "
                + Figures.count(rebuild.hosts().size(), "host", "hosts"));
    what.addClassName("secondary");
    Div summary = new Div(name, gain, what);
    summary.addClassName("verdict-summary");
    Div content = new Div();
    content.addClassNames("stack", "verdict-body");
    content.add(new Paragraph("Clears " + String.join(", ", rebuild.checks()) + "."));
    if (!rebuild.undecided().isEmpty()) {
      content.add(
          new Paragraph(
              "People decide on "
                  + String.join(", ", rebuild.undecided())
                  + ", which fail as well."));
    }
    UnorderedList hosts = new UnorderedList();
    hosts.addClassName("plain-list");
    for (ImageRebuild.OnHost one : rebuild.hosts()) {
      ListItem item = new ListItem(Links.to(Place.Subject.of(one.subjectId(), null), one.host()));
      item.add(new Span(" +" + Figures.points(one.points() / 1000.0)));
      hosts.add(item);
    }
    content.add(new FormTabs(rebuild.forms(), rebuild.cautions()), hosts);
    Details details = new Details(summary, content);
    details.addClassName("verdict");
    return details;
  }
}
