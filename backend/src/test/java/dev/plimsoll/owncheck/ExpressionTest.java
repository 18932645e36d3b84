package dev.plimsoll.owncheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plimsoll.checklist.Evidence;
import dev.plimsoll.checklist.Placement;
import dev.plimsoll.checklist.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ExpressionTest {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String DOCUMENT =
      """
      {"Name":"/web","HostConfig":{"Privileged":false,"CapAdd":["NET_ADMIN","SYS_TIME"],
       "CapDrop":null,"Memory":268435456,"NanoCpus":0,"Load":1.5,"Devices":[],
       "PortBindings":{"80/tcp":[{"HostIp":"0.0.0.0","HostPort":"8080"}]}},
       "Config":{"Image":"registry.example/web:1.2","Labels":{"com.acme.owner":"shop","tier":"1"},
       "Env":["PATH=/bin","MODE=prod"]},
       "Mounts":[{"Type":"bind","Source":"/etc","RW":true},{"Type":"volume","Name":"data","RW":true}]}
      """;

  private static JsonNode json(String text) {
    return MAPPER.readTree(text);
  }

  private static Facts facts(JsonNode document) {
    return new Facts(
        new Reading.Read("aa11", document, "bb22", json("{\"state\":\"running\"}")),
        new Placement("shop-1", "Retail/Payments", "production", Map.of("pci", "yes")),
        new Reading.Read("cc33", json("{\"info\":{\"Driver\":\"overlay2\"}}"), null, json("{}")));
  }

  private static Facts facts() {
    return facts(json(DOCUMENT));
  }

  private static Expression compiled(String source) {
    try {
      return Expression.compile(source);
    } catch (InvalidExpression e) {
      throw new AssertionError(source + ": " + e.words(), e);
    }
  }

  private static Answer ask(String source) {
    return compiled(source).ask(facts());
  }

  private static List<Problem> problems(String source) {
    try {
      Expression.compile(source);
    } catch (InvalidExpression e) {
      return e.problems();
    }
    throw new AssertionError("compiled: " + source);
  }

  @ParameterizedTest(name = "{0} is {1}")
  @DisplayName("What is asked of documents is answered")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          doc.HostConfig.Privileged == false                              | true
          !doc.HostConfig.Privileged                                      | true
          doc.HostConfig.Privileged                                       | false
          doc.HostConfig.Memory > 0                                       | true
          doc.HostConfig.Memory >= 512 * 1024 * 1024                      | false
          doc.HostConfig.Load > 1                                         | true
          doc.HostConfig.CapAdd.all(c, c in ['NET_ADMIN', 'SYS_TIME'])    | true
          'SYS_ADMIN' in doc.HostConfig.CapAdd                            | false
          doc.HostConfig.CapAdd.exists(c, c.startsWith('SYS_'))           | true
          doc.HostConfig.CapAdd.exists_one(c, c == 'SYS_TIME')            | true
          doc.HostConfig.CapAdd[1] == 'SYS_TIME'                          | true
          doc.HostConfig.CapDrop == null                                  | true
          doc.HostConfig.CapAdd == null                                   | false
          doc.HostConfig.CapAdd == ['NET_ADMIN', 'SYS_TIME']              | true
          size(doc.Mounts) == 2 && size(doc.HostConfig.Devices) == 0      | true
          doc.Mounts.filter(m, m.Type == 'bind').all(m, !m.RW)            | false
          doc.Mounts.map(m, m.Type) == ['bind', 'volume']                 | true
          has(doc.Config.Labels.tier)                                     | true
          has(doc.Config.Labels.missing)                                  | false
          doc.Config.Labels['com.acme.owner'] == 'shop'                   | true
          'com.acme.owner' in doc.Config.Labels                           | true
          doc.Config.Labels.exists(name, name.matches('^com[.]acme[.]'))  | true
          doc.Config.Image.contains('example') && doc.Name.endsWith('b')  | true
          int(doc.Config.Labels.tier) < 2                                 | true
          string(doc.HostConfig.Memory) == '268435456'                    | true
          seen.state == 'running'                                         | true
          host.group == 'Retail/Payments' && host.labels.pci == 'yes'     | true
          host.environment == 'production' && host.name == 'shop-1'       | true
          host.engine.info.Driver == 'overlay2'                           | true
          "doc.Missing == 1 || !doc.HostConfig.Privileged"                | true
          """)
  void answers(String source, boolean value) {
    Answer answer = ask(source);

    assertThat(answer.reason()).isNull();
    assertThat(answer.value()).isEqualTo(value);
    assertThat(answer.evidence()).isNotEmpty();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @DisplayName("What cannot be answered is unknown, says why, and never passes")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          doc.HostConfig.Nothing == true                 | .HostConfig.Nothing is missing
          doc.Config.Labels['a.b'] == 'x'                | .Config.Labels['a.b'] is missing
          host.labels.zone == 'a'                        | host.labels.zone is missing
          seen.health == 'healthy'                       | .health is missing
          doc.Name > 3                                   | > does not take what stands there (line 1, column 10)
          doc.HostConfig.CapDrop.all(c, c == 'ALL')      | list
          doc.HostConfig.CapDrop.exists(c, c == 'ALL')   | list
          doc.Name.Inner == 1                            | a field is asked of something that is no object (line 1, column 9)
          doc.HostConfig.Memory                          | the expression gives neither true nor false
          doc.HostConfig.Memory / doc.HostConfig.NanoCpus > 1 | it divides by zero (line 1, column 23)
          doc.HostConfig.CapAdd[7] == 'x'                | no such element
          doc.HostConfig.Memory * 9000000000000 > 0      | a number gets too large
          int(doc.Name) == 1                             | a text does not have the form
          doc.HostConfig.Memory.matches('^1')            | matches does not take
          """)
  void unknown(String source, String reason) {
    Answer answer = ask(source);

    assertThat(answer.value()).isNull();
    assertThat(answer.reason()).contains(reason);
    assertThat(answer.evidence()).isNotEmpty();
  }

  @Test
  @DisplayName("Evidence is what was read: the path, the value and the document's hash")
  void evidence() {
    assertThat(ask("doc.Mounts.all(m, m.Type != 'volume') || seen.state == 'x'").evidence())
        .containsExactly(
            new Evidence(".Mounts[0].Type", "\"bind\"", "aa11"),
            new Evidence(".Mounts[1].Type", "\"volume\"", "aa11"),
            new Evidence(".state", "\"running\"", "bb22"));
    assertThat(ask("doc.HostConfig.Gone == 1 && host.engine.info.Driver == ''").evidence())
        .containsExactly(
            new Evidence(".HostConfig.Gone", null, "aa11"),
            new Evidence(".info.Driver", "\"overlay2\"", "cc33"));
    assertThat(ask("doc.HostConfig.CapDrop != null && host.group == 'x'").evidence())
        .containsExactly(new Evidence(".HostConfig.CapDrop", "null", "aa11"));
    assertThat(ask("host.group == 'x'").evidence())
        .containsExactly(new Evidence("host.group", "\"Retail/Payments\"", null));
    assertThat(ask("size(doc.HostConfig.CapAdd) > 5").evidence())
        .containsExactly(
            new Evidence(".HostConfig.CapAdd", "[\"NET_ADMIN\",\"SYS_TIME\"]", "aa11"));
    assertThat(ask("doc.HostConfig.Devices.exists(d, d.PathOnHost == '/dev/kmsg')").evidence())
        .containsExactly(new Evidence(".HostConfig.Devices", "[]", "aa11"));
  }

  @Test
  @DisplayName(
      "An engine that was not read makes unknown what asks for it, with the call that failed")
  void engineNotRead() {
    Facts blind =
        new Facts(
            facts().subject(),
            Placement.NOWHERE,
            new Reading.Unread("GET /info", 500, "The engine answered 500."));

    Answer answer = compiled("host.engine.info.Driver == 'overlay2'").ask(blind);

    assertThat(answer.value()).isNull();
    assertThat(answer.reason()).isEqualTo("The engine answered 500.");
    assertThat(answer.evidence())
        .containsExactly(new Evidence("GET /info", "{\"status\":500}", null));
    assertThat(compiled("host.group == ''").ask(blind).value()).isTrue();
  }

  @ParameterizedTest(name = "{0} at {1}: {2}")
  @DisplayName("What does not compile is named with its place and a remedy")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          docs.Name == 'x'                          | 1:1  | There is no docs here
          doc.Name == 'x' && web                    | 1:20 | There is no web here
          doc.Name ==                               | 1:12 | does not read as an expression
          size(doc.Mounts)                          | 1:1  | neither true nor false
          1 == 1                                    | 1:1  | reads nothing of the subject
          true                                      | 1:1  | reads nothing of the subject
          host.grup == 'x'                          | 1:5  | A host has no grup
          host == {}                                | 1:1  | Ask for one thing of the host
          doc.Name.matches('(a')                    | 1:18 | not one that RE2 understands
          doc.Name.matches('(?=a)')                 | 1:18 | not one that RE2 understands
          doc.Name.matches(doc.Config.Image)        | 1:17 | has to be a text in quotes
          doc.Name.matches('(((a{999}){999}){999})')| 1:18 | The pattern is too large
          doc.Mounts.all(doc, doc.RW)               | 1:15 | cannot be called doc
          doc.Name + 'x' == 'y'                     | 1:10 | + does not take (dyn, string)
          'y' + 'z' == doc.Name                     | 1:5  | + does not take (string, string)
          now() > doc.Name                          | 1:4  | There is no now here
          timestamp(doc.Name) == doc.x              | 1:10 | There is no timestamp here
          doc.Name.upperAscii() == 'X'              | 1:20 | There is no upperAscii here
          java.lang.Runtime.exec(doc.Name)          | 1:1  | There is no
          """)
  void invalid(String source, String place, String message) {
    List<Problem> problems = problems(source);

    assertThat(problems).isNotEmpty();
    assertThat(problems.getFirst().message()).contains(message);
    assertThat(problems.getFirst().line() + ":" + problems.getFirst().column()).isEqualTo(place);
  }

  @Test
  @DisplayName("A place in a later line is counted from that line")
  void lines() {
    assertThat(problems("doc.Name == 'x'\n  && dok.Name == 'y'").getFirst())
        .extracting(Problem::line, Problem::column)
        .containsExactly(2, 6);
    assertThat(ask("doc.Name != 'x'\n  && doc.Name > 5").reason()).contains("(line 2, column 15)");
  }

  @Test
  @DisplayName("Expressions that are too long or too deep are refused, whatever they are made of")
  void tooLarge() {
    assertThat(problems("doc.Name == '" + "x".repeat(5_000) + "'").getFirst().message())
        .contains("longer than 4000 characters");
    for (String deep :
        List.of(
            "(".repeat(1_500) + "doc.A" + ")".repeat(1_500) + " == 1",
            "!".repeat(1_501) + "(doc.A == 1)",
            "doc.A" + ".b".repeat(1_500) + " == 1",
            "doc.A == " + "1+".repeat(1_500) + "1",
            "doc.A == " + "[".repeat(1_500) + "]".repeat(1_500),
            "doc.A" + "[0]".repeat(900) + " == 1",
            "doc.A == " + "-".repeat(1_501) + "1",
            "doc.A == 1 ? ".repeat(200) + "true" + ": false".repeat(200))) {
      try {
        Expression.compile(deep).ask(facts());
      } catch (InvalidExpression e) {
        assertThat(e.problems()).isNotEmpty();
      }
    }
    assertThat(problems("doc.A == " + "1+".repeat(1_500) + "1").getFirst().message())
        .contains("nested");
  }

  @ParameterizedTest
  @DisplayName("Endless work ends as unknown, not as an exception and not as a pass")
  @ValueSource(
      strings = {
        "doc.L.all(a, doc.L.all(b, doc.L.all(c, doc.L.all(d, a + b + c + d >= 0))))",
        "doc.L.map(a, doc.L.map(b, doc.L.map(c, [a, b, c]))).size() > 0",
        "doc.L.all(a, doc == doc && doc.L == doc.L) || !doc.L.exists(a, a < 0)",
        "doc.L.all(a, doc.T.contains(doc.T)) && doc.L.all(a, doc.T.matches('(x+x+)+y'))"
            + " || doc.L.all(a, doc.T.matches('(.*)(.*)(.*)(.*)(.*)[^a-z]x'))",
        "doc.L.exists(a, doc.L.exists(b, doc.L.exists(c, a + b + c < 0)))",
      })
  void endless(String source) {
    ObjectNode document = MAPPER.createObjectNode();
    for (int i = 0; i < 2_000; i++) {
      document.withArray("L").add(i);
    }
    document.put("T", "x".repeat(60_000));

    Answer answer = compiled(source).ask(facts(document));

    assertThat(answer.value()).isNull();
    assertThat(answer.reason()).containsAnyOf("steps", "loops", "costs more");
  }

  @Test
  @DisplayName("A pattern that makes backtracking engines hang is answered")
  void catastrophicPattern() {
    ObjectNode document = MAPPER.createObjectNode().put("T", "a".repeat(20_000) + "!");

    assertThat(compiled("doc.T.matches('^(a+)+$')").ask(facts(document)).value()).isFalse();
    assertThat(compiled("doc.T.matches('^(a|a)*!$')").ask(facts(document)).value()).isTrue();
  }

  @Test
  @DisplayName("A text that no setting has is not searched")
  void hugeText() {
    ObjectNode document = MAPPER.createObjectNode().put("T", "a".repeat(70_000));

    Answer answer = compiled("doc.T.contains('b')").ask(facts(document));

    assertThat(answer.value()).isNull();
    assertThat(answer.reason()).contains("longer than 65536 characters");
  }

  @Test
  @DisplayName("Of very many fields the last ones read are kept, and it says so")
  void muchEvidence() {
    ObjectNode document = MAPPER.createObjectNode();
    for (int i = 0; i < 300; i++) {
      document.withArray("L").add(i);
    }

    Answer answer = compiled("doc.L.all(a, a < 299)").ask(facts(document));

    assertThat(answer.value()).isFalse();
    assertThat(answer.evidence())
        .hasSize(50)
        .last()
        .extracting(Evidence::path)
        .isEqualTo(".L[299]");
    assertThat(answer.reason())
        .isEqualTo("the last 50 fields that were read are shown, 250 before them are not");
  }

  @Test
  @DisplayName("Hostile names and values stay data")
  void hostileDocument() {
    Facts facts =
        facts(json("{\"Labels\":{\"a'] || true || doc['b\":\"<script>\",\"%s%n\":\"${jndi:x}\"}}"));

    assertThat(compiled("doc.Labels.exists(k, doc.Labels[k] == '<script>')").ask(facts).value())
        .isTrue();
    assertThat(compiled("doc.Labels['%s%n'] > 1").ask(facts).value()).isNull();
    assertThat(compiled("doc.Labels['%s%n'] && true").ask(facts).value()).isNull();
  }

  @Test
  @DisplayName("One compiled expression answers many threads at once")
  void threads() throws Exception {
    Expression expression = compiled("doc.L.all(a, a < 50) && doc.L.exists(a, a == doc.N)");
    List<Callable<Boolean>> work =
        IntStream.range(0, 200)
            .<Callable<Boolean>>mapToObj(
                n ->
                    () -> {
                      ObjectNode document = MAPPER.createObjectNode().put("N", n % 60);
                      IntStream.range(0, 50).forEach(i -> document.withArray("L").add(i));
                      return expression.ask(facts(document)).value();
                    })
            .toList();
    List<Boolean> values = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Future<Boolean> one : threads.invokeAll(work)) {
        values.add(one.get());
      }
    }

    assertThat(values)
        .isEqualTo(IntStream.range(0, 200).mapToObj(n -> n % 60 < 50).collect(Collectors.toList()));
  }

  @Test
  @DisplayName("What an expression may read is known before it runs")
  void reads() {
    Syntax syntax =
        compiled(
                "doc.HostConfig.Privileged || doc.Config.Labels['a.b'] == doc.Config.Labels.x"
                    + " || doc.Mounts.exists(m, m.RW) || seen.state == 'x'")
            .syntax();

    assertThat(syntax.document())
        .containsExactlyInAnyOrder(
            ".HostConfig.Privileged", ".Config.Labels['a.b']", ".Config.Labels.x", ".Mounts");
    assertThat(syntax.observation()).isTrue();
    assertThat(syntax.host()).isFalse();
    assertThat(compiled("doc.exists(k, k == 'Id') && host.group == ''").syntax().document())
        .containsExactly(".");
  }

  @Test
  @DisplayName("An empty expression is refused")
  void empty() {
    assertThatExceptionOfType(InvalidExpression.class)
        .isThrownBy(() -> Expression.compile(" \n"))
        .satisfies(e -> assertThat(e.words()).contains("There is no expression"));
  }
}
