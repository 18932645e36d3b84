package dev.plimsoll.compliance;

import dev.plimsoll.checklist.HostFacts;
import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.checklist.Verdict;
import dev.plimsoll.checklist.fix.Failure;
import dev.plimsoll.checklist.fix.Fix;
import dev.plimsoll.checklist.fix.Fixes;
import dev.plimsoll.checklist.fix.Patch;
import dev.plimsoll.checklist.fix.PatchedHost;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One change to one thing of a host with all that can be fixed there at once: a Compose service
 * with its replicas, a container, an image, the engine's configuration.
 *
 * @param name what people call it
 * @param dockerIds of the things that change alike
 * @param change to the first of them
 * @param patches effects on all of them
 */
record Candidate(
    SubjectKind kind, String name, List<String> dockerIds, Fix.Change change, List<Patch> patches) {
  /** Fixing one thing may make another fail; so often it is looked at again. */
  private static final int ROUNDS = 3;

  Candidate {
    dockerIds = List.copyOf(dockerIds);
    patches = List.copyOf(patches);
  }

  /** What replicas share, by the target that changes. */
  record Named(String key, String name) {}

  /** All candidates of a host; pure. */
  static List<Candidate> of(Trial trial, Function<Fix.Target, Named> names) {
    Map<String, List<Fix.Change>> byKey = new LinkedHashMap<>();
    for (List<Spot> spots : failing(trial).values()) {
      Fix.Change change = folded(trial, spots);
      if (change != null) {
        Named name = names.apply(change.target());
        String key =
            change.target().kind() == SubjectKind.ENGINE
                ? change.getClass().getSimpleName()
                : change.target().kind() + " " + name.key();
        byKey.computeIfAbsent(key, none -> new ArrayList<>()).add(change);
      }
    }
    List<Candidate> candidates = new ArrayList<>();
    byKey.forEach(
        (key, changes) -> {
          Fix.Change first = changes.getFirst();
          candidates.add(
              new Candidate(
                  first.target().kind(),
                  names.apply(first.target()).name(),
                  changes.stream().map(change -> change.target().dockerId()).toList(),
                  first,
                  changes.stream().flatMap(change -> change.patches().stream()).toList()));
        });
    return candidates;
  }

  /** A subject and a check that fails there. */
  private record Spot(SubjectKind kind, String dockerId, Rule rule, Fix.Target target) {}

  /** What fails and can be simulated, by what would have to change. */
  private static Map<String, List<Spot>> failing(Trial trial) {
    Map<String, List<Spot>> byTarget = new TreeMap<>();
    trial.forEachFailure(
        failure -> {
          if (Fixes.of(failure) instanceof Fix.Change change && !change.patches().isEmpty()) {
            Fix.Target target = change.target();
            String kindOfChange =
                target.kind() == SubjectKind.ENGINE ? change.getClass().getSimpleName() : "";
            byTarget
                .computeIfAbsent(
                    target.kind() + " " + target.dockerId() + " " + kindOfChange,
                    none -> new ArrayList<>())
                .add(
                    new Spot(failure.rule().subject(), failure.dockerId(), failure.rule(), target));
          }
        });
    return byTarget;
  }

  /** All fixes of one target as one change, each derived from what those before it left. */
  private static Fix.@Nullable Change folded(Trial trial, List<Spot> spots) {
    HostFacts facts = trial.facts();
    Fix.Target target = spots.getFirst().target();
    Fix.@Nullable Change all = null;
    List<Spot> round = spots;
    Set<String> tried = new HashSet<>();
    for (int n = 0; n < ROUNDS && !round.isEmpty(); n++) {
      for (Spot spot : round) {
        tried.add(spot.kind() + spot.dockerId() + spot.rule().id());
        Failure failure = failure(trial, facts, spot);
        if (failure != null
            && Fixes.of(failure) instanceof Fix.Change change
            && change.target().equals(target)
            && !change.patches().isEmpty()
            && (all == null
                || target.kind() != SubjectKind.ENGINE
                || all.getClass() == change.getClass())) {
          facts = PatchedHost.of(facts, change.patches());
          all = all == null ? change : all.and(change);
        }
      }
      round = stillFailing(trial, facts, target, tried);
    }
    return all;
  }

  /** What fails of a target that was not looked at yet. */
  private static List<Spot> stillFailing(
      Trial trial, HostFacts facts, Fix.Target target, Set<String> tried) {
    List<Spot> failing = new ArrayList<>();
    if (reading(facts, target.kind(), target.dockerId()) instanceof Reading.Read) {
      List<Rule> rules = trial.checklist().rules(target.kind());
      List<Verdict> verdicts = trial.checklist().judge(facts, target.kind(), target.dockerId());
      for (int i = 0; i < rules.size(); i++) {
        Rule rule = rules.get(i);
        if (verdicts.get(i).outcome() == Outcome.FAIL
            && trial.counts(rule)
            && !tried.contains(target.kind() + target.dockerId() + rule.id())) {
          failing.add(new Spot(target.kind(), target.dockerId(), rule, target));
        }
      }
    }
    return failing;
  }

  private static @Nullable Failure failure(Trial trial, HostFacts facts, Spot spot) {
    if (!(reading(facts, spot.kind(), spot.dockerId()) instanceof Reading.Read read)) {
      return null;
    }
    List<Rule> rules = trial.checklist().rules(spot.kind());
    List<Verdict> verdicts = trial.checklist().judge(facts, spot.kind(), spot.dockerId());
    Verdict verdict = verdicts.get(rules.indexOf(spot.rule()));
    return verdict.outcome() == Outcome.FAIL
        ? new Failure(facts, spot.rule(), spot.dockerId(), read, verdict)
        : null;
  }

  static @Nullable Reading reading(HostFacts host, SubjectKind kind, String dockerId) {
    return switch (kind) {
      case ENGINE -> host.engine();
      case CONTAINER -> host.containers().get(dockerId);
      case IMAGE -> host.images().get(dockerId);
      case VOLUME -> host.volumes().get(dockerId);
      case NETWORK -> host.networks().get(dockerId);
      case SWARM -> host.swarm();
      case HOST_FILE -> host.hostFiles();
    };
  }
}
