package dev.plimsoll.checklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

class ChecklistTest {
  private static final Set<SubjectKind> JUDGED = EnumSet.allOf(SubjectKind.class);

  /** Readings of the host itself: where records are missing instead, that is an answer. */
  private static final Set<ReadingSwitch> READ =
      EnumSet.complementOf(EnumSet.of(ReadingSwitch.SCANS, ReadingSwitch.BACKUPS));

  static List<Rule> rules() {
    return Checklist.standard().rules();
  }

  @Test
  void idsAreUnique() {
    assertThat(Checklist.standard().rules()).extracting(Rule::id).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void everyRuleIsWorded(Rule rule) {
    assertThat(rule.id()).matches("[A-Z]{3}(-[A-Z0-9]+){1,2}");
    assertThat(rule.title()).isNotBlank().doesNotEndWith(".");
    assertThat(rule.rationale()).endsWith(".");
    assertThat(rule.remediation()).endsWith(".");
    assertThat(rule.references())
        .allSatisfy(
            reference -> {
              assertThat(reference.source())
                  .matches(
                      "CIS Docker Benchmark 1\\.[68].*|NIST SP 800-190|NIST SP 800-53"
                          + "|DISA STIG .* 2\\.x");
              assertThat(reference.number())
                  .matches("[0-9]+(\\.[0-9]+)+|[A-Z]{2}-[0-9]+|DKER-EE-[0-9]{6}");
            });
  }

  @Test
  void benchmarkNumbersThatMovedKeepBoth() {
    Rule remoteApi = rule("ENG-TCPTLS");
    assertThat(remoteApi.references())
        .contains(
            new Reference("CIS Docker Benchmark 1.6/1.7", "2.7"),
            new Reference("CIS Docker Benchmark 1.8", "2.8"));
    assertThat(rule("ENG-DEVICEMAPPER").references())
        .extracting(Reference::source)
        .doesNotContain("CIS Docker Benchmark 1.6/1.7");
  }

  @Test
  void adviceWeighsNothing() {
    assertThat(rule("CTR-NSSHARE").weight()).isZero();
    assertThat(rule("CTR-PRIV").weight()).isEqualTo(40);
  }

  @ParameterizedTest
  @EnumSource(
      value = SubjectKind.class,
      names = {"ENGINE", "CONTAINER", "IMAGE", "VOLUME", "NETWORK", "SWARM"})
  void aSubjectThatWasNotReadIsUnknownForEveryRule(SubjectKind kind) {
    Reading.Unread unread = new Reading.Unread("GET /x", 500, "the engine answered 500");
    List<Verdict> verdicts = Checklist.standard().judge(hostOf(unread), kind, "x");
    assertThat(verdicts)
        .hasSameSizeAs(Checklist.standard().rules(kind))
        .allSatisfy(
            verdict -> {
              assertThat(verdict.outcome()).isEqualTo(Outcome.UNKNOWN);
              assertThat(verdict.reason()).isEqualTo("the engine answered 500");
              assertThat(verdict.evidence())
                  .containsExactly(new Evidence("GET /x", "{\"status\":500}", null));
            });
  }

  @Test
  void aSubjectThatIsNotThereIsTheCallersMistake() {
    assertThatThrownBy(
            () ->
                Checklist.standard()
                    .judge(new HostFixture().facts(), SubjectKind.CONTAINER, "gone"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("container gone");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "null", "\"text\"", "7"})
  void anEmptyOrOddDocumentNeverPassesOrFails(String json) {
    JsonNode document = HostFixture.json(json);
    Reading reading = new Reading.Read("sha", document, null, MissingNode.getInstance());
    for (SubjectKind kind : JUDGED) {
      List<Rule> rules = Checklist.standard().rules(kind);
      List<Verdict> verdicts = Checklist.standard().judge(hostOf(reading), kind, "x");
      for (int i = 0; i < rules.size(); i++) {
        assertThat(verdicts.get(i).outcome())
            .as("%s: %s", rules.get(i).id(), verdicts.get(i))
            .isNotIn(Outcome.PASS, Outcome.FAIL);
        if (verdicts.get(i).outcome() == Outcome.UNKNOWN) {
          assertThat(verdicts.get(i).evidence()).as(rules.get(i).id()).isNotEmpty();
        }
      }
    }
  }

  /**
   * Every field of every document in turn gets a value of every other type: no check throws, and
   * none that failed or could not tell passes because of it.
   */
  @Test
  void aFieldOfAnotherTypeNeverThrowsAndNeverTurnsIntoAPass() {
    List<JsonNode> odd =
        Stream.of("null", "7", "-1.5", "true", "\"odd\"", "[]", "[7,{},[],null]", "{\"a\":[1]}")
            .map(HostFixture::json)
            .toList();
    for (String name :
        List.of("container", "engine", "image", "volume", "network", "own-network")) {
      verifyNoNewPass(HostFixture::new, name, odd);
    }
    verifyNoNewPass(() -> new HostFixture().manager(), "swarm", odd);
  }

  private static void verifyNoNewPass(Supplier<HostFixture> host, String name, List<JsonNode> odd) {
    Map<SubjectKind, List<Verdict>> before = judgeAll(host.get().facts());
    List<List<String>> places = new ArrayList<>();
    collect(Objects.requireNonNull(host.get().documents().get(name)), List.of(), places);
    for (List<String> place : places) {
      for (JsonNode value : odd) {
        verifyNoNewPass(host.get(), before, name, place, value);
      }
    }
  }

  private static void verifyNoNewPass(
      HostFixture fixture,
      Map<SubjectKind, List<Verdict>> before,
      String name,
      List<String> place,
      JsonNode value) {
    JsonNode document = Objects.requireNonNull(fixture.documents().get(name));
    JsonNode old = put(document, place, value);
    judgeAll(fixture.facts())
        .forEach(
            (kind, verdicts) -> {
              List<Verdict> earlier = Objects.requireNonNull(before.get(kind));
              for (int i = 0; i < verdicts.size(); i++) {
                boolean wrongType =
                    !old.isNull() && !value.isNull() && old.getNodeType() != value.getNodeType();
                if (wrongType && earlier.get(i).outcome() != Outcome.PASS) {
                  assertThat(verdicts.get(i).outcome())
                      .as(
                          "%s with %s=%s",
                          Checklist.standard().rules(kind).get(i).id(), place, value)
                      .isNotEqualTo(Outcome.PASS);
                }
              }
            });
  }

  private static Map<SubjectKind, List<Verdict>> judgeAll(HostFacts facts) {
    return Map.of(
        SubjectKind.ENGINE,
        Checklist.standard().judge(facts, SubjectKind.ENGINE, Checklist.ENGINE_ID),
        SubjectKind.CONTAINER,
        Checklist.standard().judge(facts, SubjectKind.CONTAINER, HostFixture.CONTAINER),
        SubjectKind.IMAGE,
        Checklist.standard().judge(facts, SubjectKind.IMAGE, HostFixture.IMAGE),
        SubjectKind.VOLUME,
        Checklist.standard().judge(facts, SubjectKind.VOLUME, HostFixture.VOLUME),
        SubjectKind.NETWORK,
        Checklist.standard().judge(facts, SubjectKind.NETWORK, HostFixture.NETWORK),
        SubjectKind.SWARM,
        Checklist.standard().judge(facts, SubjectKind.SWARM, Checklist.SWARM_ID));
  }

  private static void collect(JsonNode node, List<String> path, List<List<String>> places) {
    if (!path.isEmpty()) {
      places.add(path);
    }
    node.properties()
        .forEach(
            member ->
                collect(
                    member.getValue(),
                    Stream.concat(path.stream(), Stream.of(member.getKey())).toList(),
                    places));
  }

  /** Puts a value into a place that exists, and returns what was there. */
  private static JsonNode put(JsonNode document, List<String> place, JsonNode value) {
    JsonNode node = document;
    for (String step : place.subList(0, place.size() - 1)) {
      node = node.path(step);
    }
    if (!(node instanceof ObjectNode object)) {
      return MissingNode.getInstance();
    }
    JsonNode old = object.path(place.getLast());
    object.set(place.getLast(), value);
    return old;
  }

  @Test
  void equalFactsGiveEqualVerdicts() {
    Random random = new Random(20261124);
    for (int round = 0; round < 300; round++) {
      long seed = random.nextLong();
      HostFacts one = randomHost(new Random(seed));
      HostFacts same = randomHost(new Random(seed));
      for (SubjectKind kind : JUDGED) {
        assertThat(Checklist.standard().judge(one, kind, "x"))
            .isEqualTo(Checklist.standard().judge(same, kind, "x"));
      }
    }
  }

  /** Documents with the right fields and values drawn from everything a field may hold. */
  private static HostFacts randomHost(Random random) {
    List<Reading> readings = new ArrayList<>();
    for (String name : List.of("engine", "container", "image", "volume", "network", "swarm")) {
      JsonNode document = HostFixture.base(name);
      List<List<String>> places = new ArrayList<>();
      collect(document, List.of(), places);
      for (int i = 0; i < 8; i++) {
        put(document, places.get(random.nextInt(places.size())), randomValue(random));
      }
      readings.add(new Reading.Read(name, document, name + "-o", randomObservation(random)));
    }
    return HostFacts.at(HostFixture.AT)
        .transport(random.nextBoolean() ? HostFacts.Transport.TLS : HostFacts.Transport.TCP)
        .engine(readings.get(0))
        .containers(Map.of("x", readings.get(1)))
        .images(Map.of("x", readings.get(2)))
        .volumes(Map.of("x", readings.get(3)))
        .networks(Map.of("x", readings.get(4)))
        .swarm(readings.get(5))
        .hostFiles(readings.get(0))
        .switchedOn(random.nextBoolean() ? READ : Set.of())
        .build();
  }

  private static JsonNode randomObservation(Random random) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("state", List.of("running", "exited", "created", "odd").get(random.nextInt(4)));
    node.put("everStarted", random.nextBoolean());
    return node;
  }

  private static JsonNode randomValue(Random random) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return switch (random.nextInt(7)) {
      case 0 -> json.nullNode();
      case 1 -> json.booleanNode(random.nextBoolean());
      case 2 -> json.numberNode(random.nextInt(3) - 1);
      case 3 ->
          json.stringNode(List.of("", "host", "0", "ALL", "container:x").get(random.nextInt(5)));
      case 4 -> json.arrayNode();
      case 5 -> {
        ArrayNode array = json.arrayNode();
        array.add(List.of("ALL", "seccomp=unconfined", "A_TOKEN=x", "").get(random.nextInt(4)));
        yield array;
      }
      default -> json.objectNode();
    };
  }

  private static HostFacts hostOf(Reading reading) {
    Map<String, Reading> one = Map.of("x", reading);
    return HostFacts.at(HostFixture.AT)
        .engine(reading)
        .containers(one)
        .images(one)
        .volumes(one)
        .networks(one)
        .swarm(reading)
        .hostFiles(reading)
        .switchedOn(READ)
        .build();
  }

  private static Rule rule(String id) {
    return Checklist.standard().rules().stream()
        .filter(r -> r.id().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
