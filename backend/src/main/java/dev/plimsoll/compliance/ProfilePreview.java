package dev.plimsoll.compliance;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who would get what score and grade, before a profile or an assignment is changed. */
@Service
@Requires(Permission.READ)
@Transactional(readOnly = true)
public class ProfilePreview {
  /** The longest list of hosts that is worked out. */
  public static final int MOST = 200;

  private final HostProfiles profiles;
  private final ProfileAssignments assignments;
  private final StoredAnswers answers;
  private final Catalogues catalogues;
  private final Clock clock;

  ProfilePreview(
      HostProfiles profiles,
      ProfileAssignments assignments,
      StoredAnswers answers,
      Catalogues catalogues,
      @Qualifier("publishClock") Clock clock) {
    this.profiles = profiles;
    this.assignments = assignments;
    this.answers = answers;
    this.catalogues = catalogues;
    this.clock = clock;
  }

  /**
   * What a change would do.
   *
   * @param hosts how many hosts it would reach
   * @param effects the first {@value #MOST} of them by name
   */
  public record Effects(int hosts, List<Effect> effects) {
    public Effects {
      effects = List.copyOf(effects);
    }
  }

  /**
   * What it would do to one host. Scores are in 0 to 100 with three decimals; null if it was never
   * read.
   */
  public record Effect(
      long hostId,
      String host,
      String profileBefore,
      String profileAfter,
      @Nullable Double scoreBefore,
      @Nullable String gradeBefore,
      @Nullable Double scoreAfter,
      @Nullable String gradeAfter) {}

  /**
   * If a profile had these checks.
   *
   * @param name of the profile, whether there is one of that name or not yet
   * @param weights null for the weight of the check's severity
   */
  public Effects ofProfile(String name, Map<String, @Nullable Integer> weights) {
    Profile changed = new Profile(name, 0, new Choice.Listed(weights));
    return effects(
        (before, standing) -> before.name().equalsIgnoreCase(name) ? changed : before, now());
  }

  /**
   * If these rules were all that say who has which profile.
   *
   * @throws dev.plimsoll.fleet.InvalidInput naming every bad rule
   */
  public Effects ofAssignments(List<AssignedProfile> wanted) {
    Instant at = now();
    Assignments after = assignments.checked(wanted, at);
    return effects(
        (before, standing) -> {
          String name = after.effective(standing.place());
          return name.equals(before.name()) ? before : profiles.named(name, at);
        },
        at);
  }

  private Effects effects(BiFunction<Profile, HostProfiles.Standing, Profile> change, Instant at) {
    Assignments now = profiles.assignments(at);
    Checklist checklist = catalogues.current().checklist();
    List<Reached> reached =
        profiles.standings(at, null).entrySet().stream()
            .map(
                entry -> {
                  HostProfiles.Standing standing = entry.getValue();
                  Profile before = profiles.named(now.effective(standing.place()), at);
                  return new Reached(
                      entry.getKey(), standing, before, change.apply(before, standing));
                })
            .filter(one -> !one.before().equals(one.after()))
            .sorted(Comparator.comparing(one -> one.standing().name()))
            .toList();
    return new Effects(
        reached.size(), reached.stream().limit(MOST).map(one -> effect(one, checklist)).toList());
  }

  private Effect effect(Reached one, Checklist checklist) {
    HostScore before = score(one, one.before(), checklist);
    HostScore after = score(one, one.after(), checklist);
    return new Effect(
        one.hostId(),
        one.standing().name(),
        one.before().name(),
        one.after().name(),
        decimal(before),
        before == null ? null : before.grade().name(),
        decimal(after),
        after == null ? null : after.grade().name());
  }

  private @Nullable HostScore score(Reached one, Profile profile, Checklist checklist) {
    return answers.score(
        one.hostId(), Weights.of(profile, checklist.rules(), one.standing().switchedOn()));
  }

  private static @Nullable Double decimal(@Nullable HostScore score) {
    return score == null ? null : (Double) (score.score() / 1000.0);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private record Reached(
      long hostId, HostProfiles.Standing standing, Profile before, Profile after) {}
}
