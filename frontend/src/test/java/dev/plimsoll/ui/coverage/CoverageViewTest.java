package dev.plimsoll.ui.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridTester;
import com.vaadin.flow.component.textfield.TextField;
import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.posture.CoverageQuery;
import dev.plimsoll.posture.CoverageRow;
import dev.plimsoll.posture.CoverageTotals;
import dev.plimsoll.posture.Scope;
import dev.plimsoll.ui.testing.AsViewer;
import dev.plimsoll.ui.testing.FakeFleet;
import dev.plimsoll.ui.testing.ViewTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Coverage")
class CoverageViewTest extends ViewTest {
  private GridTester<Grid<CoverageRow>, CoverageRow> grid() {
    return test(find(CoverageGrid.class).single());
  }

  private long count(CoverageState state) {
    return fleet().coverage().rows().stream().filter(row -> row.state() == state).count();
  }

  @Test
  @AsViewer
  @DisplayName("says in words how much is protected, each number a link to its rows")
  void headline() {
    open("coverage");

    long good = count(CoverageState.PROTECTED);
    long promised = fleet().coverage().rows().size() - count(CoverageState.EXEMPT);
    assertThat(text())
        .contains(
            good + " of " + promised + " volumes, directories, writable layers and swarm states",
            good * 100 / promised + "%",
            "not measured");
    assertThat(hrefs(Long.toString(good))).contains("coverage?state=protected");
    assertThat(hrefs(Long.toString(count(CoverageState.UNPROTECTED))))
        .contains("coverage?state=unprotected");
    CoverageTotals.OffHost lying = fleet().coverage().totals(new Scope.Fleet()).offHost();
    long away = lying == null ? 0 : lying.yes();
    assertThat(hrefs(Long.toString(away))).contains("coverage?state=protected&offHost=true");
  }

  @Test
  @AsViewer
  @DisplayName("lists what is most urgent first")
  void urgentFirst() {
    open("coverage");

    assertThat(grid().size()).isEqualTo(fleet().coverage().rows().size());
    assertThat(grid().getRow(0).state()).isEqualTo(CoverageState.FAILED);
  }

  @Test
  @AsViewer
  @DisplayName("is restored from a pasted URL, filters, order and measure")
  void restored() {
    open("coverage?state=unprotected&kind=layer&host=1&sort=name&order=desc&by=bytes");

    assertThat(grid().size()).isEqualTo(1);
    assertThat(find(Button.class).withText("Host: pay-01").exists()).isTrue();
    assertThat(grid().getSortDirection(CoverageQuery.Sort.NAME.name())).isNotNull();
    assertThat(text()).contains("Data of pay-01 that is protected", "What was not measured");
  }

  @Test
  @AsViewer
  @DisplayName("puts what narrows it into the URL")
  void filters() {
    open("coverage?state=late&host=2");
    test(find(Button.class).withText("Host: pay-02").single()).click();
    assertAt("coverage?state=late");

    test(find(Checkbox.class).withLabel("Used by nothing").single()).click();
    assertAt("coverage?state=late&orphaned=true");

    test(find(TextField.class).withPlaceholder("Name, host or policy").single()).setValue("data");
    assertAt("coverage?state=late&orphaned=true&q=data");
  }

  @Test
  @AsViewer
  @DisplayName("has the time line as a table too, and switches to bytes")
  void timeLine() {
    open("coverage");

    assertThat(text()).contains("Time line as a table", "Last 90 days");
    assertThat(hrefs("By bytes")).containsExactly("coverage?by=bytes");
    String drawn = find(CoverageChart.class).single().getElement().getAttribute("aria-label");
    assertThat(drawn).contains("% protected");
  }

  @Test
  @AsViewer
  @DisplayName("hands a stranger's name on as text")
  void hostile() {
    open("coverage?q=onerror");

    String name = grid().getLitRendererPropertyValue(0, "NAME", "name", String.class);
    assertThat(name).isEqualTo("/srv/" + FakeFleet.HOSTILE_NAME);
  }

  @Test
  @AsViewer
  @DisplayName("of the past says so, and leads back")
  void past() {
    String at = fleet().now().minusSeconds(60).toString();
    open("coverage?asOf=" + at);

    assertThat(text()).contains("This is what was known at");
    assertThat(hrefs("Show now")).containsExactly("coverage");

    open("coverage?asOf=" + at + "&knownAt=" + fleet().now());
    assertThat(text()).contains("This is how things stood at", "told with what was known at");
  }

  @Test
  @AsViewer
  @DisplayName("of the future is refused in words")
  void future() {
    open("coverage?asOf=" + fleet().now().plusSeconds(3600));

    assertThat(text()).contains("lies in the future");
  }

  @Test
  @AsViewer
  @DisplayName("without data says where it comes from, without matches how to see all")
  void empty() {
    services.use(new FakeFleet(fleet().now(), 0));
    open("coverage");
    assertThat(text()).contains("No data is kept yet");

    open("coverage?q=nothing");
    assertThat(text()).contains("Nothing matches");
  }
}
