package dev.plimsoll.ui.hosts;

import com.vaadin.flow.router.AccessDeniedException;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.plimsoll.collect.Collections;
import dev.plimsoll.fleet.Groups;
import dev.plimsoll.fleet.Hosts;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.ui.live.Errands;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.shell.Rights;
import dev.plimsoll.ui.widgets.Heading;
import dev.plimsoll.ui.widgets.Screen;
import jakarta.annotation.security.PermitAll;

/** Adds a host. */
@Route(Place.NewHost.ROUTE)
@PageTitle("Add a host · Plimsoll")
@PermitAll
public class NewHostView extends Screen implements BeforeEnterObserver {
  private final Rights rights;

  NewHostView(Hosts hosts, Groups groups, Collections collections, Errands errands, Rights rights) {
    this.rights = rights;
    addClassName("form-screen");
    add(
        new Heading("Add a host"),
        new HostEditor(groups, collections, errands, "Add host", Place.Hosts.ALL, hosts::add));
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    if (!rights.may(Permission.MANAGE_HOSTS)) {
      event.rerouteToError(AccessDeniedException.class);
    }
  }
}
