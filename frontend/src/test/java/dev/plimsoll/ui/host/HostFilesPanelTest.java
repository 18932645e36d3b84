package dev.plimsoll.ui.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.upload.Upload;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.ui.testing.AsAnalyst;
import dev.plimsoll.ui.testing.AsViewer;
import dev.plimsoll.ui.testing.FakeHostFiles;
import dev.plimsoll.ui.testing.ViewTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A host's own files")
class HostFilesPanelTest extends ViewTest {
  private static final String TAB = "hosts/" + FakeHostFiles.HOST + "?tab=host-files";

  private String cell(String check, String column) {
    Grid<?> grid = find(Grid.class).single();
    for (int i = 0; i < test(grid).size(); i++) {
      if (test(grid).getLitRendererPropertyValue(i, "check", "check", String.class).equals(check)) {
        return column.equals("outcome")
            ? test(grid).getLitRendererPropertyValue(i, "outcome", "word", String.class)
            : test(grid).getCellText(i, test(grid).getColumnPosition(column));
      }
    }
    throw new AssertionError("no row for " + check);
  }

  @Test
  @AsViewer
  @DisplayName("say of each check the outcome and what it rests on")
  void rows() {
    open(TAB);

    assertThat(cell("HFI-MODE-DOCKERSOCK", "outcome")).isEqualTo("FAIL");
    assertThat(cell("HFI-MODE-DOCKERSOCK", "source")).isEqualTo("Over SSH");
    assertThat(cell("HFI-MODE-SERVICE", "source")).isEqualTo("docker-bench-security 1.6.0");
    assertThat(cell("HST-HARDENED", "source")).isEqualTo("Signed by analyst");
    assertThat(cell("HFI-OWN-TLSCA", "outcome")).isEqualTo("UNKNOWN");
    assertThat(cell("HFI-OWN-TLSCA", "source")).isEqualTo("–");
    assertThat(text()).contains("What people supplied", FakeHostFiles.HOSTILE_STATEMENT);
    assertThat(find(Upload.class).exists()).as("who only looks supplies nothing").isFalse();
    assertThat(find(Button.class).withText("Withdraw").exists()).isFalse();
  }

  @Test
  @AsViewer
  @DisplayName("that nobody looked at come with the three ways to do so")
  void nobodyLooked() {
    open("hosts/1?tab=host-files");

    assertThat(text())
        .contains("Nobody has looked at this host's own files", "over SSH", "docker-bench-security")
        .contains("Sign an attestation");
  }

  @Test
  @AsAnalyst
  @DisplayName("are signed for in a dialog that says what is missing")
  void sign() {
    open(TAB);
    test(find(Button.class).withText("Sign an attestation").single()).click();
    Button submit = find(Button.class).withText("Sign").all().getLast();
    test(submit).click();
    TextArea statement = find(TextArea.class).single();
    assertThat(statement.isInvalid()).isTrue();

    @SuppressWarnings("unchecked")
    RadioButtonGroup<String> outcome = find(RadioButtonGroup.class).single();
    outcome.setValue("PASS");
    @SuppressWarnings("unchecked")
    ComboBox<Rule> check = find(ComboBox.class).single();
    check.setValue(check.getListDataView().getItem(0));
    test(statement).setValue("I looked at it");
    test(submit).click();

    assertThat(text()).contains("I looked at it");
  }

  @Test
  @AsAnalyst
  @DisplayName("as they were are only looked at")
  void past() {
    open(TAB + "&asOf=" + fleet().now().minusSeconds(60));

    assertThat(find(Button.class).withText("Withdraw").exists()).isFalse();
  }
}
