package dev.plimsoll.ui.policies;

import com.vaadin.flow.router.AccessDeniedException;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.plimsoll.backup.BackupPolicies;
import dev.plimsoll.backup.coverage.Selector;
import dev.plimsoll.fleet.Groups;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.ui.live.Errands;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.shell.Rights;
import dev.plimsoll.ui.widgets.Heading;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Messages;
import dev.plimsoll.ui.widgets.Screen;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes a backup policy. */
@Route(Place.NewPolicy.ROUTE)
@PageTitle("New policy · Plimsoll")
@PermitAll
public class NewPolicyView extends Screen implements BeforeEnterObserver {
  private final BackupPolicies policies;
  private final Groups groups;
  private final Errands errands;
  private final Rights rights;
  private final Clock clock;

  NewPolicyView(
      BackupPolicies policies, Groups groups, Errands errands, Rights rights, Clock clock) {
    this.policies = policies;
    this.groups = groups;
    this.errands = errands;
    this.rights = rights;
    this.clock = clock;
    addClassName("wide-form-screen");
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    if (!rights.may(Permission.MANAGE_BACKUPS)) {
      event.rerouteToError(AccessDeniedException.class);
      return;
    }
    Place.Parsed<Place.NewPolicy> parsed =
        Place.NewPolicy.parse(event.getLocation().getQueryParameters());
    Messages.problems(parsed.problems());
    PolicyEditor editor =
        new PolicyEditor(
            groups,
            policies::preview,
            errands,
            clock,
            draft -> {
              policies.create(draft);
              Messages.done("Saved. The hosts concerned are judged by it.");
              getUI().ifPresent(ui -> Links.go(ui, new Place.Policies()));
            });
    editor.show(begin(parsed.place()), parsed.place().exempt());
    removeAll();
    add(new Heading("New policy"), editor);
  }

  private static Selector begin(Place.NewPolicy place) {
    String name = place.name();
    return new Selector(
        place.kind() == null ? Set.of() : Set.of(place.kind()),
        null,
        null,
        List.of(),
        Map.of(),
        Map.of(),
        name == null ? List.of() : List.of(name),
        null,
        null);
  }
}
