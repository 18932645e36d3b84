package dev.plimsoll.compliance;

import dev.plimsoll.checklist.fix.Form;
import java.util.List;

/**
 * The fewest changes that reach a goal, each tried on the stored documents together with those
 * before it.
 *
 * @param reached whether the goal is reached; if not, how far it gets stands in {@code after}
 * @param exact whether every smaller choice was looked at; else the best next change was taken each
 *     time
 * @param candidates changes to choose from
 * @param hosts hosts that the goal speaks of
 * @param hostsConsidered those of them whose changes were looked at: the ones that lose most points
 */
public record FixPlan(
    State before,
    State after,
    boolean reached,
    boolean exact,
    int candidates,
    int hosts,
    int hostsConsidered,
    List<Step> steps) {
  public FixPlan {
    steps = List.copyOf(steps);
  }

  /**
   * Where a host or group stands.
   *
   * @param score in thousandths
   * @param points lost, in thousandths, added up over hosts
   */
  public record State(int score, String grade, long points) {}

  /**
   * One change.
   *
   * @param kind of what changes, as the API spells it
   * @param name what people call it
   * @param subjects that change alike
   * @param clears what no longer fails with it
   * @param points regained, in thousandths
   * @param after where host or group stand then
   * @param forms the change of the first subject
   */
  public record Step(
      long hostId,
      String host,
      String kind,
      String name,
      List<Long> subjects,
      List<Cleared> clears,
      long points,
      State after,
      List<Form> forms,
      List<String> cautions) {
    public Step {
      subjects = List.copyOf(subjects);
      clears = List.copyOf(clears);
      forms = List.copyOf(forms);
      cautions = List.copyOf(cautions);
    }
  }

  /** A check that no longer fails for a subject. */
  public record Cleared(long subjectId, String check) {}
}
