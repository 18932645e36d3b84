package dev.plimsoll.ui.profiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.verify;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.textfield.TextField;
import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.compliance.AssignedProfile;
import dev.plimsoll.compliance.ProfileAssignments;
import dev.plimsoll.compliance.Profiles;
import dev.plimsoll.compliance.ShippedProfile;
import dev.plimsoll.ui.testing.AsAdministrator;
import dev.plimsoll.ui.testing.AsViewer;
import dev.plimsoll.ui.testing.ViewTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.springframework.beans.factory.annotation.Autowired;

@DisplayName("Profiles")
class ProfilesViewTest extends ViewTest {
  @Autowired Profiles profiles;
  @Autowired ProfileAssignments assignments;

  @Test
  @AsViewer
  @DisplayName("are listed with version, scope and reach; a viewer is offered no change")
  void list() {
    open("profiles");

    assertThat(text()).contains("CIS Docker 1.8", "Essentials", "Card data", "Who has which");
    assertThat(hrefs("Card data")).containsExactly("profiles?profile=7");
    assertThat(hrefs("New profile")).isEmpty();
    assertThat(hrefs("Copy")).isEmpty();
  }

  @Test
  @AsAdministrator
  @DisplayName("show what is in scope with what weight, and lead to older versions")
  void detail() {
    open("profiles?profile=7");

    assertThat(text()).contains("CTR-MEM", "10 instead of 3", "CTR-PRIV", "40");
    assertThat(text()).doesNotContain("CTR-CPU");
    assertThat(hrefs("2")).contains("profiles?profile=7&version=2");
    assertThat(hrefs("Edit")).containsExactly("profiles/7/edit");
    assertThat(hrefs("Copy")).containsExactly("profiles/new?copyOf=7");
  }

  @Test
  @AsAdministrator
  @DisplayName("are copied: the scope of the origin is saved under another name")
  void copy() {
    open("profiles/new?copyOf=essentials");
    test(find(TextField.class).all().getFirst()).setValue("Basics");
    press("Save");

    @SuppressWarnings("unchecked")
    ArgumentCaptor<Map<String, Integer>> saved = ArgumentCaptor.forClass(Map.class);
    verify(profiles).create(eq("Basics"), eq(""), saved.capture());
    assertThat(saved.getValue().keySet())
        .containsExactlyInAnyOrderElementsOf(
            Checklist.standard().rules().stream()
                .filter(rule -> ShippedProfile.ESSENTIALS.weight(rule) != null)
                .map(rule -> rule.id())
                .toList());
    assertAt("profiles?profile=7");
  }

  @Test
  @AsAdministrator
  @DisplayName("that ship are copied instead of edited")
  void shipped() {
    open("profiles/essentials/edit");

    assertThat(find(TextField.class).all().getFirst().getValue()).isEqualTo("Copy of Essentials");
  }

  @Test
  @AsViewer
  @DisplayName("cannot be edited by a viewer, whatever the address")
  void forbidden() {
    open("profiles/7/edit");

    assertThat(find(ProfileEditor.class).exists()).isFalse();
  }

  @Test
  @AsAdministrator
  @DisplayName("are assigned as a whole")
  void assigned() {
    open("profiles/assignments");
    press("Save");

    verify(assignments)
        .replace(
            List.of(
                new AssignedProfile(null, "test", "Essentials"),
                new AssignedProfile("Retail/Payments", "production", "Card data")));
    assertAt("profiles");
  }

  private void press(String text) {
    test(find(Button.class).all().stream()
            .filter(button -> button.getText().equals(text))
            .findFirst()
            .orElseThrow())
        .click();
  }
}
