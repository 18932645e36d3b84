package dev.plimsoll.ui.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.plimsoll.backup.BackupPolicies;
import dev.plimsoll.backup.PolicyDraft;
import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.backup.coverage.Policy;
import dev.plimsoll.ui.testing.AsAnalyst;
import dev.plimsoll.ui.testing.AsViewer;
import dev.plimsoll.ui.testing.FakeFleet;
import dev.plimsoll.ui.testing.ViewTest;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.springframework.beans.factory.annotation.Autowired;

@DisplayName("Backup policies")
class PoliciesViewTest extends ViewTest {
  @Autowired private BackupPolicies policies;

  @BeforeEach
  void forget() {
    clearInvocations(policies);
  }

  private void press(String text) {
    test(find(Button.class).withText(text).single()).click();
  }

  @Test
  @AsViewer
  @DisplayName("say what they are for, what they promise, and how that stands")
  void list() {
    open("coverage/policies");

    assertThat(text())
        .contains("Nightly", "RPO 24 h, off the host, restore proven every 30 days")
        .contains("in Retail of environment production", FakeFleet.HOSTILE_NAME)
        .contains("waits for approval by somebody other than administrator");
    long decided = fleet().coverage().rows().stream().filter(row -> row.promise() != null).count();
    assertThat(hrefs(Long.toString(decided))).contains("coverage?policy=1");
    assertThat(hrefs("New policy")).isEmpty();
  }

  @Test
  @AsAnalyst
  @DisplayName("are written in a form that begins with what was asked for")
  void write() {
    open("coverage/policies/new?kind=layer&name=web-1");
    test(find(TextField.class).withLabel("Name").single()).setValue("Web");
    press("Save");

    ArgumentCaptor<PolicyDraft> saved = ArgumentCaptor.forClass(PolicyDraft.class);
    verify(policies).create(saved.capture());
    PolicyDraft draft = saved.getValue();
    assertThat(draft.name()).isEqualTo("Web");
    assertThat(draft.selector().kinds()).containsExactly(DataKind.LAYER);
    assertThat(draft.selector().names()).containsExactly("web-1");
    assertThat(draft.rpo()).isEqualTo(Duration.ofHours(24));
    assertThat(draft.exemptReason()).isNull();
    assertAt("coverage/policies");
  }

  @Test
  @AsAnalyst
  @DisplayName("say at the field what is wrong")
  void refused() {
    open("coverage/policies/new");
    press("Save");

    TextField name = find(TextField.class).withLabel("Name").single();
    assertThat(name.isInvalid()).isTrue();
    assertThat(name.getErrorMessage()).contains("Give a name");
  }

  @Test
  @AsAnalyst
  @DisplayName("exempt with a reason, and promise nothing then")
  void exempt() {
    open("coverage/policies/new?exempt=true");
    test(find(TextField.class).withLabel("Name").single()).setValue("Scratch 2");
    test(find(TextArea.class).withLabel("Why it needs no backup").single()).setValue("Test data");
    press("Save");

    ArgumentCaptor<PolicyDraft> saved = ArgumentCaptor.forClass(PolicyDraft.class);
    verify(policies).create(saved.capture());
    assertThat(saved.getValue().rpo()).isNull();
    assertThat(saved.getValue().exemptReason()).isEqualTo("Test data");
    assertThat(text()).doesNotContain("May lose (RPO)");
  }

  @Test
  @AsAnalyst
  @DisplayName("show what they match as it is typed")
  void preview() {
    open("coverage/policies/new");

    verify(policies, timeout(5000)).preview(argThat(s -> s.kinds().contains(DataKind.VOLUME)));
  }

  @Test
  @AsAnalyst
  @DisplayName("are filled into their form, and changed as another version")
  void change() {
    open("coverage/policies/1");

    assertThat(find(TextField.class).withLabel("Name").single().getValue()).isEqualTo("Nightly");
    assertThat(find(TextArea.class).withLabel("Names").single().getValue())
        .isEqualTo("*_data\n" + FakeFleet.HOSTILE_NAME);
    press("Save");

    Policy before = fleet().coverage().policies().get(1).policy();
    ArgumentCaptor<PolicyDraft> saved = ArgumentCaptor.forClass(PolicyDraft.class);
    verify(policies).change(eq(1L), saved.capture());
    assertThat(saved.getValue().selector().names()).isEqualTo(before.selector().names());
    assertThat(saved.getValue().selector().labels()).isEqualTo(before.selector().labels());
    assertThat(saved.getValue().selector().anonymous()).isFalse();
    assertThat(saved.getValue().restoreTestEvery()).isEqualTo(Duration.ofDays(30));
    assertThat(saved.getValue().offHost()).isTrue();
  }

  @Test
  @AsAnalyst
  @DisplayName("that exempt are approved by somebody other than their author")
  void approve() {
    services.use(new FakeFleet(fleet().now(), 3));
    open("coverage/policies/2");
    assertThat(text()).contains("waits for approval");
    press("Approve");

    verify(policies).approve(2L);
    assertThat(text()).doesNotContain("waits for approval");
  }

  @Test
  @AsAnalyst
  @DisplayName("that are deleted leave data unprotected, which is said before")
  void delete() {
    open("coverage/policies/1");
    press("Delete");

    ConfirmDialog dialog = find(ConfirmDialog.class).single();
    assertThat(dialog.getElement().getTextRecursively()).contains("becomes UNPROTECTED");
    verify(policies, never()).remove(1L);
    test(dialog).confirm();
    verify(policies).remove(1L);
    assertAt("coverage/policies");
  }

  @Test
  @AsViewer
  @DisplayName("are read by a viewer, who changes nothing")
  void viewer() {
    open("coverage/policies/1");

    assertThat(text()).contains("RPO 24 h", "Written by");
    assertThat(find(PolicyEditor.class).exists()).isFalse();
    assertThat(find(RadioButtonGroup.class).exists()).isFalse();
    open("coverage/policies/new");
    assertThat(find(PolicyEditor.class).exists()).isFalse();
    verify(policies, never()).create(any());
  }

  @Test
  @AsAnalyst
  @DisplayName("that there are none is said with what follows")
  void none() {
    services.use(new FakeFleet(fleet().now(), 0));
    open("coverage/policies");
    assertThat(text()).contains("No policy yet", "What no policy matches is UNPROTECTED");

    open("coverage/policies/77");
    assertThat(text()).contains("There is no backup policy \"77\".");
  }
}
