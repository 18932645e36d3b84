package dev.plimsoll.ui.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import dev.plimsoll.backup.coverage.CoverageReason;
import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.posture.CoverageRow;
import dev.plimsoll.ui.testing.AsAnalyst;
import dev.plimsoll.ui.testing.AsViewer;
import dev.plimsoll.ui.testing.FakeFleet;
import dev.plimsoll.ui.testing.ViewTest;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A piece of data")
class DataViewTest extends ViewTest {
  private CoverageRow first(Predicate<CoverageRow> which) {
    return fleet().coverage().rows().stream().filter(which).findFirst().orElseThrow();
  }

  private void open(CoverageRow row) {
    open("coverage/data/" + row.dataId());
  }

  @Test
  @AsViewer
  @DisplayName("says how it stands and why, who uses it, and what it would be next")
  void standing() {
    CoverageRow row = first(r -> r.state() == CoverageState.PROTECTED);
    open(row);

    assertThat(text())
        .contains(CoverageReason.FRESH.sentence(), "Nightly", "24 h (RPO)", "off the host")
        .contains("late", row.usedBy().getFirst().container());
    assertThat(hrefs("Nightly")).containsExactly("coverage/policies/1");
  }

  @Test
  @AsViewer
  @DisplayName("tells failed, future, lost and warning records apart")
  void records() {
    open(first(r -> r.state() == CoverageState.LATE));

    assertThat(text())
        .contains("Failed", "dated in the future: counts for nothing", "no longer there")
        .contains("3 warnings", "in an object store", "not said where");
  }

  @Test
  @AsViewer
  @DisplayName("shows restores with the time they took and what was compared")
  void restores() {
    open(first(r -> r.state() == CoverageState.PROTECTED));

    assertThat(text())
        .contains("5 min 18 s", "12,408 files, all hashes equal", "12,408 files, hashes differ");
  }

  @Test
  @AsViewer
  @DisplayName("calls labels meant, and no evidence")
  void intents() {
    open(first(r -> !r.intents().isEmpty()));

    assertThat(text())
        .contains("no evidence", "docker-volume-backup.stop-during-backup", "proves nothing");
  }

  @Test
  @AsViewer
  @DisplayName("keeps apart what had the name before")
  void before() {
    open(first(r -> r.kind() == DataKind.VOLUME && !r.orphaned()));

    assertThat(text()).contains("of what had the name before it was removed and made again");
  }

  @Test
  @AsViewer
  @DisplayName("names containers that reach it through --volumes-from, and hostile paths as text")
  void directory() {
    open(first(r -> r.name().contains(FakeFleet.HOSTILE_NAME)));

    assertThat(text()).contains("by --volumes-from files-data", FakeFleet.HOSTILE_NAME);
    assertThat(find(DataView.class).single().getElement().getOuterHTML())
        .doesNotContain("<img src=x");
  }

  @Test
  @AsViewer
  @DisplayName("of a host that is not read says what it was when it was")
  void unread() {
    open(first(r -> r.state() == CoverageState.UNKNOWN));

    assertThat(text()).contains("When its host was last read it was protected.");
  }

  @Test
  @AsAnalyst
  @DisplayName("that no policy matches leads to one")
  void unprotected() {
    CoverageRow row = first(r -> r.kind() == DataKind.LAYER);
    open(row);

    assertThat(hrefs("Write a policy for it"))
        .containsExactly("coverage/policies/new?kind=layer&name=" + row.name());
    assertThat(hrefs("Exempt it"))
        .containsExactly("coverage/policies/new?kind=layer&name=" + row.name() + "&exempt=true");
  }

  @Test
  @AsViewer
  @DisplayName("is a part of its volume's page, and of its container's")
  void subjects() {
    CoverageRow volume = first(r -> r.kind() == DataKind.VOLUME && !r.orphaned());
    open("subjects/" + volume.subjectId());
    assertThat(text()).contains("Records of backups", volume.sentence());

    CoverageRow layer = first(r -> r.kind() == DataKind.LAYER);
    open("subjects/" + layer.subjectId());
    assertThat(text()).contains("Data it keeps and uses", "writable layer");
    assertThat(find(Anchor.class).all().stream().map(Anchor::getHref))
        .contains("coverage/data/" + layer.dataId());
  }

  @Test
  @AsAnalyst
  @DisplayName("is restored in a drill that an analyst starts")
  void drill() {
    services.use(new FakeFleet(fleet().now(), 1));
    CoverageRow row = first(r -> r.state() == CoverageState.PROTECTED);
    open(row);

    test(find(Button.class).withText("Start a restore drill").single()).click();

    assertThat(text()).contains("Running snapshot 9f2c1a7e0b44, asked for by analyst");
    open("coverage/sources?source=1");
    assertThat(text())
        .contains(row.name() + " of pay-01", "5 min 18 s", "12,408 files are as saved.");
  }

  @Test
  @AsViewer
  @DisplayName("that there is none is said in words")
  void missing() {
    open("coverage/data/999999");
    assertThat(text()).contains("No host keeps data \"999999\" now.");
  }
}
