package dev.plimsoll.compliance;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.HostFacts;
import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.checklist.Verdict;
import dev.plimsoll.checklist.fix.Failure;
import dev.plimsoll.checklist.fix.Patch;
import dev.plimsoll.checklist.fix.PatchedHost;
import dev.plimsoll.inventory.StoredFacts;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** A host judged as it is known, and as it would be known after changes. Pure. */
final class Trial {
  private static final List<String> SHARED = List.of("NetworkMode", "PidMode", "IpcMode");

  private final Checklist checklist;
  private final StoredFacts.Known known;
  private final Weights weights;
  private final Map<Long, Judgement> before;

  /**
   * A host as it is known.
   *
   * @param weights what counts there
   */
  Trial(Checklist checklist, StoredFacts.Known known, Weights weights) {
    this.weights = weights;
    this.checklist = checklist;
    this.known = known;
    this.before = bySubject(Judge.judge(checklist, known));
  }

  HostFacts facts() {
    return known.facts();
  }

  Checklist checklist() {
    return checklist;
  }

  /** Whether a check costs points on this host. */
  boolean counts(Rule rule) {
    return weight(rule) > 0;
  }

  /** Points that the first workload failing a check costs on this host. */
  int weight(Rule rule) {
    return weights.of(rule.id());
  }

  /** Judgements as things are, by subject. */
  Map<Long, Judgement> before() {
    return before;
  }

  /** Calls with everything that fails and counts. */
  void forEachFailure(Consumer<Failure> consumer) {
    for (StoredFacts.KnownSubject subject : known.subjects()) {
      Judgement judgement = before.get(subject.id());
      if (judgement == null
          || !judgement.inScore()
          || !(Candidate.reading(facts(), subject.kind(), subject.dockerId())
              instanceof Reading.Read read)) {
        continue;
      }
      for (int i = 0; i < judgement.rules().size(); i++) {
        Rule rule = judgement.rules().get(i);
        Verdict verdict = judgement.verdicts().get(i);
        if (verdict.outcome() == Outcome.FAIL && counts(rule)) {
          consumer.accept(new Failure(facts(), rule, subject.dockerId(), read, verdict));
        }
      }
    }
  }

  /** Judgements as they would be, by subject; what would be gone is left out. */
  Map<Long, Judgement> after(Collection<Patch> patches) {
    HostFacts changed = PatchedHost.of(known.facts(), patches);
    Reach reach = new Reach(known.facts(), changed, patches);
    Map<Long, Judgement> after = new LinkedHashMap<>(before);
    List<StoredFacts.KnownSubject> anew =
        known.subjects().stream().filter(subject -> reach.covers(subject)).toList();
    anew.forEach(subject -> after.remove(subject.id()));
    List<StoredFacts.KnownSubject> left =
        anew.stream().filter(subject -> isThere(changed, subject)).toList();
    after.putAll(bySubject(Judge.judge(checklist, new StoredFacts.Known(changed, left))));
    return after;
  }

  private static Map<Long, Judgement> bySubject(List<Judgement> judgements) {
    Map<Long, Judgement> bySubject = new LinkedHashMap<>();
    judgements.forEach(judgement -> bySubject.put(judgement.subjectId(), judgement));
    return bySubject;
  }

  private static boolean isThere(HostFacts host, StoredFacts.KnownSubject subject) {
    return switch (subject.kind()) {
      case CONTAINER -> host.containers().containsKey(subject.dockerId());
      case IMAGE -> host.images().containsKey(subject.dockerId());
      case VOLUME -> host.volumes().containsKey(subject.dockerId());
      case NETWORK -> host.networks().containsKey(subject.dockerId());
      case ENGINE -> true;
      case SWARM -> host.swarm() != null;
      case HOST_FILE -> host.hostFiles() != null;
    };
  }

  /**
   * What has to be judged anew: what changed and what looks at it. Containers look at the engine,
   * at networks, at their own image and volumes, and at containers whose namespace they join;
   * images and volumes look at the containers that use them; everything else at anything.
   */
  private static final class Reach {
    private final boolean everything;
    private final Set<String> containers = new HashSet<>();
    private final Set<String> images = new HashSet<>();
    private final Set<String> volumes = new HashSet<>();

    Reach(HostFacts before, HostFacts after, Collection<Patch> patches) {
      boolean all = false;
      for (Patch patch : patches) {
        switch (patch) {
          case Patch.Document(SubjectKind kind, String id, var edits) -> all |= add(kind, id);
          case Patch.Observation(SubjectKind kind, String id, var edits) -> all |= add(kind, id);
          case Patch.Removal(SubjectKind kind, String id) -> all |= add(kind, id);
          case Patch.Transport transport -> all = true;
        }
      }
      everything = all;
      if (!everything) {
        addUsers(before);
        addUsed(before);
        addUsed(after);
      }
    }

    /** Whether a change of this kind is seen by everybody. */
    private boolean add(SubjectKind kind, String id) {
      switch (kind) {
        case CONTAINER -> containers.add(id);
        case IMAGE -> images.add(id);
        case VOLUME -> volumes.add(id);
        default -> {
          return true;
        }
      }
      return false;
    }

    private void addUsers(HostFacts host) {
      host.containers()
          .forEach(
              (id, reading) -> {
                if (reading instanceof Reading.Read read && looksAtWhatChanged(read.document())) {
                  containers.add(id);
                }
              });
    }

    private boolean looksAtWhatChanged(JsonNode container) {
      for (String mode : SHARED) {
        if (container.path("HostConfig").path(mode).asString("").startsWith("container:")) {
          return true;
        }
      }
      for (JsonNode mount : container.path("Mounts")) {
        if (volumes.contains(mount.path("Name").asString(""))) {
          return true;
        }
      }
      return images.contains(container.path("Image").asString(""));
    }

    private void addUsed(HostFacts host) {
      for (String id : Set.copyOf(containers)) {
        if (host.containers().get(id) instanceof Reading.Read read) {
          images.add(read.document().path("Image").asString(""));
          for (JsonNode mount : read.document().path("Mounts")) {
            volumes.add(mount.path("Name").asString(""));
          }
        }
      }
    }

    boolean covers(StoredFacts.KnownSubject subject) {
      return everything
          || switch (subject.kind()) {
            case CONTAINER -> containers.contains(subject.dockerId());
            case IMAGE -> images.contains(subject.dockerId());
            case VOLUME -> volumes.contains(subject.dockerId());
            case ENGINE, NETWORK, SWARM, HOST_FILE -> true;
          };
    }
  }
}
