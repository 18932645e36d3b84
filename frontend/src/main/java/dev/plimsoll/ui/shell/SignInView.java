package dev.plimsoll.ui.shell;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.login.LoginForm;
import com.vaadin.flow.component.login.LoginI18n;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.WrappedSession;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import com.vaadin.flow.spring.security.AuthenticationContext;
import dev.plimsoll.access.SignInRefused;
import dev.plimsoll.ui.widgets.Moments;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.WebAttributes;

/** Where people sign in with a local account. */
@Route(value = SignInView.ROUTE, autoLayout = false)
@PageTitle("Sign in · Plimsoll")
@AnonymousAllowed
public class SignInView extends Main implements BeforeEnterObserver {
  static final String ROUTE = "sign-in";

  private final LoginForm form = new LoginForm();
  private final AuthenticationContext authentication;

  SignInView(AuthenticationContext authentication) {
    this.authentication = authentication;
    addClassName("sign-in");
    form.setI18n(
        texts(
            "That did not work",
            "Name and password do not belong together. Check both, or ask an administrator."));
    form.setForgotPasswordButtonVisible(false);
    form.setAction(ROUTE);
    H1 name = new H1("Plimsoll");
    Div brand = new Div(new Logo(), name);
    brand.addClassName("brand");
    Div card = new Div(brand, new Paragraph("Where every Docker host stands."), form);
    card.addClassName("card");
    add(card);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    if (authentication.isAuthenticated()) {
      event.forwardTo("");
      return;
    }
    boolean failed = event.getLocation().getQueryParameters().getParameters().containsKey("error");
    if (failed && lastFailure() instanceof SignInRefused refused) {
      form.setI18n(
          texts(
              "Too many attempts",
              "For a while nobody can sign in with this name from here. Try again after "
                  + Moments.exact(refused.until())
                  + "."));
    }
    form.setError(failed);
  }

  /** What Spring Security kept of the attempt before this page; null if there was none. */
  private static @Nullable Object lastFailure() {
    WrappedSession session = VaadinRequest.getCurrent().getWrappedSession(false);
    return session == null ? null : session.getAttribute(WebAttributes.AUTHENTICATION_EXCEPTION);
  }

  private static LoginI18n texts(String errorTitle, String errorMessage) {
    LoginI18n texts = LoginI18n.createDefault();
    LoginI18n.Form words = texts.getForm();
    words.setTitle("Sign in");
    words.setUsername("Name");
    words.setPassword("Password");
    words.setSubmit("Sign in");
    LoginI18n.ErrorMessage error = texts.getErrorMessage();
    error.setTitle(errorTitle);
    error.setMessage(errorMessage);
    error.setUsername("Enter your name");
    error.setPassword("Enter your password");
    return texts;
  }
}
