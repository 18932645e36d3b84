package dev.plimsoll.ui.fix;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import dev.plimsoll.posture.FindingRow;
import dev.plimsoll.ui.testing.AsViewer;
import dev.plimsoll.ui.testing.ViewTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Fixes")
class FixViewsTest extends ViewTest {
  @Test
  @AsViewer
  @DisplayName("stand with a finding: the change, what else it clears, and what it may break")
  void ofFinding() {
    FindingRow finding =
        fleet().findings().stream()
            .filter(f -> f.check().equals("CTR-PRIV") && !f.status().equals("RESOLVED"))
            .findFirst()
            .orElseThrow();
    open("findings?finding=" + finding.id());

    assertThat(find(FixSection.class).single().getElement().getTextRecursively())
        .contains("--privileged", "Also clears 2 other findings", "It may break something")
        .contains("privileged: false");
  }

  @Test
  @AsViewer
  @DisplayName("stand with a verdict that fails, and not in the past")
  void ofVerdict() {
    FindingRow finding =
        fleet().findings().stream()
            .filter(f -> f.check().equals("CTR-PRIV") && !f.subjects().isEmpty())
            .findFirst()
            .orElseThrow();
    String page = "subjects/" + finding.subjects().getFirst().id() + "?check=CTR-PRIV";
    open(page);
    assertThat(find(FixSection.class).exists()).isTrue();
    open(page + "&asOf=2026-11-01T00:00:00Z");
    assertThat(find(FixSection.class).exists()).isFalse();
  }

  @Test
  @AsViewer
  @DisplayName("are planned for a goal that stands in the URL")
  void plan() {
    open("plan?host=1&grade=B");
    assertThat(text())
        .contains("2 changes reach grade B", "Exact: no smaller choice", "shop; reboot")
        .contains("CTR-CAPS, CTR-PRIV", "daemon.json");

    test(find(IntegerField.class).single()).setValue(85);
    assertAt("plan?host=1&score=85");
    assertThat(find(Select.class).single().getValue()).isNull();
    assertThat(text()).contains("2 changes reach score 85");
  }

  @Test
  @AsViewer
  @DisplayName("say what is wrong with an address, and plan for what is left of it")
  void oddAddress() {
    open("plan?score=101&grade=Z&host=x");
    assertThat(text()).contains("reach grade B");
    open("plan?group=Nowhere");
    assertThat(text()).contains("Nothing to plan for", "Plan for the fleet");
  }

  @Test
  @AsViewer
  @DisplayName("of images are listed once for all hosts")
  void rebuilds() {
    open("rebuilds");
    assertThat(text())
        .contains("shop/web", "3 findings on 3 hosts", "USER 10001:10001", "IMG-HEALTH");
    open("rebuilds?host=1");
    assertThat(text()).contains("No rebuild would help");
  }
}
