package dev.plimsoll.ui.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.textfield.TextField;
import dev.plimsoll.backup.HeartbeatDraft;
import dev.plimsoll.backup.Heartbeats;
import dev.plimsoll.backup.coverage.DataRef;
import dev.plimsoll.ui.testing.AsAdministrator;
import dev.plimsoll.ui.testing.AsViewer;
import dev.plimsoll.ui.testing.FakeFleet;
import dev.plimsoll.ui.testing.ViewTest;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.springframework.beans.factory.annotation.Autowired;

@DisplayName("Heartbeats")
class HeartbeatsTest extends ViewTest {
  @Autowired private Heartbeats heartbeats;

  @BeforeEach
  void begin() {
    clearInvocations(heartbeats);
    open("coverage/sources");
  }

  private void press(String text) {
    test(find(Button.class).withText(text).all().getFirst()).click();
  }

  private TextField field(String label) {
    return find(TextField.class).withLabel(label).single();
  }

  private String dialog() {
    return find(AddressDialog.class).single().getElement().getTextRecursively();
  }

  @Test
  @AsViewer
  @DisplayName("tell how their jobs do, and why")
  void list() {
    assertThat(text())
        .contains("shop dump", "volume shop_db on pay-01", "24 h, grace 1 h")
        .contains("Up", "The last run succeeded.", "Down", "The last run failed.")
        .contains(FakeFleet.HOSTILE_NAME);
    assertThat(find(Button.class).withText("New heartbeat").exists()).isFalse();
  }

  @Test
  @AsAdministrator
  @DisplayName("show their address once, with a crontab line")
  void create() {
    press("New heartbeat");
    test(field("Name of the job")).setValue("nightly");
    test(field("Host")).setValue("1");
    test(field("Name of the volume")).setValue("shop_db");
    press("Make the address");

    ArgumentCaptor<HeartbeatDraft> draft = ArgumentCaptor.forClass(HeartbeatDraft.class);
    verify(heartbeats).create(draft.capture());
    assertThat(draft.getValue().hostId()).isEqualTo(1);
    assertThat(draft.getValue().data()).isEqualTo(DataRef.volume("shop_db"));
    assertThat(draft.getValue().period()).isEqualTo(Duration.ofHours(24));
    assertThat(draft.getValue().grace()).isEqualTo(Duration.ofHours(1));
    assertThat(dialog())
        .contains("/api/v1/heartbeats/tokenShownOnce", "curl", "/$?", "shown this once");

    press("I have kept it");
    open("coverage/sources");
    assertThat(find(AddressDialog.class).exists()).isFalse();
    assertThat(text()).doesNotContain("tokenShownOnce");
  }

  @Test
  @AsAdministrator
  @DisplayName("say at the field what cannot be accepted")
  void refused() {
    press("New heartbeat");
    test(field("Host")).setValue("99");
    press("Make the address");
    assertThat(field("Host").getErrorMessage()).isEqualTo("There is no host of that name.");

    test(field("Host")).setValue("1");
    press("Make the address");
    assertThat(field("Name of the job").getErrorMessage()).isEqualTo("is empty. Give one.");
  }

  @Test
  @AsAdministrator
  @DisplayName("get another address, or end, after it was said what that means")
  void change() {
    press("New address");
    test(find(ConfirmDialog.class).single()).confirm();
    verify(heartbeats).rotate(7L);
    assertThat(dialog()).contains("anotherToken");
    press("I have kept it");

    press("Remove heartbeat");
    ConfirmDialog removal = find(ConfirmDialog.class).all().getLast();
    verify(heartbeats, never()).remove(7L);
    test(removal).confirm();
    verify(heartbeats).remove(7L);
  }
}
