package dev.plimsoll.ui.profiles;

import com.vaadin.flow.router.AccessDeniedException;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Location;
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
import dev.plimsoll.ui.widgets.Screen;
import jakarta.annotation.security.PermitAll;

/** Changes a profile, which makes a version. */
@Route(Place.EditProfile.ROUTE)
@PageTitle("Edit profile · Plimsoll")
@PermitAll
public class EditProfileView extends Screen implements BeforeEnterObserver {
  private final Profiles profiles;
  private final ProfilePreview previews;
  private final Checks checks;
  private final Errands errands;
  private final Rights rights;

  EditProfileView(
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
    ProfileRecord profile;
    try {
      profile = profiles.get(event.getRouteParameters().get("profileId").orElse(""), null);
    } catch (NoSuchProfile e) {
      NothingThere.show(event, String.valueOf(e.getMessage()));
      return;
    }
    if (profile.shipped()) {
      Location copy = new Location(new Place.NewProfile(profile.id()).url());
      event.forwardTo(copy.getPath(), copy.getQueryParameters());
      return;
    }
    ProfileEditor editor =
        new ProfileEditor(
            checks.rules(),
            profile,
            previews,
            errands,
            form -> profiles.change(profile.id(), form.description(), form.chosen()));
    editor.keepName();
    removeAll();
    add(new Heading("Edit " + profile.name()), editor);
  }
}
