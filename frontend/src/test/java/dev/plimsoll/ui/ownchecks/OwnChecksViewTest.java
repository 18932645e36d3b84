package dev.plimsoll.ui.ownchecks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.server.VaadinSession;
import dev.plimsoll.owncheck.OwnCheckRecord;
import dev.plimsoll.owncheck.OwnCheckStatus;
import dev.plimsoll.posture.SubjectRow;
import dev.plimsoll.ui.testing.AsAdministrator;
import dev.plimsoll.ui.testing.AsViewer;
import dev.plimsoll.ui.testing.FakeFleet;
import dev.plimsoll.ui.testing.ViewTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Own checks")
class OwnChecksViewTest extends ViewTest {
  @BeforeEach
  void freshFleet() {
    services.use(new FakeFleet(fleet().now(), 3));
  }

  private TextArea area(String label) {
    return find(TextArea.class).withLabel(label).single();
  }

  private void click(String text) {
    test(find(Button.class).withText(text).single()).click();
    roundTrip();
  }

  @Test
  @AsAdministrator
  @DisplayName("that are not there yet begin with an example")
  void empty() {
    open("checks/own");
    assertThat(text()).contains("The company has written no check yet");
    assertThat(hrefs("Images from our registry"))
        .containsExactly("checks/own/new?example=registry");

    open("checks/own/new?example=registry");
    assertThat(find(TextField.class).withLabel("ID").single().getValue()).isEqualTo("OWN-REGISTRY");
    assertThat(area("Expression").getValue()).contains("registry.example.com");
  }

  @Test
  @AsAdministrator
  @DisplayName("are drafted, activated and retired")
  void life() {
    open("checks/own/new?example=registry");
    click("Save as draft");
    assertAt("checks/own/OWN-REGISTRY");
    assertThat(statuses()).containsExactly(OwnCheckStatus.DRAFT);

    click("Activate");
    assertThat(statuses()).containsExactly(OwnCheckStatus.ACTIVE);
    assertThat(hrefs("Findings")).hasSize(1);

    click("Retire");
    assertThat(statuses()).containsExactly(OwnCheckStatus.RETIRED);
    assertThat(area("Expression").isReadOnly()).isTrue();
  }

  @Test
  @AsAdministrator
  @DisplayName("say where an expression is wrong while it is typed")
  void problems() {
    open("checks/own/new?example=registry");
    assertThat(area("Expression").isInvalid()).isFalse();

    test(area("Expression")).setValue("dok.Name == 'x'");
    assertThat(area("Expression").isInvalid()).isTrue();
    assertThat(text()).contains("Line 1, column 1: There is no dok here.");

    test(area("Expression")).setValue("doc.Name == 'x'");
    assertThat(area("Expression").isInvalid()).isFalse();
  }

  @Test
  @AsAdministrator
  @DisplayName("show each error at its field, and keep nothing")
  void errors() {
    open("checks/own/new");
    click("Save as draft");

    assertThat(find(TextField.class).withLabel("What passes").single().getErrorMessage())
        .isEqualTo("Is empty. Say in one line what state passes.");
    assertThat(statuses()).isEmpty();
  }

  @Test
  @AsAdministrator
  @DisplayName("are not activated while something is not saved")
  void unsaved() {
    open("checks/own/new?example=registry");
    click("Save as draft");
    test(area("Expression")).setValue("doc.Name == 'x'");

    click("Activate");

    assertThat(statuses()).containsExactly(OwnCheckStatus.DRAFT);
  }

  @Test
  @AsAdministrator
  @DisplayName("show who would fail, today and a quarter ago")
  void tryOut() {
    open("checks/own/new?example=registry");
    click("Try it");
    await()
        .pollInSameThread()
        .until(
            () -> {
              VaadinSession session = VaadinSession.getCurrent();
              session.getService().runPendingAccessTasks(session);
              return text().contains("90 days ago");
            });

    assertThat(text())
        .contains("Today", "90 days ago", "Nothing of this kind was known then.")
        .contains(".Config.Image = \"shop/web:2\"", "1 unknown: .Config.Image is missing");
    SubjectRow first =
        fleet().subjects().stream()
            .filter(subject -> subject.kind().equals("container"))
            .findFirst()
            .orElseThrow();
    assertThat(hrefs(first.name())).contains("subjects/" + first.id());
  }

  @Test
  @AsViewer
  @DisplayName("can be read by everybody, and changed by nobody who may not")
  void reading() {
    services.fleet().keep(Example.OWNER.draft(), OwnCheckStatus.ACTIVE);
    open("checks/own");
    assertThat(hrefs("Write a check")).isEmpty();

    open("checks/own/OWN-OWNER-LABEL");
    assertThat(area("Expression").isReadOnly()).isTrue();
    assertThat(find(Button.class).withText("Retire").exists()).isFalse();

    open("checks/own/new");
    assertThat(text()).contains("Your role does not reach here");
    open("checks/own/OWN-NONE");
    assertThat(text()).contains("There is no such own check.");
  }

  @Test
  @DisplayName("have paths as an expression names them, whatever a document's names hold")
  void paths() {
    assertThat(
            JsonPaths.of(
                "doc",
                "{\"A\":{\"b.c\":1,\"it's\":[{\"x\":null},{\"x\":2}]},\"E\":[],\"L\":[\"a\"]}"))
        .extracting(JsonPaths.Field::expression)
        .containsExactly(
            "doc.A['b.c']", "doc.A['it\\'s'][0].x", "doc.A['it\\'s'][1].x", "doc.E", "doc.L");
  }

  private List<OwnCheckStatus> statuses() {
    return fleet().ownChecks().stream().map(OwnCheckRecord::status).toList();
  }
}
