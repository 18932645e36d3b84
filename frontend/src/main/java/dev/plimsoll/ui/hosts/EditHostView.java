package dev.plimsoll.ui.hosts;

import com.vaadin.flow.router.AccessDeniedException;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.plimsoll.collect.Collections;
import dev.plimsoll.fleet.Groups;
import dev.plimsoll.fleet.HostRecord;
import dev.plimsoll.fleet.Hosts;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.ui.live.Errands;
import dev.plimsoll.ui.navigation.NothingThere;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.shell.Rights;
import dev.plimsoll.ui.widgets.Heading;
import dev.plimsoll.ui.widgets.Screen;
import jakarta.annotation.security.PermitAll;
import java.util.Optional;

/** Changes a host. */
@Route(Place.EditHost.ROUTE)
@PageTitle("Edit a host · Plimsoll")
@PermitAll
public class EditHostView extends Screen implements BeforeEnterObserver {
  private final Hosts hosts;
  private final Groups groups;
  private final Collections collections;
  private final Errands errands;
  private final Rights rights;

  EditHostView(
      Hosts hosts, Groups groups, Collections collections, Errands errands, Rights rights) {
    this.hosts = hosts;
    this.groups = groups;
    this.collections = collections;
    this.errands = errands;
    this.rights = rights;
    addClassName("form-screen");
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    if (!rights.may(Permission.MANAGE_HOSTS)) {
      event.rerouteToError(AccessDeniedException.class);
      return;
    }
    String id = event.getRouteParameters().get("hostId").orElse("");
    Optional<HostRecord> found =
        id.chars().allMatch(Character::isDigit) ? hosts.find(id) : Optional.empty();
    if (found.isEmpty() || found.get().decommissionedAt() != null) {
      NothingThere.show(event, "There is no such host to edit, or it is decommissioned.");
      return;
    }
    HostRecord host = found.get();
    HostEditor editor =
        new HostEditor(
            groups,
            collections,
            errands,
            "Save",
            Place.Host.of(host.id(), null),
            draft -> hosts.edit(host.id(), draft));
    editor.form().show(host);
    removeAll();
    add(new Heading("Edit " + host.name()), editor);
  }
}
