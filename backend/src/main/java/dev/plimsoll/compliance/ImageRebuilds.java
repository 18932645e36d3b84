package dev.plimsoll.compliance;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.checklist.fix.Fix;
import dev.plimsoll.fleet.NoSuchGroup;
import dev.plimsoll.inventory.StoredFacts;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Which images are worth building anew: the same image counts once, on however many hosts. */
@Service
@Requires(Permission.READ)
@Transactional(readOnly = true)
public class ImageRebuilds {
  /** Images whose documents are looked at for one list. */
  static final int MOST_IMAGES = 50;

  private static final int MOST_NAMES = 10;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final StoredFacts storedFacts;
  private final Catalogues catalogues;
  private final HostProfiles profiles;

  ImageRebuilds(
      JdbcClient jdbc,
      @Qualifier("publishClock") Clock clock,
      StoredFacts storedFacts,
      Catalogues catalogues,
      HostProfiles profiles) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.storedFacts = storedFacts;
    this.catalogues = catalogues;
    this.profiles = profiles;
  }

  /** Images of one host; see {@link #ofFleet}. */
  public List<ImageRebuild> ofHost(long hostId) {
    return rebuilds(HostsOf.host(hostId));
  }

  /**
   * Images of a group's hosts and of those below it; see {@link #ofFleet}.
   *
   * @throws NoSuchGroup if there is none
   */
  public List<ImageRebuild> ofGroup(String path) {
    return rebuilds(HostsOf.group(jdbc, path));
  }

  /** Images of all hosts that one rebuild makes better, most points regained first, at most 50. */
  public List<ImageRebuild> ofFleet() {
    return rebuilds(HostsOf.FLEET);
  }

  private List<ImageRebuild> rebuilds(HostsOf hosts) {
    Checklist checklist = catalogues.current().checklist();
    Instant at = clock.instant();
    Map<Long, Weights> weights = profiles.weights(at);
    List<Content> contents = new ArrayList<>(contents(hosts, weights));
    contents.sort(Comparator.comparingLong(Content::points).reversed());
    Map<Long, List<Candidate>> candidates = new HashMap<>();
    Map<Long, Trial> trials = new HashMap<>();
    List<ImageRebuild> rebuilds = new ArrayList<>();
    for (Content content : contents.stream().limit(MOST_IMAGES).toList()) {
      Failing first = content.failing().getFirst();
      Trial trial =
          trials.computeIfAbsent(
              first.hostId(),
              id ->
                  new Trial(
                      checklist, storedFacts.asOf(id, at), weights.getOrDefault(id, Weights.NONE)));
      Candidate candidate =
          find(
              candidates.computeIfAbsent(
                  first.hostId(),
                  id ->
                      Candidate.of(
                          trial,
                          target -> new Candidate.Named(target.dockerId(), target.dockerId()))),
              first.dockerId());
      if (candidate != null) {
        Set<String> cleared = cleared(trial, candidate, first.subjectId());
        if (!cleared.isEmpty()) {
          rebuilds.add(content.rebuild(candidate.change(), cleared));
        }
      }
    }
    rebuilds.sort(Comparator.comparingLong(ImageRebuild::points).reversed());
    return rebuilds;
  }

  private static @Nullable Candidate find(List<Candidate> candidates, String imageId) {
    return candidates.stream()
        .filter(c -> c.kind() == SubjectKind.IMAGE && c.dockerIds().contains(imageId))
        .findFirst()
        .orElse(null);
  }

  private static Set<String> cleared(Trial trial, Candidate candidate, long subjectId) {
    Judgement before = trial.before().get(subjectId);
    Judgement after = trial.after(candidate.patches()).get(subjectId);
    Set<String> cleared = new TreeSet<>();
    if (before == null) {
      return cleared;
    }
    for (int i = 0; i < before.rules().size(); i++) {
      boolean failed = before.verdicts().get(i).outcome() == Outcome.FAIL;
      boolean still = after != null && after.verdicts().get(i).outcome() == Outcome.FAIL;
      if (failed && !still) {
        cleared.add(before.rules().get(i).id());
      }
    }
    return cleared;
  }

  /** What fails of images, by content. */
  private List<Content> contents(HostsOf hosts, Map<Long, Weights> weights) {
    Map<String, Content> contents = new LinkedHashMap<>();
    jdbc.sql(
            """
            with bad as (
              select v.host_id, v.check_id, v.outcome, v.subject_id,
                coalesce(encode(j.workload, 'hex'), 'subject ' || v.subject_id) content
              from verdict v
              join judgement j on j.subject_id = v.subject_id and j.valid_to = 'infinity'
              join host h on h.id = v.host_id
              where v.valid_to = 'infinity' and v.kind = 'image' and j.in_score
                and h.decommissioned_at is null and %s),
            counted as (
              select host_id, check_id, count(distinct content) n from bad
              group by host_id, check_id)
            select b.content, b.host_id, h.name host, b.check_id, c.n,
              s.id subject_id, s.docker_id, s.name
            from bad b join counted c using (host_id, check_id)
            join host h on h.id = b.host_id
            join subject s on s.id = b.subject_id
            where b.outcome = 'FAIL'
            order by b.content, b.host_id, b.check_id, s.id
            """
                .formatted(hosts.condition()))
        .params(hosts.parameters())
        .query(
            row -> {
              String check = row.getString("check_id");
              int weight = weights.getOrDefault(row.getLong("host_id"), Weights.NONE).of(check);
              if (weight > 0) {
                int n = row.getInt("n");
                long gain = ScoreFormula.loss(weight, n) - ScoreFormula.loss(weight, n - 1);
                contents
                    .computeIfAbsent(row.getString("content"), Content::new)
                    .failing()
                    .add(
                        new Failing(
                            row.getLong("host_id"),
                            row.getString("host"),
                            row.getLong("subject_id"),
                            row.getString("docker_id"),
                            row.getString("name"),
                            check,
                            gain));
              }
            });
    return List.copyOf(contents.values());
  }

  /**
   * A check that fails for an image on a host.
   *
   * @param gain points that the host regains once it does not, in thousandths
   */
  private record Failing(
      long hostId,
      String host,
      long subjectId,
      String dockerId,
      String name,
      String check,
      long gain) {
    String hostAndCheck() {
      return hostId + " " + check;
    }
  }

  /** One image on all its hosts. */
  private record Content(String hash, List<Failing> failing) {
    Content(String hash) {
      this(hash, new ArrayList<>());
    }

    long points() {
      return pointsOf(failing.stream().map(Failing::check).collect(Collectors.toSet()));
    }

    /** An image that a host has twice counts once there. */
    private long pointsOf(Set<String> checks) {
      Set<String> counted = new HashSet<>();
      long points = 0;
      for (Failing one : failing) {
        if (checks.contains(one.check()) && counted.add(one.hostAndCheck())) {
          points += one.gain();
        }
      }
      return points;
    }

    ImageRebuild rebuild(Fix.Change change, Set<String> cleared) {
      Map<Long, ImageRebuild.OnHost> hosts = new LinkedHashMap<>();
      Set<String> findings = new HashSet<>();
      for (Failing one : failing) {
        if (cleared.contains(one.check()) && findings.add(one.hostAndCheck())) {
          hosts.merge(
              one.hostId(),
              new ImageRebuild.OnHost(one.hostId(), one.host(), one.subjectId(), one.gain()),
              (a, b) ->
                  new ImageRebuild.OnHost(
                      a.hostId(), a.host(), a.subjectId(), a.points() + b.points()));
        }
      }
      return new ImageRebuild(
          failing.stream().map(Failing::name).distinct().limit(MOST_NAMES).toList(),
          hash,
          pointsOf(cleared),
          findings.size(),
          List.copyOf(cleared),
          hosts.values().stream()
              .sorted(Comparator.comparingLong(ImageRebuild.OnHost::points).reversed())
              .toList(),
          failing.stream()
              .map(Failing::check)
              .filter(check -> !cleared.contains(check))
              .distinct()
              .toList(),
          change.forms(),
          change.cautions());
    }
  }
}
