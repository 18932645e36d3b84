package dev.plimsoll.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.sidenav.SideNavItem;
import com.vaadin.flow.server.ErrorEvent;
import dev.plimsoll.ui.testing.AsAnalyst;
import dev.plimsoll.ui.testing.AsViewer;
import dev.plimsoll.ui.testing.ViewTest;
import java.io.IOException;
import java.net.URL;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.access.AccessDeniedException;

@DisplayName("The frame around the screens")
class PortalLayoutTest extends ViewTest {
  @Test
  @AsAnalyst
  @DisplayName("names the screens and whoever is signed in")
  void frame() {
    open("");

    assertThat(find(SideNavItem.class).all().stream().map(SideNavItem::getLabel))
        .containsExactly("Fleet", "Hosts", "Findings", "Coverage", "Plan", "Rebuilds", "Checks");
    PortalLayout layout = find(PortalLayout.class).single();
    assertThat(layout.getElement().getTextRecursively())
        .contains("Skip to the content", "Plimsoll");
    assertThat(
            find(UserMenu.class).single().getItems().getFirst().getElement().getTextRecursively())
        .isEqualTo("analystanalyst");
  }

  @Test
  @AsViewer
  @DisplayName("says calmly that an address leads nowhere")
  void nowhere() {
    open("nowhere");

    assertThat(text())
        .contains("Nothing is here", "There is no screen at this address.")
        .doesNotContain("route");
    assertThat(hrefs("Go to Fleet")).containsExactly(".");
  }

  @Test
  @AsViewer
  @DisplayName("shows a fault as a sentence with a number, never its stack")
  void fault() {
    open("");
    new IncidentHandler()
        .error(new ErrorEvent(new IllegalStateException("secret detail of jdbc:postgresql")));

    assertThat(test(find(Notification.class).single()).getText())
        .containsPattern("incident [0-9A-Z]{4}-[0-9A-Z]{4}\\.")
        .doesNotContain("jdbc");
  }

  @Test
  @AsViewer
  @DisplayName("says when a role does not reach")
  void denied() {
    open("");
    new IncidentHandler().error(new ErrorEvent(new AccessDeniedException("Access Denied")));

    assertThat(test(find(Notification.class).single()).getText())
        .isEqualTo("Your role does not allow that. Ask an administrator for it.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plimsoll.css",
        "plimsoll.svg",
        "plimsoll-time.js",
        "plimsoll-chart.js",
        "plimsoll-coverage.js",
        "webjars/echarts/5.5.0/echarts.common.min.js"
      })
  @DisplayName("finds the files that pages load")
  void resources(String path) throws IOException {
    URL file = getClass().getResource("/META-INF/resources/" + path);

    assertThat(file).isNotNull();
    assertThat(file.openConnection().getContentLengthLong()).isPositive();
  }
}
