package dev.plimsoll.ui.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import dev.plimsoll.posture.CoverageRow;
import dev.plimsoll.ui.testing.AsViewer;
import dev.plimsoll.ui.testing.FakeFleet;
import dev.plimsoll.ui.testing.ViewTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The loss of a host")
class HostLossViewTest extends ViewTest {
  private static final long UNREAD = 10;
  private static final long PENDING = 12;

  @Test
  @AsViewer
  @DisplayName("tells what is lost for good, what comes back, when, and what stops")
  void loss() {
    open("hosts/1/loss");

    assertThat(text())
        .contains("If pay-01 were lost", "Lost for good", "Comes back")
        .contains("of changes are missing then", "Restored one after the other in about")
        .contains("5 min 18 s, by its own last drill", "not known: no restore was measured")
        .contains("compose:shop/web", "shop-web-1, shop-web-2", "(lost for good)")
        .contains(FakeFleet.HOSTILE_NAME);
    assertThat(find(HostLossView.class).single().getElement().getOuterHTML())
        .doesNotContain("<img src=x");
    CoverageRow data =
        fleet().coverage().rows().stream()
            .filter(row -> row.host().id() == 1)
            .findFirst()
            .orElseThrow();
    assertThat(hrefs(data.name())).containsExactly("coverage/data/" + data.dataId());
    assertThat(find(Button.class).withText("Print").exists()).isTrue();
  }

  @Test
  @AsViewer
  @DisplayName("warns of backups that go with it, and of what was not read")
  void warnings() {
    open("hosts/2/loss");
    assertThat(text()).contains("Backups that lie on this host go with it: local borg.");

    open("hosts/" + UNREAD + "/loss");
    assertThat(text()).contains("as it was last seen, and more may be there");
  }

  @Test
  @AsViewer
  @DisplayName("of the past says so, and keeps its instant in its links")
  void past() {
    String at = fleet().now().minusSeconds(60).toString();
    open("hosts/1/loss?asOf=" + at);

    assertThat(text()).contains("This is what was known at");
    assertThat(hrefs("Show now")).containsExactly("hosts/1/loss");
    assertThat(hrefs("Its data"))
        .containsExactly("hosts/1?tab=data&asOf=" + at.replace(":", "%3A"));
  }

  @Test
  @AsViewer
  @DisplayName("that keeps nothing loses nothing, and of none there is no page")
  void nothing() {
    open("hosts/" + PENDING + "/loss");
    assertThat(text()).contains("No data would be lost", "No container was running.");

    open("hosts/999/loss");
    assertThat(text()).contains("There is no host \"999\".");
  }
}
