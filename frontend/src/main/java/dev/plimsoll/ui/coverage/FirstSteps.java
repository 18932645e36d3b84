package dev.plimsoll.ui.coverage;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.widgets.Code;
import dev.plimsoll.ui.widgets.Links;

/** What to do where no backup is known of at all: promise, then let evidence in. */
class FirstSteps extends Section {
  FirstSteps() {
    addClassNames("card", "stack");
    Anchor policy = Links.to(Place.NewPolicy.BLANK, "Write a policy");
    Anchor sources = Links.to(Place.Sources.ALL, "Sources");
    UnorderedList ways = new UnorderedList();
    ways.add(
        new ListItem(
            new Span("A restic or borg repository, or a directory of archives: add it in "),
            sources),
        new ListItem(
            new Span("A heartbeat URL that any cron job calls when it is done: make one in "),
            Links.to(Place.Sources.ALL, "Sources")),
        new ListItem(
            new Span("A report by the backup program itself: "),
            Code.of("POST /api/v1/backup-records")),
        new ListItem(new Span("A restore drill, started from the page of a volume.")));
    add(
        new H2("No backup is known of yet"),
        new Paragraph(
            "Labels and backup containers say what is meant; they prove nothing. Two steps:"),
        new OrderedList(
            new ListItem(policy, new Span(": what must be backed up, and how fresh.")),
            new ListItem(new Span("Let evidence in, one of four ways:"), ways)));
  }
}
