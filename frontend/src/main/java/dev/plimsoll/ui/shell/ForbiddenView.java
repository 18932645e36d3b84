package dev.plimsoll.ui.shell;

import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.AccessDeniedException;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.ParentLayout;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.widgets.EmptyState;
import dev.plimsoll.ui.widgets.Links;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.http.HttpServletResponse;

/** What stands where a role does not reach. */
@ParentLayout(PortalLayout.class)
@PermitAll
public class ForbiddenView extends Main
    implements HasErrorParameter<AccessDeniedException>, HasDynamicTitle {
  @Override
  public int setErrorParameter(
      BeforeEnterEvent event, ErrorParameter<AccessDeniedException> parameter) {
    add(
        new EmptyState(
            "Your role does not reach here",
            "You can look at hosts and findings, but this screen changes something. "
                + "Ask an administrator for the role.",
            Links.button(Place.Fleet.NOW, "Go to Fleet")));
    return HttpServletResponse.SC_FORBIDDEN;
  }

  @Override
  public String getPageTitle() {
    return "Not allowed · Plimsoll";
  }
}
