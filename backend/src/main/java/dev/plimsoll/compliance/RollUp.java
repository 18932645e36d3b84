package dev.plimsoll.compliance;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The mean over the hosts of a group or of the fleet, weighted by criticality, kept up to date as
 * hosts come, change and go.
 */
final class RollUp {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Map<Grade, Integer> grades = new EnumMap<>(Grade.class);
  private final Map<ScoreBasis, Integer> bases = new HashMap<>();
  private long weight;
  private long score;
  private long scoreHigh;
  private long scoreAccepted;
  private long confidence;
  private long failed;
  private long unknown;
  private long accepted;
  private int hosts;
  private int critical;

  /**
   * A host that counts.
   *
   * @param criticality 1, 2 or 4: its weight in the mean
   */
  record Member(ScoreFigures figures, int criticality) {}

  /** The sums that {@link #json} wrote. */
  static RollUp of(String json) {
    JsonNode sums = MAPPER.readTree(json);
    RollUp kept = new RollUp();
    kept.weight = sums.path("weight").asLong();
    kept.score = sums.path("score").asLong();
    kept.scoreHigh = sums.path("scoreHigh").asLong();
    kept.scoreAccepted = sums.path("scoreAccepted").asLong();
    kept.confidence = sums.path("confidence").asLong();
    kept.failed = sums.path("failed").asLong();
    kept.unknown = sums.path("unknown").asLong();
    kept.accepted = sums.path("accepted").asLong();
    kept.hosts = sums.path("hosts").asInt();
    kept.critical = sums.path("critical").asInt();
    sums.path("grades")
        .properties()
        .forEach(one -> kept.grades.put(Grade.valueOf(one.getKey()), one.getValue().asInt()));
    for (JsonNode one : sums.path("bases")) {
      kept.bases.put(
          new ScoreBasis(
              one.path("profile").asString(),
              one.path("version").asInt(),
              one.path("catalogue").asInt(),
              one.path("readings").values().stream().map(JsonNode::asString).toList()),
          one.path("hosts").asInt());
    }
    return kept;
  }

  /** The sums as they are kept, for {@link #of}. */
  String json() {
    ObjectNode sums =
        MAPPER
            .createObjectNode()
            .put("weight", weight)
            .put("score", score)
            .put("scoreHigh", scoreHigh)
            .put("scoreAccepted", scoreAccepted)
            .put("confidence", confidence)
            .put("failed", failed)
            .put("unknown", unknown)
            .put("accepted", accepted)
            .put("hosts", hosts)
            .put("critical", critical);
    ObjectNode byGrade = sums.putObject("grades");
    grades.forEach((grade, count) -> byGrade.put(grade.name(), count));
    ArrayNode all = sums.putArray("bases");
    bases.forEach(
        (basis, count) -> {
          ObjectNode one =
              all.addObject()
                  .put("profile", basis.profile())
                  .put("version", basis.profileVersion())
                  .put("catalogue", basis.catalogue())
                  .put("hosts", count);
          ArrayNode readings = one.putArray("readings");
          basis.readings().forEach(readings::add);
        });
    return sums.toString();
  }

  void add(Member member) {
    count(member, 1);
  }

  void remove(Member member) {
    count(member, -1);
  }

  private void count(Member member, int sign) {
    ScoreFigures one = member.figures();
    if (one.score() == null || one.scoreHigh() == null || one.scoreAccepted() == null) {
      throw new IllegalArgumentException("a host's score has a number");
    }
    long share = (long) sign * member.criticality();
    weight += share;
    score += share * one.score();
    scoreHigh += share * one.scoreHigh();
    scoreAccepted += share * one.scoreAccepted();
    confidence += share * one.confidence();
    failed += sign * one.failed();
    unknown += sign * one.unknown();
    accepted += sign * one.accepted();
    hosts += sign;
    critical += sign * one.hostsWithCritical();
    grades.merge(Grade.valueOf(String.valueOf(one.grade())), sign, RollUp::sum);
    bases.merge(one.basis(), sign, RollUp::sum);
  }

  /**
   * The row of scores.
   *
   * @param catalogue number of the current catalogue
   * @param checksInScope counts the checks in scope under any of some bases
   */
  ScoreFigures figures(int catalogue, ToIntFunction<Set<ScoreBasis>> checksInScope) {
    ProfileLabel label = ProfileLabel.of(bases.keySet());
    Integer mean = mean(score);
    return new ScoreFigures(
        mean,
        mean(scoreHigh),
        mean(scoreAccepted),
        mean == null ? null : Grade.ofGroup(grades.keySet(), mean).name(),
        weight == 0 ? 0 : (int) (confidence / weight),
        failed,
        unknown,
        accepted,
        hosts,
        critical,
        label.profile(),
        label.version(),
        catalogue,
        checksInScope.applyAsInt(Set.copyOf(bases.keySet())),
        List.of());
  }

  private @Nullable Integer mean(long sum) {
    return weight == 0 ? null : (Integer) (int) (sum / weight);
  }

  /** A count that has come down to nothing is forgotten. */
  private static @Nullable Integer sum(int before, int change) {
    return before + change == 0 ? null : (Integer) (before + change);
  }
}
