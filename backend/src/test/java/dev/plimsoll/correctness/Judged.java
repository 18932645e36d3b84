package dev.plimsoll.correctness;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.HostFacts;
import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.ReadingSwitch;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.checklist.Verdict;
import dev.plimsoll.collect.connect.ConnectionLimits;
import dev.plimsoll.collect.connect.EngineConnection;
import dev.plimsoll.collect.connect.EngineConnector;
import dev.plimsoll.collect.connect.EngineTarget;
import dev.plimsoll.collect.read.HostRead;
import dev.plimsoll.collect.read.ReadOrder;
import dev.plimsoll.fleet.Endpoint;
import dev.plimsoll.inventory.Document;
import dev.plimsoll.inventory.HostSighting;
import dev.plimsoll.inventory.SecretMasking;
import dev.plimsoll.inventory.Sighting;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** An engine, read once as a collection reads it, and judged by the whole catalogue. */
final class Judged {
  private final HostFacts facts;
  private int comparisons;

  private Judged(HostFacts facts) {
    this.facts = facts;
  }

  static Judged read(Endpoint endpoint, HostFacts.Transport transport, Set<ReadingSwitch> on)
      throws Exception {
    Clock clock = Clock.systemUTC();
    SecretMasking masking = new SecretMasking(new SecretKeySpec(new byte[32], "HmacSHA256"));
    try (EngineConnector connector = new EngineConnector(clock);
        EngineConnection connection =
            connector.open(new EngineTarget(endpoint, null), ConnectionLimits.DEFAULT)) {
      HostSighting sighting =
          new HostRead(clock, masking)
              .read(connection, new ReadOrder(transport, on, Set.of(), Map::of));
      return new Judged(facts(sighting, clock, transport, on));
    }
  }

  private static HostFacts facts(
      HostSighting sighting, Clock clock, HostFacts.Transport transport, Set<ReadingSwitch> on) {
    Map<SubjectKind, Map<String, Reading>> readings = new EnumMap<>(SubjectKind.class);
    for (SubjectKind kind : SubjectKind.values()) {
      readings.put(kind, new HashMap<>());
    }
    for (Sighting seen : sighting.sightings()) {
      Objects.requireNonNull(readings.get(seen.kind())).put(seen.dockerId(), reading(seen));
    }
    Map<String, Reading> engines = of(readings, SubjectKind.ENGINE);
    return HostFacts.at(clock.instant())
        .transport(transport)
        .engine(Objects.requireNonNull(engines.get(Checklist.ENGINE_ID)))
        .swarm(of(readings, SubjectKind.SWARM).get(Checklist.SWARM_ID))
        .containers(of(readings, SubjectKind.CONTAINER))
        .images(of(readings, SubjectKind.IMAGE))
        .volumes(of(readings, SubjectKind.VOLUME))
        .networks(of(readings, SubjectKind.NETWORK))
        .unreadLists(sighting.unreadLists())
        .switchedOn(on)
        .build();
  }

  private static Map<String, Reading> of(
      Map<SubjectKind, Map<String, Reading>> readings, SubjectKind kind) {
    return readings.getOrDefault(kind, Map.of());
  }

  private static Reading reading(Sighting sighting) {
    return switch (sighting) {
      case Sighting.Seen seen ->
          new Reading.Read(
              seen.document().sha256().hex(),
              parsed(seen.document()),
              seen.observation() == null ? null : seen.observation().sha256().hex(),
              seen.observation() == null ? MissingNode.getInstance() : parsed(seen.observation()));
      case Sighting.Known known -> throw new AssertionError("read before: " + known);
      case Sighting.Unread unread -> unread.problem();
    };
  }

  /** As it comes back from where it is stored. */
  private static JsonNode parsed(Document document) {
    return JsonMapper.shared().readTree(document.bytes());
  }

  HostFacts facts() {
    return facts;
  }

  /** How many verdicts were compared so far. */
  int comparisons() {
    return comparisons;
  }

  /** What is wrong with the verdicts on a subject: one text for each that is not as it must be. */
  List<String> disagreements(Claim claim) {
    List<Verdict> verdicts = Checklist.standard().judge(facts, claim.kind(), claim.dockerId());
    List<Rule> rules = Checklist.standard().rules(claim.kind());
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      @Nullable Outcome expected = claim.expected().get(rules.get(i).id());
      if (expected == null) {
        continue;
      }
      comparisons++;
      Verdict verdict = verdicts.get(i);
      if (verdict.outcome() != expected) {
        wrong.add(
            """
            %s %s
              asked    %s
              expected %s, got %s%s
              evidence %s"""
                .formatted(
                    rules.get(i).id(),
                    claim.title(),
                    claim.asked(),
                    expected,
                    verdict.outcome(),
                    verdict.reason() == null ? "" : ": " + verdict.reason(),
                    verdict.evidence()));
      } else if (expected != Outcome.NOT_APPLICABLE && verdict.evidence().isEmpty()) {
        wrong.add(rules.get(i).id() + " " + claim.title() + ": no evidence");
      }
    }
    return wrong;
  }
}
