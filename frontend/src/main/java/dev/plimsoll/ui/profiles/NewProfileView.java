package dev.plimsoll.ui.profiles;

import com.vaadin.flow.router.AccessDeniedException;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.plimsoll.compliance.NoSuchProfile;
import dev.plimsoll.compliance.ProfilePreview;
import dev.plimsoll.compliance.ProfileRecord;
import dev.plimsoll.compliance.Profiles;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.posture.Checks;
import dev.plimsoll.ui.live.Errands;
import dev.plimsoll.ui.navigation.NothingThere;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.shell.Rights;
import dev.plimsoll.ui.widgets.Heading;
import dev.plimsoll.ui.widgets.Messages;
import dev.plimsoll.ui.widgets.Screen;
import jakarta.annotation.security.PermitAll;

/** Makes a profile, as a copy of another to begin with. */
@Route(Place.NewProfile.ROUTE)
@PageTitle("New profile · Plimsoll")
@PermitAll
public class NewProfileView extends Screen implements BeforeEnterObserver {
  private final Profiles profiles;
  private final ProfilePreview previews;
  private final Checks checks;
  private final Errands errands;
  private final Rights rights;

  NewProfileView(
      Profiles profiles, ProfilePreview previews, Checks checks, Errands errands, Rights rights) {
    this.profiles = profiles;
    this.previews = previews;
    this.checks = checks;
    this.errands = errands;
    this.rights = rights;
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    if (!rights.may(Permission.MANAGE_CHECKS)) {
      event.rerouteToError(AccessDeniedException.class);
      return;
    }
    Place.Parsed<Place.NewProfile> parsed =
        Place.NewProfile.parse(event.getLocation().getQueryParameters());
    Messages.problems(parsed.problems());
    String copyOf = parsed.place().copyOf();
    ProfileRecord origin;
    try {
      origin = profiles.get(copyOf == null ? "everything" : copyOf, null);
    } catch (NoSuchProfile e) {
      NothingThere.show(event, String.valueOf(e.getMessage()));
      return;
    }
    removeAll();
    add(
        new Heading("New profile"),
        new ProfileEditor(
            checks.rules(),
            copyOf == null ? origin.named("", "") : origin.named("Copy of " + origin.name(), ""),
            previews,
            errands,
            form -> profiles.create(form.name(), form.description(), form.chosen())));
  }
}
