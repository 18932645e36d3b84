package dev.plimsoll.ui.shell;

import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.ParentLayout;
import dev.plimsoll.ui.navigation.NothingThere;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.widgets.EmptyState;
import dev.plimsoll.ui.widgets.Links;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.http.HttpServletResponse;

/** What stands at an address where nothing is. */
@ParentLayout(PortalLayout.class)
@PermitAll
public class NotFoundView extends Main
    implements HasErrorParameter<NotFoundException>, HasDynamicTitle {
  @Override
  public int setErrorParameter(
      BeforeEnterEvent event, ErrorParameter<NotFoundException> parameter) {
    // The router's own message speaks of routes, which are nothing to people.
    String said =
        parameter.getCaughtException() instanceof NothingThere
            ? parameter.getCustomMessage()
            : "There is no screen at this address. It may have been mistyped.";
    add(
        new EmptyState(
            "Nothing is here",
            said,
            Links.button(Place.Fleet.NOW, "Go to Fleet"),
            Links.button(Place.Hosts.ALL, "See all hosts")));
    return HttpServletResponse.SC_NOT_FOUND;
  }

  @Override
  public String getPageTitle() {
    return "Not found · Plimsoll";
  }
}
