package dev.plimsoll.ui.findings;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridTester;
import com.vaadin.flow.component.textfield.TextArea;
import dev.plimsoll.posture.FindingQuery;
import dev.plimsoll.posture.FindingRow;
import dev.plimsoll.ui.testing.AsAnalyst;
import dev.plimsoll.ui.testing.AsViewer;
import dev.plimsoll.ui.testing.FakeFleet;
import dev.plimsoll.ui.testing.ViewTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The queue of findings")
class FindingsViewTest extends ViewTest {
  private GridTester<Grid<FindingRow>, FindingRow> grid() {
    return test(find(FindingGrid.class).single());
  }

  private FindingRow open(int nth) {
    return fleet().findings().stream()
        .filter(finding -> finding.status().equals("OPEN") && !finding.advisory())
        .skip(nth)
        .findFirst()
        .orElseThrow();
  }

  private void click(String button) {
    test(find(Button.class).withText(button).single()).click();
  }

  @Test
  @AsViewer
  @DisplayName("has the worst first, and only what counts")
  void worstFirst() {
    open("findings");

    assertThat(grid().getRow(0).severity()).isEqualTo("critical");
    long counted = fleet().findings().stream().filter(finding -> !finding.advisory()).count();
    assertThat(grid().size()).isEqualTo((int) counted);
  }

  @Test
  @AsViewer
  @DisplayName("is restored from a pasted URL")
  void restored() {
    open("findings?severity=high&host=1&advisory=true&sort=check&order=asc");

    assertThat(grid().size()).isPositive();
    assertThat(grid().getRow(0))
        .satisfies(
            row -> {
              assertThat(row.severity()).isEqualTo("high");
              assertThat(row.host().id()).isEqualTo(1);
            });
    assertThat(find(Checkbox.class).withLabel("Advisory too").single().getValue()).isTrue();
    assertThat(find(Button.class).withText("Host: pay-01").exists()).isTrue();
    assertThat(grid().getSortDirection(FindingQuery.Sort.CHECK.name())).isNotNull();
  }

  @Test
  @AsViewer
  @DisplayName("puts filters and selection into the URL")
  void filters() {
    open("findings?severity=critical&host=2");
    click("Host: pay-02");
    assertAt("findings?severity=critical");

    test(find(Checkbox.class).withLabel("Assigned to me").single()).click();
    assertAt("findings?severity=critical&assignee=viewer");
  }

  @Test
  @AsViewer
  @DisplayName("shows a viewer the details and offers nothing to change")
  void viewer() {
    FindingRow finding = open(0);
    open("findings?finding=" + finding.id());

    FindingPanel panel = find(FindingPanel.class).single();
    assertThat(panel.getElement().getTextRecursively())
        .contains(finding.title(), finding.lineage(), "How to fix it", "Opened: the check fails.");
    assertThat(hrefs(finding.subjects().getFirst().name()))
        .contains("subjects/" + finding.subjects().getFirst().id() + "?check=" + finding.check());
    assertThat(find(Button.class).withText("Acknowledge").exists()).isFalse();
    assertThat(find(TextArea.class).exists()).isFalse();
  }

  @Test
  @AsAnalyst
  @DisplayName("lets an analyst acknowledge, take and comment")
  void analyst() {
    FindingRow finding = open(1);
    open("findings?finding=" + finding.id());

    click("Acknowledge");
    click("Assign to me");
    test(find(TextArea.class).withLabel("Comment").single()).setValue("On it <b>now</b>");
    click("Add comment");

    FindingRow changed =
        fleet().findings().stream().filter(f -> f.id() == finding.id()).findFirst().orElseThrow();
    assertThat(changed.status()).isEqualTo("ACKNOWLEDGED");
    assertThat(changed.assignee()).isEqualTo("analyst");
    FindingPanel panel = find(FindingPanel.class).single();
    assertThat(panel.getElement().getTextRecursively()).contains("On it <b>now</b>");
    assertThat(panel.getElement().getOuterHTML()).doesNotContain("<b>now");
    assertThat(find(Button.class).withText("Reopen").exists()).isTrue();
  }

  @Test
  @AsViewer
  @DisplayName("that is empty says what that means")
  void empty() {
    services.use(new FakeFleet(fleet().now(), 0));
    open("findings");
    assertThat(text()).contains("Nothing is open");

    open("findings?q=nothing");
    assertThat(text()).contains("No finding matches");
  }
}
