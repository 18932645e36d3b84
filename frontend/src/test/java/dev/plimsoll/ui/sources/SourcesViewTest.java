package dev.plimsoll.ui.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.plimsoll.backup.BackupSources;
import dev.plimsoll.backup.SourceDraft;
import dev.plimsoll.backup.SourceType;
import dev.plimsoll.ui.testing.AsAdministrator;
import dev.plimsoll.ui.testing.AsViewer;
import dev.plimsoll.ui.testing.FakeFleet;
import dev.plimsoll.ui.testing.ViewTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.springframework.beans.factory.annotation.Autowired;

@DisplayName("Sources of evidence")
class SourcesViewTest extends ViewTest {
  @Autowired private BackupSources sources;

  @BeforeEach
  void begin() {
    clearInvocations(sources);
    services.use(new FakeFleet(fleet().now(), 1));
  }

  private void press(String text) {
    test(find(Button.class).all().stream()
            .filter(button -> button.getText().equals(text))
            .toList()
            .getLast())
        .click();
  }

  @Test
  @AsViewer
  @DisplayName("tell how they were read, and what to do where that failed")
  void list() {
    open("coverage/sources");

    assertThat(text())
        .contains("restic nightly", "restic repository", "s3:s3.example.net/nightly")
        .contains("412 snapshots, 3 new, 1 unmapped")
        .contains("Wrong password: The passphrase does not open it.", "takes another password")
        .contains("Running", FakeFleet.HOSTILE_NAME);
    assertThat(find(Button.class).withText("Read now").exists()).isFalse();
    assertThat(find(Button.class).withText("Add a source").exists()).isFalse();
  }

  @Test
  @AsViewer
  @DisplayName("list what they show and nothing is given, with the reason")
  void unmapped() {
    open("coverage/sources?source=1");

    assertThat(text())
        .contains("Shown, and given to no data", "No host is called lost-host.")
        .contains("volume={volume}", "volume=" + FakeFleet.HOSTILE_NAME);
    assertThat(find(SourcePanel.class).single().getElement().getOuterHTML())
        .doesNotContain("<img src=x");
  }

  @Test
  @AsAdministrator
  @DisplayName("are read now when somebody asks, but not twice at once")
  void readNow() {
    open("coverage/sources");
    assertThat(find(Button.class).withText("Read now").all().getLast().isEnabled()).isFalse();

    test(find(Button.class).withText("Read now").all().getFirst()).click();

    verify(sources).readNow(1L);
  }

  @Test
  @AsAdministrator
  @DisplayName("are added with a password that is not kept on the page")
  void add() {
    open("coverage/sources");
    press("Add a source");
    test(find(TextField.class).withLabel("Name").single()).setValue("new one");
    test(find(TextField.class).withLabel("Location").single()).setValue("/srv/restic");
    PasswordField password = find(PasswordField.class).single();
    test(password).setValue("secret");
    test(find(TextArea.class).withLabel("Keys of its store").single())
        .setValue("AWS_ACCESS_KEY_ID=a=b\n");
    press("Add");

    ArgumentCaptor<SourceDraft> added = ArgumentCaptor.forClass(SourceDraft.class);
    verify(sources).create(added.capture());
    assertThat(added.getValue().type()).isEqualTo(SourceType.RESTIC);
    assertThat(added.getValue().password()).isEqualTo("secret");
    assertThat(added.getValue().environment()).containsEntry("AWS_ACCESS_KEY_ID", "a=b");
    assertThat(added.getValue().mapping()).isNull();
    assertThat(added.getValue().intervalSeconds()).isEqualTo(3600);
    assertThat(password.getValue()).isEmpty();
    assertThat(text()).contains("new one", "not read yet");
  }

  @Test
  @AsAdministrator
  @DisplayName("that cannot be accepted say why at the field")
  void refused() {
    open("coverage/sources");
    press("Add a source");
    TextField location = find(TextField.class).withLabel("Location").single();
    test(location).setValue("-o=x");
    press("Add");

    assertThat(location.getErrorMessage()).isEqualTo("begins with a dash.");
    assertThat(find(TextArea.class).withLabel("Keys of its store").single().getErrorMessage())
        .isEqualTo("PATH cannot be given.");

    TextArea mapping = find(TextArea.class).withLabel("Which data a snapshot holds").single();
    test(mapping).setValue("{rules");
    press("Add");
    assertThat(mapping.isInvalid()).isTrue();
    assertThat(mapping.getErrorMessage()).contains("is not JSON");
  }

  @Test
  @AsAdministrator
  @DisplayName("of archives need no password")
  void archives() {
    open("coverage/sources");
    press("Add a source");
    @SuppressWarnings("unchecked")
    Select<SourceType> type = find(Select.class).all().getFirst();
    type.setValue(SourceType.ARCHIVES);

    assertThat(find(PasswordField.class).exists()).isFalse();
  }

  @Test
  @AsAdministrator
  @DisplayName("are removed after it was said what that means")
  void remove() {
    open("coverage/sources?source=2");
    test(find(Button.class).withText("Remove").all().get(1)).click();
    ConfirmDialog dialog = find(ConfirmDialog.class).single();
    verify(sources, never()).remove(2L);

    test(dialog).confirm();

    verify(sources).remove(2L);
    assertAt("coverage/sources");
  }

  @Test
  @AsViewer
  @DisplayName("that there are not are said in words")
  void missing() {
    open("coverage/sources?source=77");

    assertThat(test(find(Notification.class).single()).getText())
        .isEqualTo("There is no source 77.");
    assertThat(find(SourcePanel.class).exists()).isFalse();
  }
}
