package dev.plimsoll.ui.shell;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.avatar.Avatar;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.contextmenu.SubMenu;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Hr;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import com.vaadin.flow.spring.security.AuthenticationContext;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Who is signed in and in which role, their choice of colours, and the way out. */
class UserMenu extends MenuBar {
  private final Map<ColorSchemeChoice, MenuItem> choices = new EnumMap<>(ColorSchemeChoice.class);

  UserMenu(AuthenticationContext authentication) {
    addClassName("user-menu");
    addThemeVariants(MenuBarVariant.TERTIARY);
    String name = authentication.getPrincipalName().orElse("");
    String role =
        authentication.getGrantedRoles().stream()
            .map(granted -> granted.toLowerCase(Locale.ROOT))
            .sorted()
            .findFirst()
            .orElse("");

    Avatar avatar = new Avatar(name);
    avatar.getElement().setAttribute("aria-hidden", "true");
    Span who = new Span(name);
    who.addClassName("who");
    Span what = new Span(role);
    what.addClassName("role");
    Div words = new Div(who, what);
    words.addClassName("words");
    Div face = new Div(avatar, words);
    face.addClassName("face");
    SubMenu menu = addItem(face).getSubMenu();

    for (ColorSchemeChoice choice : ColorSchemeChoice.values()) {
      MenuItem item = menu.addItem(choice.label(), event -> choose(choice));
      item.setCheckable(true);
      choices.put(choice, item);
    }
    menu.addComponent(new Hr());
    menu.addItem("Sign out", event -> authentication.logout());
  }

  @Override
  protected void onAttach(AttachEvent event) {
    super.onAttach(event);
    ColorSchemeChoice.ask(this, this::check);
  }

  private void choose(ColorSchemeChoice choice) {
    choice.choose(this);
    check(choice);
  }

  private void check(ColorSchemeChoice chosen) {
    choices.forEach((choice, item) -> item.setChecked(choice == chosen));
  }
}
