package dev.plimsoll.ui.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.ErrorEvent;
import com.vaadin.flow.server.ErrorHandler;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import com.vaadin.flow.spring.annotation.SpringComponent;
import dev.plimsoll.ui.widgets.Messages;
import org.springframework.security.access.AccessDeniedException;

/** Says in a sentence that something failed while a page was open; the stack is for the log. */
@SpringComponent
class IncidentHandler implements VaadinServiceInitListener, ErrorHandler {
  @Override
  public void serviceInit(ServiceInitEvent event) {
    event.getSource().addSessionInitListener(init -> init.getSession().setErrorHandler(this));
  }

  @Override
  public void error(ErrorEvent event) {
    Throwable cause = event.getThrowable();
    String sentence =
        isDenied(cause)
            ? "Your role does not allow that. Ask an administrator for it."
            : Incident.log(cause).sentence();
    UI ui = UI.getCurrent();
    if (ui != null) {
      Messages.refused(sentence);
    }
  }

  private static boolean isDenied(Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof AccessDeniedException) {
        return true;
      }
    }
    return false;
  }
}
