package dev.plimsoll.ui.profiles;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.plimsoll.checklist.Mode;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.compliance.AssignedProfile;
import dev.plimsoll.compliance.NoSuchProfile;
import dev.plimsoll.compliance.ProfileAssignments;
import dev.plimsoll.compliance.ProfileRecord;
import dev.plimsoll.compliance.Profiles;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.posture.Checks;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.shell.Rights;
import dev.plimsoll.ui.widgets.Code;
import dev.plimsoll.ui.widgets.Facts;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.Heading;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Marks;
import dev.plimsoll.ui.widgets.Messages;
import dev.plimsoll.ui.widgets.Screen;
import dev.plimsoll.ui.widgets.TimeText;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Profiles: what each has in scope, in which version, and which hosts have it. */
@Route(Place.Profiles.ROUTE)
@PageTitle("Profiles · Plimsoll")
@PermitAll
public class ProfilesView extends Screen implements AfterNavigationObserver {
  private final Profiles profiles;
  private final ProfileAssignments assignments;
  private final Checks checks;
  private final Rights rights;
  private final Clock clock;
  private final Heading heading = new Heading("Profiles");
  private final Div body = new Div();

  ProfilesView(
      Profiles profiles,
      ProfileAssignments assignments,
      Checks checks,
      Rights rights,
      Clock clock) {
    this.profiles = profiles;
    this.assignments = assignments;
    this.checks = checks;
    this.rights = rights;
    this.clock = clock;
    body.addClassName("stack");
    add(heading, body);
  }

  @Override
  public void afterNavigation(AfterNavigationEvent event) {
    Place.Parsed<Place.Profiles> parsed =
        Place.Profiles.parse(event.getLocation().getQueryParameters());
    Messages.problems(parsed.problems());
    Place.Profiles place = parsed.place();
    boolean may = rights.may(Permission.MANAGE_CHECKS);
    heading.actions(
        may
            ? new Component[] {
              Links.button(new Place.NewProfile(null), "New profile"),
              Links.button(new Place.AssignProfiles(), "Assign profiles")
            }
            : new Component[0]);
    List<ProfileRecord> all = profiles.list(null);
    body.removeAll();
    Div tables = new Div(list(all, place), assigned());
    tables.addClassName("two-columns");
    body.add(tables);
    try {
      body.add(detail(selected(all, place), may));
    } catch (NoSuchProfile e) {
      Messages.refused(String.valueOf(e.getMessage()));
    }
  }

  private ProfileRecord selected(List<ProfileRecord> all, Place.Profiles place) {
    String id = place.selected();
    if (id == null) {
      return all.getFirst();
    }
    Long version = place.version();
    return profiles.get(id, version == null ? null : (Integer) Math.toIntExact(version));
  }

  private static Section list(List<ProfileRecord> all, Place.Profiles place) {
    NativeTable rows = table(List.of("Profile", "Version", "Checks in scope", "Hosts"));
    for (ProfileRecord profile : all) {
      NativeTableRow row = rows.getBody().addRow();
      Anchor link = Links.to(Place.Profiles.of(profile.id()), profile.name());
      if (profile.id().equals(place.selected())) {
        link.getElement().setAttribute("aria-current", "true");
      }
      row.addDataCell().add(link);
      row.addDataCell().setText(profile.shipped() ? "ships" : String.valueOf(profile.version()));
      row.addDataCell().setText(Figures.count(profile.checks().size()));
      row.addDataCell().setText(Figures.count(profile.hosts()));
    }
    return card("Profiles", rows);
  }

  private Section assigned() {
    List<AssignedProfile> rules = assignments.list(null);
    if (rules.isEmpty()) {
      return card(
          "Who has which",
          new Paragraph(
              "Every host has the profile Everything. Assign another by group or"
                  + " environment."));
    }
    NativeTable rows = table(List.of("Group", "Environment", "Profile"));
    for (AssignedProfile rule : rules) {
      NativeTableRow row = rows.getBody().addRow();
      row.addDataCell().setText(rule.group() == null ? "any" : rule.group());
      row.addDataCell().setText(rule.environment() == null ? "any" : rule.environment());
      row.addDataCell().setText(rule.profile());
    }
    Paragraph rest =
        new Paragraph("The most specific rule decides; without one, a host has Everything.");
    rest.addClassName("secondary");
    return card("Who has which", rows, rest);
  }

  private Section detail(ProfileRecord profile, boolean may) {
    Facts facts = new Facts();
    facts.with("Description", profile.description());
    facts.with("Hosts", Figures.count(profile.hosts(), "host has it", "hosts have it"));
    facts.with(
        "Checks in scope",
        Links.to(Place.Checks.in(profile.id()), Figures.count(profile.checks().size())));
    if (profile.shipped()) {
      facts.with("Version", "Ships with the portal and follows the catalogue.");
    } else {
      facts.with("Version", versions(profile));
      facts.with("Changed by", profile.author());
      Instant changed = profile.changedAt();
      if (changed != null) {
        facts.with("Changed", new TimeText(changed, clock.instant()));
      }
    }
    Div actions = new Div();
    actions.addClassName("actions");
    if (may) {
      if (!profile.shipped()) {
        actions.add(Links.button(new Place.EditProfile(profile.id()), "Edit"));
      }
      actions.add(Links.button(new Place.NewProfile(profile.id()), "Copy"));
    }
    Div scroll = new Div(scope(profile));
    scroll.addClassName("scroll-x");
    return card(profile.name(), facts, actions, scroll);
  }

  private Div versions(ProfileRecord shown) {
    Div versions = new Div();
    versions.addClassName("inline");
    for (ProfileRecord version : profiles.versions(shown.id())) {
      Place place = new Place.Profiles(shown.id(), (long) version.version());
      versions.add(
          version.version() == shown.version()
              ? new Span(version.version() + " (shown)")
              : Links.to(place, String.valueOf(version.version())));
    }
    return versions;
  }

  private NativeTable scope(ProfileRecord profile) {
    NativeTable rows = table(List.of("Check", "What passes", "Severity", "Weight"));
    Map<String, @Nullable Integer> weights = profile.checks();
    for (Rule rule : checks.rules()) {
      if (!weights.containsKey(rule.id())) {
        continue;
      }
      NativeTableRow row = rows.getBody().addRow();
      row.addDataCell().add(Links.to(Place.Checks.of(rule.id()), Code.of(rule.id())));
      row.addDataCell().setText(rule.title());
      row.addDataCell().add(Marks.severity(Marks.word(rule.severity())));
      row.addDataCell().setText(weight(rule, weights.get(rule.id())));
    }
    return rows;
  }

  private static String weight(Rule rule, @Nullable Integer own) {
    return own != null
        ? own + " instead of " + rule.weight()
        : rule.mode() == Mode.ADVISORY ? "0, advisory" : String.valueOf(rule.weight());
  }

  private static NativeTable table(List<String> columns) {
    NativeTable table = new NativeTable();
    table.addClassName("table");
    NativeTableRow head = table.getHead().addRow();
    columns.forEach(name -> head.addHeaderCell().setText(name));
    return table;
  }

  private static Section card(String title, Component... content) {
    H2 heading = new H2(title);
    heading.addClassName("label");
    Section card = new Section(heading);
    card.add(content);
    card.addClassNames("card", "stack");
    return card;
  }
}
