package dev.plimsoll.ui.ownchecks;

import com.vaadin.flow.router.AccessDeniedException;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.plimsoll.owncheck.OwnCheckDraft;
import dev.plimsoll.owncheck.TryOut;
import dev.plimsoll.owncheck.WrittenChecks;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.posture.SubjectList;
import dev.plimsoll.ui.live.Errands;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.shell.Rights;
import dev.plimsoll.ui.widgets.Heading;
import dev.plimsoll.ui.widgets.Messages;
import dev.plimsoll.ui.widgets.Screen;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Writes a check. */
@Route(Place.NewOwnCheck.ROUTE)
@PageTitle("Write a check · Plimsoll")
@PermitAll
public class NewOwnCheckView extends Screen implements BeforeEnterObserver {
  private final WrittenChecks checks;
  private final TryOut tryOut;
  private final SubjectList subjects;
  private final Errands errands;
  private final Rights rights;
  private final Clock clock;

  NewOwnCheckView(
      WrittenChecks checks,
      TryOut tryOut,
      SubjectList subjects,
      Errands errands,
      Rights rights,
      Clock clock) {
    this.checks = checks;
    this.tryOut = tryOut;
    this.subjects = subjects;
    this.errands = errands;
    this.rights = rights;
    this.clock = clock;
    addClassName("wide-form-screen");
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    if (!rights.may(Permission.MANAGE_CHECKS)) {
      event.rerouteToError(AccessDeniedException.class);
      return;
    }
    Place.Parsed<Place.NewOwnCheck> parsed =
        Place.NewOwnCheck.parse(event.getLocation().getQueryParameters());
    Messages.problems(parsed.problems());
    @Nullable OwnCheckDraft start =
        Example.of(parsed.place().example()).map(Example::draft).orElse(null);
    removeAll();
    add(
        new Heading("Write a check"),
        new OwnCheckEditor(checks, tryOut, subjects, errands, clock, null, start, true));
  }
}
