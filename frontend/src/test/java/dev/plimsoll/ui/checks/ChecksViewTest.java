package dev.plimsoll.ui.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridTester;
import com.vaadin.flow.component.textfield.TextField;
import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.ui.testing.AsViewer;
import dev.plimsoll.ui.testing.ViewTest;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The catalogue of checks")
class ChecksViewTest extends ViewTest {
  @SuppressWarnings("unchecked")
  private GridTester<Grid<CheckRow>, CheckRow> grid() {
    return test((Grid<CheckRow>) find(Grid.class).single());
  }

  @Test
  @AsViewer
  @DisplayName("lists every check in catalogue order")
  void all() {
    open("checks");

    assertThat(IntStream.range(0, grid().size()).mapToObj(i -> grid().getRow(i).rule().id()))
        .isEqualTo(Checklist.standard().rules().stream().map(Rule::id).toList());
  }

  @Test
  @AsViewer
  @DisplayName("is restored from a pasted URL")
  void restored() {
    open("checks?kind=container&severity=critical&failing=true&sort=failing&order=desc");

    assertThat(IntStream.range(0, grid().size()).mapToObj(i -> grid().getRow(i)))
        .isNotEmpty()
        .allSatisfy(
            row -> {
              assertThat(row.severity()).isEqualTo("critical");
              assertThat(row.failingSubjects()).isPositive();
            })
        .isSortedAccordingTo((a, b) -> Long.compare(b.failingSubjects(), a.failingSubjects()));
  }

  @Test
  @AsViewer
  @DisplayName("finds a check by its number in a benchmark, and keeps the search in the URL")
  void search() {
    open("checks");
    test(find(TextField.class).single()).setValue("5.4");

    assertAt("checks?q=5.4");
    assertThat(grid().getRow(0).rule().references())
        .anySatisfy(reference -> assertThat(reference.number()).isEqualTo("5.4"));
  }

  @Test
  @AsViewer
  @DisplayName("shows why, how, where it comes from and where it fails")
  void details() {
    open("checks?check=CTR-USER");

    Rule rule =
        Checklist.standard().rules().stream()
            .filter(r -> r.id().equals("CTR-USER"))
            .findFirst()
            .orElseThrow();
    CheckPanel panel = find(CheckPanel.class).single();
    assertThat(panel.getElement().getTextRecursively())
        .contains(rule.title(), rule.rationale(), rule.remediation(), "CIS Docker Benchmark 1.8");
    assertThat(panel.getElement().getOuterHTML()).contains("findings?check=CTR-USER");
  }

  @Test
  @AsViewer
  @DisplayName("narrows to the scope of a profile that the URL names")
  void profile() {
    open("checks?profile=essentials");

    assertThat(IntStream.range(0, grid().size()).mapToObj(i -> grid().getRow(i).rule()))
        .isNotEmpty()
        .allSatisfy(rule -> assertThat(rule.step()).isNotNull());
  }

  @Test
  @AsViewer
  @DisplayName("says how much of each benchmark is looked at, and how far judging anew is")
  void shares() {
    open("checks");

    assertThat(find(ChecksView.class).single().getElement().getTextRecursively())
        .containsPattern(
            "CIS Docker Benchmark 1.8: \\d+ of 118 recommendations have a check here; \\d+ are"
                + " answered on this fleet")
        .contains("CIS Docker Benchmark 1.6/1.7", "of 117", "3 of 12 hosts", "pay-02");
  }
}
