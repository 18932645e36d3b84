package dev.plimsoll.ui.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridTester;
import com.vaadin.flow.component.textfield.TextField;
import dev.plimsoll.compliance.Declared;
import dev.plimsoll.ui.testing.AsAdministrator;
import dev.plimsoll.ui.testing.AsViewer;
import dev.plimsoll.ui.testing.ViewTest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is declared")
class DeclaredViewTest extends ViewTest {
  @SuppressWarnings("unchecked")
  private GridTester<Grid<Declared>, Declared> grid() {
    return test((Grid<Declared>) find(Grid.class).single());
  }

  private List<String> values() {
    return IntStream.range(0, grid().size()).mapToObj(i -> grid().getRow(i).value()).toList();
  }

  @Test
  @AsViewer
  @DisplayName("is listed for everybody, and changed only by those who may")
  void listed() {
    open("checks/declared");

    assertThat(values()).contains("registry.example.net:5000", "sysbox-runc");
    assertThat(shows(Button.class, "Declare")).isFalse();
  }

  @Test
  @AsViewer
  @DisplayName("is restored from a pasted URL, and says which checks read it")
  void restored() {
    open("checks/declared?kind=registry");

    assertThat(values()).containsExactly("registry.example.net:5000");
    assertThat(text()).contains("IMG-REGISTRY");
  }

  @Test
  @AsViewer
  @DisplayName("shows what to do where nothing is declared")
  void nothing() {
    open("checks/declared?kind=test-key");

    assertThat(text()).contains("Nothing is declared");
  }

  @Test
  @AsAdministrator
  @DisplayName("is added with a value that is checked, and taken back")
  void added() {
    open("checks/declared?kind=runtime");
    int before = grid().size();
    test(find(Button.class).withText("Declare").single()).click();
    Button confirm = find(Button.class).withText("Declare").all().getLast();
    test(confirm).click();
    TextField value =
        find(TextField.class).all().stream()
            .filter(field -> field.getLabel().equals("Value"))
            .findFirst()
            .orElseThrow();
    assertThat(value.isInvalid()).isTrue();
    test(value).setValue("crun-wasm");
    test(confirm).click();

    assertThat(values()).hasSize(before + 1).contains("crun-wasm");
    assertThat(find(ComboBox.class).all()).isNotEmpty();
  }
}
