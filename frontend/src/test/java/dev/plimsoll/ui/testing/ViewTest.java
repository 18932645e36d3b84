package dev.plimsoll.ui.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasElement;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.router.Location;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** What tests of views share: the portal over a fleet in memory, in the test's own JVM. */
@SpringBootTest(classes = FakePortal.class)
@ViewPackages(packages = "dev.plimsoll.ui")
public abstract class ViewTest extends SpringBrowserlessTest {
  @Autowired protected FakeServices services;
  @Autowired private FakeFleet fleet;

  /** The fleet that a test started with. */
  protected FakeFleet fleet() {
    return services.fleet();
  }

  @AfterEach
  void restoreFleet() {
    services.use(fleet);
  }

  /** Goes to a URL as a pasted link does. */
  protected void open(String url) {
    Location location = new Location(url);
    UI.getCurrent().navigate(location.getPath(), location.getQueryParameters());
    roundTrip();
  }

  /** Fails unless the browser is at that URL; the order of parameters says nothing. */
  protected static void assertAt(String url) {
    Location now = UI.getCurrent().getInternals().getActiveViewLocation();
    Location expected = new Location(url);
    assertThat(now.getPath()).isEqualTo(expected.getPath());
    assertThat(now.getQueryParameters().getParameters())
        .isEqualTo(expected.getQueryParameters().getParameters());
  }

  /** All text that the current view holds, grids' rows apart. */
  protected String text() {
    HasElement view = getCurrentView();
    return view.getElement().getTextRecursively();
  }

  /** Where the links with that text lead. */
  protected List<String> hrefs(String text) {
    return find(Anchor.class).all().stream()
        .filter(anchor -> anchor.getElement().getTextRecursively().equals(text))
        .map(Anchor::getHref)
        .toList();
  }

  /** Whether a component of that kind is there and shown. */
  protected <C extends Component> boolean shows(Class<C> type, String text) {
    return find(type).all().stream()
        .anyMatch(component -> component.getElement().getText().equals(text));
  }
}
