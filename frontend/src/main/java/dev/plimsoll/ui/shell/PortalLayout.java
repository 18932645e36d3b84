package dev.plimsoll.ui.shell;

import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.applayout.DrawerToggle;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.sidenav.SideNav;
import com.vaadin.flow.component.sidenav.SideNavItem;
import com.vaadin.flow.router.Layout;
import com.vaadin.flow.spring.security.AuthenticationContext;
import dev.plimsoll.ui.navigation.Place;
import jakarta.annotation.security.PermitAll;

/** The frame around every screen: name, navigation, and whoever is signed in. */
@JsModule("context://plimsoll-time.js")
@Layout
@PermitAll
public class PortalLayout extends AppLayout {
  PortalLayout(AuthenticationContext authentication) {
    setPrimarySection(Section.DRAWER);
    Anchor skip = new Anchor("#content", "Skip to the content");
    skip.addClassName("skip-link");
    skip.setRouterIgnore(true);

    Anchor brand = new Anchor(".", new Logo(), new Span("Plimsoll"));
    brand.addClassName("brand");

    SideNav navigation = new SideNav();
    navigation.getElement().setAttribute("aria-label", "Screens");
    navigation.addItem(
        new SideNavItem("Fleet", Place.Fleet.ROUTE, VaadinIcon.DASHBOARD.create()),
        nested(new SideNavItem("Hosts", Place.Hosts.ROUTE, VaadinIcon.SERVER.create())),
        nested(new SideNavItem("Findings", Place.Findings.ROUTE, VaadinIcon.FLAG_O.create())),
        nested(new SideNavItem("Coverage", Place.Coverage.ROUTE, VaadinIcon.DATABASE.create())),
        nested(new SideNavItem("Plan", Place.Plan.ROUTE, VaadinIcon.ROAD.create())),
        nested(new SideNavItem("Rebuilds", Place.Rebuilds.ROUTE, VaadinIcon.PACKAGE.create())),
        nested(new SideNavItem("Checks", Place.Checks.ROUTE, VaadinIcon.CHECK_SQUARE_O.create())));
    Div nav = new Div(navigation);
    nav.addClassName("nav");
    addToDrawer(skip, brand, nav);
    if (authentication.isAuthenticated()) {
      addToDrawer(new UserMenu(authentication));
    }

    DrawerToggle toggle = new DrawerToggle();
    toggle.setAriaLabel("Navigation");
    Anchor narrowBrand = new Anchor(".", new Logo(), new Span("Plimsoll"));
    narrowBrand.addClassName("brand");
    Div bar = new Div(toggle, narrowBrand);
    bar.addClassName("narrow-bar");
    addToNavbar(bar);
  }

  private static SideNavItem nested(SideNavItem item) {
    item.setMatchNested(true);
    return item;
  }
}
