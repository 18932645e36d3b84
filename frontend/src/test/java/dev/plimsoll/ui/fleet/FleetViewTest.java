package dev.plimsoll.ui.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.html.Anchor;
import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.posture.CoverageTotals;
import dev.plimsoll.posture.HostRow;
import dev.plimsoll.posture.Scope;
import dev.plimsoll.ui.testing.AsAdministrator;
import dev.plimsoll.ui.testing.AsViewer;
import dev.plimsoll.ui.testing.FakeFleet;
import dev.plimsoll.ui.testing.ViewTest;
import dev.plimsoll.ui.widgets.EmptyState;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.TrendChart;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The first page")
class FleetViewTest extends ViewTest {
  @Test
  @AsViewer
  @DisplayName("shows one number, its band, and how much is known")
  void headline() {
    open("");

    var score = fleet().overview(null).score();
    assertThat(text())
        .contains("Score of fleet", Figures.score(score.score()), "of 100")
        .contains("Would be " + Figures.score(score.scoreHigh()) + " if every unknown passed.")
        .contains("88% of the weight has a known answer");
    assertThat(find(TrendChart.class).single().getElement().getAttribute("aria-label"))
        .contains("90 days");
  }

  @Test
  @AsViewer
  @DisplayName("makes every number a link to its rows, at its instant where the rows have one")
  void numbersAreLinks() {
    open("");

    String at = fleet().now().toString().replace(":", "%3A");
    long critical = fleet().overview(null).openFindings().getOrDefault("critical", 0L);
    assertThat(hrefs(Figures.count(critical))).contains("findings?severity=critical");
    assertThat(hrefs(Figures.count(fleet().overview(null).score().hostsWithCritical())))
        .contains("hosts?sort=open-criticals&order=desc&asOf=" + at);
    CoverageTotals.States data = fleet().coverage().totals(new Scope.Fleet()).all();
    assertThat(
            hrefs(
                Figures.percentOf(
                    data.of(CoverageState.PROTECTED).count(), data.promised().count())))
        .containsExactly("coverage");
    HostRow worst = fleet().overview(null).worstHosts().getFirst();
    assertThat(hrefs(worst.name())).containsExactly("hosts/" + worst.id());
  }

  @Test
  @AsViewer
  @DisplayName("marks where the line breaks, and shows the past under what counts now when asked")
  void retold() {
    open("");
    assertThat(text()).contains("the line breaks there");
    assertThat(find(TrendChart.class).single().getElement().getProperty("breaks")).contains("-");
    assertThat(hrefs("Under what counts now")).containsExactly(".?retold=true");

    open("?retold=true");
    assertThat(text()).contains("What was published stays");
    assertThat(find(TrendChart.class).single().getElement().getProperty("breaks"))
        .doesNotContain("-");
    assertThat(hrefs("As published")).containsExactly(".");
  }

  @Test
  @AsViewer
  @DisplayName("narrows to a group that the URL names")
  void group() {
    open("?group=Retail");

    assertThat(text()).contains("Score of Retail");
    assertThat(hrefs("logistics-01")).isEmpty();
    assertThat(hrefs("pay-02")).hasSize(1);
  }

  @Test
  @AsAdministrator
  @DisplayName("without hosts says what to do")
  void empty() {
    services.use(new FakeFleet(fleet().now(), 0));
    open("");

    assertThat(find(EmptyState.class).single().getElement().getTextRecursively())
        .contains("No hosts yet");
    assertThat(hrefs("Add a host")).containsExactly("hosts/new");
  }

  @Test
  @AsViewer
  @DisplayName("without hosts offers a viewer nothing that would be refused")
  void emptyForViewers() {
    services.use(new FakeFleet(fleet().now(), 0));
    open("");

    assertThat(find(EmptyState.class).exists()).isTrue();
    assertThat(find(Anchor.class).all()).noneMatch(a -> a.getHref().contains("hosts/new"));
  }

  @Test
  @AsViewer
  @DisplayName("of the past says so and leads back to now")
  void past() {
    open("?asOf=2026-11-20T12:00:00Z");

    assertThat(text()).contains("This is what was known at 2026-11-20 12:00:00 UTC.");
    assertThat(hrefs("Show now")).containsExactly(".");
  }
}
