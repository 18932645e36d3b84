package dev.plimsoll.ui.shell;

import com.vaadin.flow.component.html.Main;
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

/** What stands where a screen failed to open. */
@ParentLayout(PortalLayout.class)
@PermitAll
public class FailureView extends Main implements HasErrorParameter<Exception>, HasDynamicTitle {
  @Override
  public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Exception> parameter) {
    Incident incident = Incident.log(parameter.getException());
    add(
        new EmptyState(
            "This screen could not be opened",
            incident.sentence(),
            Links.button(Place.Fleet.NOW, "Go to Fleet")));
    return HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
  }

  @Override
  public String getPageTitle() {
    return "Something failed · Plimsoll";
  }
}
