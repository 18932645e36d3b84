package dev.plimsoll.ui.shell;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.Inline;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.component.page.TargetElement;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.theme.aura.Aura;

/** The page that all screens live in: theme, styles, push, icon. */
@Push
@StyleSheet(Aura.STYLESHEET)
@StyleSheet("context://plimsoll.css")
public class Portal implements AppShellConfigurator {
  @Override
  public void configurePage(AppShellSettings settings) {
    settings.setViewport("width=device-width, initial-scale=1");
    settings.addLink("icon", "plimsoll.svg");
    settings.addMetaTag("description", "Where every Docker host stands");
    // Before the first paint, so that nobody who chose dark is blinded by a white page.
    settings.addInlineWithContents(
        TargetElement.HEAD,
        Inline.Position.PREPEND,
        ColorSchemeChoice.EARLY_SCRIPT,
        Inline.Wrapping.JAVASCRIPT);
  }
}
