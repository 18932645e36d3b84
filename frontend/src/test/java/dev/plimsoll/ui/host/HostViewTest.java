package dev.plimsoll.ui.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.verify;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.tabs.Tabs;
import com.vaadin.flow.component.textfield.TextField;
import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.collect.SizeReadings;
import dev.plimsoll.posture.CollectionRow;
import dev.plimsoll.posture.CoverageRow;
import dev.plimsoll.posture.HostRow;
import dev.plimsoll.posture.SubjectRow;
import dev.plimsoll.ui.testing.AsAdministrator;
import dev.plimsoll.ui.testing.AsAnalyst;
import dev.plimsoll.ui.testing.AsViewer;
import dev.plimsoll.ui.testing.FakeFleet;
import dev.plimsoll.ui.testing.ViewTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@DisplayName("A host's page")
class HostViewTest extends ViewTest {
  private static final long PARTIAL = 5;
  private static final long UNREACHABLE = 8;
  private static final long PENDING = 12;

  @Autowired private SizeReadings sizes;

  @SuppressWarnings("unchecked")
  private <T> Grid<T> grid() {
    return find(Grid.class).single();
  }

  @Test
  @AsViewer
  @DisplayName("says where the host stands and what its engine says of itself")
  void overview() {
    open("hosts/1");

    HostRow host = fleet().hosts().getFirst();
    assertThat(text())
        .contains(host.name(), host.endpoint(), "Retail/Payments", "of 100")
        .contains("Debian GNU/Linux 12 (bookworm)", "What the checks say of the engine");
    assertThat(find(Button.class).withText("Collect now").exists()).isFalse();
  }

  @Test
  @AsAdministrator
  @DisplayName("offers an administrator what can be done")
  void actions() {
    open("hosts/1");

    assertThat(find(Button.class).all().stream().map(Button::getText))
        .contains("Collect now", "Edit", "Pause", "Decommission");
  }

  @Test
  @AsAdministrator
  @DisplayName("decommissions only after the name was typed")
  void decommission() {
    open("hosts/1");
    test(find(Button.class).withText("Decommission").single()).click();
    Button confirm = find(Button.class).withText("Decommission").all().getLast();
    TextField typed = find(TextField.class).withLabel("Type the host's name to confirm").single();

    test(typed).setValue("pay-02");
    assertThat(confirm.isEnabled()).isFalse();
    test(typed).setValue("pay-01");
    assertThat(confirm.isEnabled()).isTrue();
  }

  @Test
  @AsViewer
  @DisplayName("has its tab, search and order in the URL")
  void containers() {
    open("hosts/1?tab=containers&q=web&sort=name");

    assertThat(find(Tabs.class).single().getSelectedIndex()).isEqualTo(1);
    Grid<SubjectRow> grid = grid();
    assertThat(test(grid).size()).isEqualTo(2);
    assertThat(test(grid).getRow(0).name()).isEqualTo("retail-payments-web-1");

    test(find(TextField.class).withPlaceholder("Name or Docker ID").single()).setValue("db");
    assertAt("hosts/1?tab=containers&q=db&sort=name");
  }

  @Test
  @AsViewer
  @DisplayName("hands a stranger's name on as text")
  void hostileName() {
    open("hosts/1?tab=networks&q=onerror");

    Grid<SubjectRow> grid = grid();
    String name = test(grid).getLitRendererPropertyValue(0, "NAME", "name", String.class);
    assertThat(name).isEqualTo(FakeFleet.HOSTILE_NAME);
  }

  @Test
  @AsViewer
  @DisplayName("names what a collection could not read")
  void collections() {
    open("hosts/" + PARTIAL + "?tab=collections");

    Grid<CollectionRow> grid = grid();
    assertThat(test(grid).size()).isEqualTo(8);
    assertThat(test(grid).getCellText(0, test(grid).getColumnPosition("reason")))
        .isEqualTo("1 call failed");
  }

  @Test
  @AsViewer
  @DisplayName("lists the data that the host keeps, what is most urgent first")
  void data() {
    open("hosts/1?tab=data");

    Grid<CoverageRow> grid = grid();
    long kept = fleet().coverage().rows().stream().filter(row -> row.host().id() == 1).count();
    assertThat(test(grid).size()).isEqualTo((int) kept);
    assertThat(test(grid).getRow(0).state()).isEqualTo(CoverageState.UNPROTECTED);
    assertThat(hrefs("Coverage over time")).containsExactly("coverage?host=1");
    assertThat(hrefs("If this host were lost")).containsExactly("hosts/1/loss");
    assertThat(text())
        .contains("3 volumes (1 anonymous, 1 orphaned), 1 host directory, 1 writable layer")
        .contains("files-data: used through --volumes-from by sync-1")
        .contains("Gone with the container by design", "/run/" + FakeFleet.HOSTILE_NAME)
        .contains("Sizes measured");
    assertThat(find(Button.class).withText("Measure now").exists()).isFalse();
  }

  @Test
  @AsAnalyst
  @DisplayName("has its data measured now, and says where it may not know all of it")
  void measure() {
    open("hosts/" + PARTIAL + "?tab=data");
    assertThat(text()).contains("more writable layers may be here");

    test(find(Button.class).withText("Measure now").single()).click();

    verify(sizes).measureNow(PARTIAL);
  }

  @Test
  @AsViewer
  @DisplayName("says how much of its data is protected")
  void dataProtected() {
    open("hosts/1");

    assertThat(hrefs("2 of 5")).containsExactly("hosts/1?tab=data");
  }

  @Test
  @AsViewer
  @DisplayName("says why the last collection failed")
  void unreachable() {
    open("hosts/" + UNREACHABLE);

    assertThat(text()).contains("Unreachable", "2376 refused the connection");
  }

  @Test
  @AsViewer
  @DisplayName("of a host that was never read says what happens next")
  void pending() {
    open("hosts/" + PENDING);

    assertThat(text()).contains("Not read yet", "This page updates by itself when it ends.");
  }

  @Test
  @AsViewer
  @DisplayName("that there is none is said in words")
  void missing() {
    open("hosts/999");
    assertThat(text()).contains("There is no host \"999\".");

    open("hosts/x");
    assertThat(text()).contains("There is no host \"x\".");
  }
}
