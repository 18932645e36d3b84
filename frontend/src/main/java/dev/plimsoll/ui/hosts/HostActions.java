package dev.plimsoll.ui.hosts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.contextmenu.GridContextMenu;
import com.vaadin.flow.function.SerializableRunnable;
import com.vaadin.flow.spring.annotation.SpringComponent;
import dev.plimsoll.collect.Collections;
import dev.plimsoll.fleet.Hosts;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.posture.HostRow;
import dev.plimsoll.posture.HostStatus;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.shell.Rights;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Messages;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** What can be done to a host, the same in the list's menu and on the host's page. */
@SpringComponent
public class HostActions {
  private final Hosts hosts;
  private final Collections collections;

  HostActions(Hosts hosts, Collections collections) {
    this.hosts = hosts;
    this.collections = collections;
  }

  /** Something to do, by its name. */
  public record Action(String name, SerializableRunnable run) implements Serializable {
    void addTo(GridContextMenu<HostRow> menu) {
      menu.addItem(name, event -> run.run());
    }

    /** The action as a button. */
    public Button button() {
      return new Button(name, event -> run.run());
    }
  }

  /** What whoever is signed in may do to the host now; {@code changed} is called afterwards. */
  public List<Action> of(HostRow host, Rights rights, SerializableRunnable changed) {
    List<Action> actions = new ArrayList<>();
    if (host.status() == HostStatus.DECOMMISSIONED) {
      return actions;
    }
    if (rights.may(Permission.COLLECT) && host.status() != HostStatus.PAUSED) {
      actions.add(new Action("Collect now", () -> collect(host, changed)));
    }
    if (rights.may(Permission.MANAGE_HOSTS)) {
      actions.add(
          new Action("Edit", () -> Links.go(UI.getCurrent(), new Place.EditHost(host.id()))));
      actions.add(
          host.status() == HostStatus.PAUSED
              ? new Action("Resume", () -> resume(host, changed))
              : new Action("Pause", () -> pause(host, changed)));
      actions.add(new Action("Decommission", () -> decommission(host, changed)));
    }
    return actions;
  }

  private void collect(HostRow host, SerializableRunnable changed) {
    collections.collectNow(host.id());
    Messages.done("Collecting " + host.name() + ".");
    changed.run();
  }

  private void pause(HostRow host, SerializableRunnable changed) {
    hosts.pause(host.id());
    Messages.done(host.name() + " is paused. It goes stale in time.");
    changed.run();
  }

  private void resume(HostRow host, SerializableRunnable changed) {
    hosts.resume(host.id());
    Messages.done(host.name() + " is collected again.");
    changed.run();
  }

  private void decommission(HostRow host, SerializableRunnable changed) {
    new DecommissionDialog(
            host.name(),
            () -> {
              hosts.decommission(host.id());
              Messages.done(host.name() + " is decommissioned. Its history stays.");
              changed.run();
            })
        .open();
  }

  /** A row of buttons for actions. */
  public static Component[] buttons(List<Action> actions) {
    return actions.stream().map(Action::button).toArray(Component[]::new);
  }
}
