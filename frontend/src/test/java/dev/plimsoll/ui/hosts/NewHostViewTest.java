package dev.plimsoll.ui.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.assertArg;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.verify;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.plimsoll.checklist.ReadingSwitch;
import dev.plimsoll.fleet.Credential;
import dev.plimsoll.fleet.Hosts;
import dev.plimsoll.ui.testing.AsAdministrator;
import dev.plimsoll.ui.testing.AsAnalyst;
import dev.plimsoll.ui.testing.ViewTest;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@DisplayName("Adding a host")
class NewHostViewTest extends ViewTest {
  @Autowired private Hosts hosts;

  @BeforeEach
  void forgetOtherTests() {
    clearInvocations(hosts);
  }

  private void fill(String label, String value) {
    test(find(TextField.class).withLabel(label).single()).setValue(value);
  }

  private void click(String text) {
    test(find(Button.class).withText(text).single()).click();
    roundTrip();
  }

  @Test
  @AsAdministrator
  @DisplayName("over TLS hands on what was typed and leads to the host")
  void addsOverTls() {
    open("hosts/new");
    fill("Name", " edge-9 ");
    fill("Address", "10.0.0.9");
    fill("Labels", "site=hel1, tier");
    test(find(TextArea.class).withLabel("Certificate authority").single()).setValue("CA PEM");
    test(find(TextArea.class).withLabel("Client key").single()).setValue("KEY PEM");

    click("Add host");

    verify(hosts)
        .add(
            assertArg(
                draft -> {
                  assertThat(draft.name()).isEqualTo("edge-9");
                  assertThat(draft.endpoint()).isEqualTo("tcp://10.0.0.9:2376");
                  assertThat(draft.labels())
                      .containsEntry("site", "hel1")
                      .containsEntry("tier", "");
                  assertThat(draft.intervalSeconds()).isEqualTo(900);
                  assertThat(draft.credential())
                      .isEqualTo(new Credential.Tls("CA PEM", null, "KEY PEM"));
                }));
    assertAt("hosts/1");
  }

  @Test
  @AsAdministrator
  @DisplayName("shows each error at its field")
  void errors() {
    open("hosts/new");
    click("Add host");
    TextField name = find(TextField.class).withLabel("Name").single();
    assertThat(name.isInvalid()).isTrue();
    assertThat(name.getErrorMessage()).isEqualTo("The name is empty. Give one.");

    fill("Name", "pay-01");
    click("Add host");

    assertThat(name.getErrorMessage()).contains("\"pay-01\" already exists");
    assertAt("hosts/new");
  }

  @Test
  @AsAdministrator
  @DisplayName("asks for what the way to reach it needs, and nothing else")
  void kinds() {
    open("hosts/new");
    @SuppressWarnings("unchecked")
    RadioButtonGroup<EndpointKind> kind = find(RadioButtonGroup.class).single();

    kind.setValue(EndpointKind.UNIX);
    assertThat(find(TextField.class).withLabel("Socket").exists()).isTrue();
    assertThat(find(TextArea.class).exists()).isFalse();

    kind.setValue(EndpointKind.SSH);
    assertThat(find(TextField.class).withLabel("User").exists()).isTrue();
    assertThat(find(TextArea.class).all().stream().map(TextArea::getLabel))
        .containsExactly("Private key", "Host key");
  }

  @Test
  @AsAdministrator
  @DisplayName("switches readings on, those of the host's files over SSH alone")
  void readings() {
    open("hosts/new");
    fill("Name", "edge-10");
    fill("Address", "10.0.0.10");
    ReadingField readings = find(ReadingField.class).single();
    assertThat(readings.getItemEnabledProvider().test(ReadingSwitch.HOST_FILES)).isFalse();
    assertThat(readings.getItemHelperGenerator().apply(ReadingSwitch.EVENTS))
        .contains("Commands are never kept.");
    readings.setValue(Set.of(ReadingSwitch.EVENTS));

    click("Add host");

    verify(hosts)
        .add(
            assertArg(draft -> assertThat(draft.readings()).containsExactly(ReadingSwitch.EVENTS)));

    open("hosts/new");
    @SuppressWarnings("unchecked")
    RadioButtonGroup<EndpointKind> kind = find(RadioButtonGroup.class).single();
    kind.setValue(EndpointKind.SSH);
    assertThat(
            find(ReadingField.class)
                .single()
                .getItemEnabledProvider()
                .test(ReadingSwitch.HOST_FILES))
        .isTrue();
  }

  @Test
  @AsAnalyst
  @DisplayName("is not for analysts")
  void forbidden() {
    open("hosts/new");

    assertThat(text()).contains("Your role does not reach here");
  }
}
