package dev.plimsoll.ui.subject;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.details.Details;
import dev.plimsoll.checklist.Evidence;
import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.posture.SubjectRow;
import dev.plimsoll.posture.VerdictRow;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.testing.AsViewer;
import dev.plimsoll.ui.testing.FakeFleet;
import dev.plimsoll.ui.testing.ViewTest;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A subject's page")
class SubjectViewTest extends ViewTest {
  private VerdictRow failing() {
    return fleet().verdicts().stream()
        .filter(v -> v.outcome() == Outcome.FAIL && v.subjectKind().equals("container"))
        .filter(v -> !v.evidence().isEmpty() && v.documentSha256() != null)
        .findFirst()
        .orElseThrow();
  }

  @Test
  @AsViewer
  @DisplayName("lists verdicts by outcome, what needs work first")
  void order() {
    open(Place.Subject.of(failing().subjectId(), null).url());

    List<String> sections =
        find(Details.class).withClassName("verdict-section").all().stream()
            .map(section -> section.getSummary().getElement().getTextRecursively())
            .map(title -> title.replaceAll("\\d+$", ""))
            .toList();
    assertThat(sections).containsSubsequence("FAIL", "UNKNOWN", "PASS", "N/A");
    assertThat(find(Details.class).withClassName("verdict-section").all().getFirst().isOpened())
        .isTrue();
    assertThat(find(Details.class).withClassName("verdict-section").all().getLast().isOpened())
        .isFalse();
  }

  @Test
  @AsViewer
  @DisplayName("unfolds a verdict to evidence, remedy and reference")
  void evidence() {
    VerdictRow verdict = failing();
    open(Place.Subject.of(verdict.subjectId(), verdict.check(), null).url());

    Evidence evidence = verdict.evidence().getFirst();
    assertThat(text())
        .contains(verdict.title(), evidence.path(), "How to fix it", "References")
        .contains("CIS Docker Benchmark 1.8");
  }

  @Test
  @AsViewer
  @DisplayName("opens the document at the place that a check read")
  void document() {
    VerdictRow verdict = failing();
    String hash = String.valueOf(verdict.documentSha256());
    open(
        new Place.Subject(verdict.subjectId(), verdict.check(), hash, ".HostConfig.Memory", null)
            .url());

    DocumentPanel panel = find(DocumentPanel.class).single();
    assertThat(panel.getElement().getTextRecursively())
        .contains(hash, "\"HostConfig\": {", "\"Memory\": ");
    assertThat(panel.getElement().getOuterHTML()).contains("<mark");
  }

  @Test
  @AsViewer
  @DisplayName("shows a stranger's name as text, never as markup")
  void hostileName() {
    SubjectRow hostile =
        fleet().subjects().stream()
            .filter(subject -> subject.name().equals(FakeFleet.HOSTILE_NAME))
            .findFirst()
            .orElseThrow();
    open(
        Place.Subject.of(hostile.id(), null)
            .opening(String.valueOf(hostile.documentSha256()), ".Name")
            .url());

    assertThat(text()).contains(FakeFleet.HOSTILE_NAME);
    assertThat(getCurrentView().getElement().getOuterHTML()).doesNotContain("<img");
  }

  @Test
  @AsViewer
  @DisplayName("leaves what people unfolded as it is when news changes nothing")
  void newsLeavesUnfolded() {
    open(Place.Subject.of(failing().subjectId(), null).url());
    VerdictSections sections = find(VerdictSections.class).single();
    Details verdict = find(Details.class).withId("verdict-" + failing().check()).single();
    verdict.setOpened(true);
    List<VerdictRow> again =
        fleet().verdicts().stream()
            .filter(row -> row.subjectId() == failing().subjectId())
            .toList();

    sections.show(again, Place.Subject.of(failing().subjectId(), null), fleet().now());
    assertThat(find(Details.class).withId("verdict-" + failing().check()).single())
        .isSameAs(verdict);

    sections.show(
        again.subList(1, again.size()),
        Place.Subject.of(failing().subjectId(), null),
        fleet().now());
    assertThat(find(Details.class).all()).doesNotContain(verdict);
  }

  @Test
  @AsViewer
  @DisplayName("says since when and why something is unknown")
  void history() {
    open(Place.Subject.of(failing().subjectId(), null).url());

    assertThat(text())
        .contains(
            "unknown, because GET /containers/4f2a/json answered 500: driver failed",
            "History: 2 states");
  }

  @Test
  @AsViewer
  @DisplayName("that there is none is said in words")
  void missing() {
    open("subjects/99999");

    assertThat(text()).contains("There is no subject 99999.");
  }
}
