package dev.plimsoll.ui.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.verify;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.upload.Upload;
import dev.plimsoll.fleet.HostImport;
import dev.plimsoll.fleet.Hosts;
import dev.plimsoll.ui.testing.AsAdministrator;
import dev.plimsoll.ui.testing.AsViewer;
import dev.plimsoll.ui.testing.ViewTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentMatchers;
import org.springframework.beans.factory.annotation.Autowired;

@DisplayName("Importing hosts")
class ImportHostsViewTest extends ViewTest {
  @Autowired private Hosts hosts;

  private void paste(String text) {
    test(find(TextArea.class).single()).setValue(text);
  }

  private Button submit() {
    return find(Button.class).withTextContaining("Import").single();
  }

  @Test
  @AsAdministrator
  @DisplayName("shows what would be added, and adds it")
  void imports() {
    open("hosts/import");
    paste("name,endpoint\na1,tcp://10.0.0.1:2375\na2,unix:///run/docker.sock\n");

    assertThat(text()).contains("2 hosts, ready to be added", "tcp://10.0.0.1:2375");
    assertThat(submit().getText()).isEqualTo("Import 2 hosts");
    test(submit()).click();

    verify(hosts).addAll(ArgumentMatchers.<HostImport>argThat(list -> list.lines().size() == 2));
    assertAt("hosts");
  }

  @Test
  @AsAdministrator
  @DisplayName("names the line and the field of each problem and adds nothing")
  void problems() {
    open("hosts/import");
    paste("name,endpoint,criticality\na1,unix:///run/docker.sock,lots\n");

    assertThat(text()).contains("1 problem: nothing is imported", "line 2: criticality");
    assertThat(submit().isEnabled()).isFalse();
  }

  @Test
  @AsAdministrator
  @DisplayName("takes a file, JSON as well, and a stranger's names as text")
  void file() {
    open("hosts/import");
    test(find(Upload.class).single())
        .upload(
            "hosts.json",
            "application/x-ndjson",
            "{\"name\":\"<b>x</b>\",\"endpoint\":\"unix:///run/docker.sock\"}"
                .getBytes(StandardCharsets.UTF_8));
    roundTrip();

    assertThat(text()).contains("1 host, ready to be added", "<b>x</b>");
    assertThat(getCurrentView().getElement().getOuterHTML()).doesNotContain("<b>");
  }

  @Test
  @AsViewer
  @DisplayName("is not for viewers")
  void forbidden() {
    open("hosts/import");

    assertThat(text()).contains("Your role does not reach here");
  }
}
