package dev.plimsoll.backup.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plimsoll.backup.SourceType;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.InvalidInput.FieldError;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MappingTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Instant AT = Instant.parse("2026-03-01T02:00:00Z");

  private static final HostNames HOSTS =
      new HostNames(
          List.of(
              new HostNames.Named(1, "web", "ip-10-0-0-1"),
              new HostNames.Named(2, "web-1", "twin"),
              new HostNames.Named(3, "db", "twin")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        // a tag goes before the path that it was read from
        "volume=data host=web | /mnt/snapshot | other | 1 VOLUME data",
        "volume=a volume=b | /x | WEB | 1 VOLUME a; 1 VOLUME b",
        "'' | /var/lib/docker/volumes/data/_data | web-1 | 2 VOLUME data",
        "'' | /var/lib/docker/100000.100000/volumes/x_1.y/_data | db | 3 VOLUME x_1.y",
        "'' | /srv/app/ /etc//nginx | web | 1 DIRECTORY /srv/app; 1 DIRECTORY /etc/nginx",
        "'' | /var/lib/docker/volumes/data/_data/sub | web |"
            + " 1 DIRECTORY /var/lib/docker/volumes/data/_data/sub",
        "daily | /srv | ip-10-0-0-1 | 1 DIRECTORY /srv",
      })
  @DisplayName("Restic: a tag names the volume, else its path does, else it is a directory")
  void restic(String tags, String paths, String hostname, String expected) {
    Mapping mapping = Mapping.parse(SourceType.RESTIC, null);
    Mapped mapped = mapping.map(snapshot(words(tags), words(paths), hostname, null), HOSTS);
    assertThat(pieces(mapped)).isEqualTo(expected);
    assertThat(mapped.reason()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "volume=data | /x | nowhere | No host is called \"nowhere\".",
        "volume=data host=gone | /x | web | No host is called \"gone\".",
        "volume=data | /x | twin | 2 hosts have an engine called \"twin\". Say in the mapping's"
            + " hosts which is meant.",
        "volume=data | /x | '' | It does not say which host it is of. Name one in the mapping.",
        "daily | C:\\data | web | No rule is for its path \"C:\\data\".",
      })
  @DisplayName("What cannot be mapped says why")
  void unmapped(String tags, String paths, String hostname, String reason) {
    Mapped mapped =
        Mapping.parse(SourceType.RESTIC, null)
            .map(
                snapshot(words(tags), words(paths), hostname.isEmpty() ? null : hostname, null),
                HOSTS);
    assertThat(mapped.pieces()).isEmpty();
    assertThat(mapped.reason()).isEqualTo(reason);
  }

  @Test
  @DisplayName("A part that no rule is for is told beside what was mapped")
  void partly() {
    Mapping mapping =
        mapping(SourceType.RESTIC, "{'rules':[{'path':'{*}/volumes/{volume}/_data'}]}");
    Mapped mapped =
        mapping.map(snapshot(List.of(), List.of("/v/volumes/a/_data", "/etc"), "web", null), HOSTS);
    assertThat(pieces(mapped)).isEqualTo("1 VOLUME a");
    assertThat(mapped.reason()).isEqualTo("No rule is for its path \"/etc\".");
  }

  @ParameterizedTest
  @CsvSource({
    "web-1-db-data-2026-03-01T02:00:00, 2 VOLUME db-data",
    "web-data-20260301020000, 1 VOLUME data",
    "data-2026-03-01, 1 VOLUME data",
    "db-2026-03-01_02-00, 1 VOLUME db",
  })
  @DisplayName("Borg: the longest host that the archive's name can mean, else the archive's own")
  void borg(String archive, String expected) {
    Mapped mapped =
        Mapping.parse(SourceType.BORG, null)
            .map(snapshot(List.of(), List.of(), "web", archive), HOSTS);
    assertThat(pieces(mapped)).isEqualTo(expected);
    assertThat(mapped.pieces().getFirst().namedTime()).isNotNull();
  }

  @Test
  @DisplayName("One archive may hold several volumes and a directory; encryption changes nothing")
  void archives() {
    Mapping mapping =
        mapping(
            SourceType.ARCHIVES,
            "{'host':'db','rules':[{'archive':'backup-{time}.tar.gz','volumes':['a','b'],"
                + "'directories':['/srv/x/']}]}");
    Mapped mapped =
        mapping.map(
            snapshot(List.of(), List.of(), null, "backup-2026-03-01T02-00-00.tar.gz.gpg"), HOSTS);
    assertThat(pieces(mapped)).isEqualTo("3 VOLUME a; 3 VOLUME b; 3 DIRECTORY /srv/x");
    assertThat(mapped.pieces().getFirst().namedTime()).isEqualTo(AT);
    assertThat(mapped.pieces().getFirst().by()).isEqualTo("archive backup-{time}.tar.gz");
  }

  @Test
  @DisplayName("Names outside stand for hosts here; a rule's host goes before all else")
  void hosts() {
    Mapping mapping =
        mapping(
            SourceType.RESTIC,
            "{'hosts':{'old-name':'db'},'rules':[{'tag':'layer={container}','host':'web-1'},"
                + "{'tag':'volume={volume}'},{'tag':'swarm','as':'swarm'}]}");
    assertThat(
            pieces(
                mapping.map(
                    snapshot(List.of("layer=c1", "volume=v", "swarm"), List.of(), "old-name", null),
                    HOSTS)))
        .isEqualTo("2 LAYER c1; 3 VOLUME v; 3 SWARM swarm");
  }

  @Test
  @DisplayName("A mapping is shown with the rules in use, and reads as it was shown")
  void shown() {
    for (SourceType type : List.of(SourceType.RESTIC, SourceType.BORG)) {
      JsonNode shown = Mapping.parse(type, null).toJson();
      assertThat(shown.path("rules").size()).isPositive();
      assertThat(Mapping.parse(type, shown).toJson()).isEqualTo(shown);
    }
    JsonNode full =
        json(
            "{'host':'web','hosts':{'a':'b'},'rules':[{'path':'/srv/{*}','as':'directory',"
                + "'host':'db','volumes':['v'],'directories':['/d']}]}");
    assertThat(Mapping.parse(SourceType.RESTIC, full).toJson()).isEqualTo(full);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ARCHIVES | {} | mapping.rules",
        "RESTIC | [] | mapping",
        "RESTIC | {'rule':1} | mapping.rule",
        "RESTIC | {'rules':[]} | mapping.rules",
        "RESTIC | {'rules':[{'tag':'x'}]} | mapping.rules[0]",
        "RESTIC | {'rules':[{'tag':'{volume}','path':'{path}'}]} | mapping.rules[0]",
        "RESTIC | {'rules':[{'volumes':['a']}]} | mapping.rules[0]",
        "RESTIC | {'rules':[{'tag':'{vol}'}]} | mapping.rules[0].tag",
        "RESTIC | {'rules':[{'tag':'{host}{volume}'}]} | mapping.rules[0].tag",
        "RESTIC | {'rules':[{'tag':'{volume}-{volume}'}]} | mapping.rules[0].tag",
        "RESTIC | {'rules':[{'tag':'x','as':'directory'}]} | mapping.rules[0].as",
        "RESTIC | {'rules':[{'path':'{*}','directories':['x']}]} |"
            + " mapping.rules[0].directories",
        "RESTIC | {'hosts':{'a':1}} | mapping.hosts.a",
      })
  @DisplayName("A bad mapping names its bad field")
  void refused(SourceType type, String text, String field) {
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> mapping(type, text))
        .satisfies(
            e -> assertThat(e.errors()).extracting(FieldError::field).containsExactly(field));
  }

  @Test
  @DisplayName("A hostile tag is taken apart in bounded time")
  void hostile() {
    Mapping mapping = mapping(SourceType.RESTIC, "{'rules':[{'tag':'{*}a{*}a{*}a{*}a{volume}'}]}");
    Mapped mapped =
        mapping.map(snapshot(List.of("a".repeat(4000) + "!"), List.of(), "web", null), HOSTS);
    assertThat(mapped.pieces()).isEmpty();
  }

  private static Mapping mapping(SourceType type, String text) {
    return Mapping.parse(type, json(text));
  }

  private static JsonNode json(String text) {
    return JSON.readTree(text.replace('\'', '"'));
  }

  private static List<String> words(String text) {
    return text.equals("''") || text.isEmpty() ? List.of() : Arrays.asList(text.split(" ", -1));
  }

  private static Snapshot snapshot(
      List<String> tags, List<String> paths, @Nullable String hostname, @Nullable String archive) {
    return new Snapshot("id", AT, AT, hostname, tags, paths, archive, null, null);
  }

  private static String pieces(Mapped mapped) {
    return String.join(
        "; ",
        mapped.pieces().stream()
            .map(p -> p.hostId() + " " + p.data().kind() + " " + p.data().name())
            .toList());
  }
}
