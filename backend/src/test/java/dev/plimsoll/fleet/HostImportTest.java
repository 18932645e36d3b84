package dev.plimsoll.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.checklist.ReadingSwitch;
import dev.plimsoll.fleet.InvalidInput.FieldError;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostImportTest {
  @Test
  @DisplayName("CSV: quotation marks, commas, line breaks, CRLF, a byte order mark, blank lines")
  void csv() {
    HostImport read =
        HostImport.csv(
            "\uFEFFendpoint,name,owner,labels,criticality,intervalSeconds\r\n"
                + "tcp://a,\"web, \"\"one\"\"\",\"two\nlines\",a=1; b = 2=3,4,60\r\n"
                + "\r\n"
                + " tcp://b , db ,,,,\r\n");

    assertThat(read.errors()).isEmpty();
    assertThat(read.lines())
        .containsExactly(
            new HostImport.Line(
                2,
                new HostDraft(
                    "web, \"one\"",
                    "tcp://a",
                    null,
                    null,
                    "two\nlines",
                    4,
                    Map.of("a", "1", "b", "2=3"),
                    60,
                    null)),
            new HostImport.Line(
                5, new HostDraft("db", "tcp://b", null, null, null, 2, Map.of(), 900, null)));
  }

  @Test
  @DisplayName("Readings that are switched on, in both forms")
  void readings() {
    HostImport csv =
        HostImport.csv("name,endpoint,readings\na,tcp://a, events ;changes;\nb,tcp://b,\n");
    HostImport json =
        HostImport.jsonLines(
            """
            {"name":"a","endpoint":"tcp://a","readings":["events","changes"]}
            {"name":"b","endpoint":"tcp://b","readings":null}
            """);

    for (HostImport read : List.of(csv, json)) {
      assertThat(read.errors()).isEmpty();
      assertThat(read.lines())
          .extracting(line -> line.draft().readings())
          .containsExactly(
              Set.of(ReadingSwitch.EVENTS, ReadingSwitch.CHANGES), HostDraft.DEFAULT_READINGS);
    }
    assertThat(
            HostImport.jsonLines(
                    "{\"name\":\"a\",\"endpoint\":\"tcp://a\",\"readings\":[\"logs\"]}\n")
                .errors())
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.field()).isEqualTo("line 1: readings");
              assertThat(error.message()).contains("\"logs\" is no reading", "host-files");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "'', body",
    "'name\nx\n', line 1: header",
    "'name,endpoint,colour\nx,tcp://h,red\n', line 1: header",
    "'name,endpoint,name\nx,tcp://h,y\n', line 1: header",
    "'name,endpoint\nx\n', line 2: columns",
    "'name,endpoint\nx,tcp://h,more\n', line 2: columns",
    "'name,endpoint\n\"x,tcp://h\n', body",
    "'name,endpoint,labels\nx,tcp://h,nolabel\n', line 2: labels",
    "'name,endpoint,criticality\nx,tcp://h,-1\n', line 2: criticality",
    "'name,endpoint,readings\nx,tcp://h,events;attach\n', line 2: readings",
  })
  @DisplayName("CSV: what cannot be read is named by its line")
  void badCsv(String text, String field) {
    HostImport read = HostImport.csv(text);
    assertThat(read.lines()).isEmpty();
    assertThat(read.errors()).extracting(FieldError::field).containsExactly(field);
  }

  @Test
  @DisplayName("JSON lines: credentials as text, and each bad line named without its secrets")
  void jsonLines() {
    HostImport read =
        HostImport.jsonLines(
            """
            {"name":"a","endpoint":"tcp://a","labels":{"k":"v"},"tls":{"ca":"PEM"}}

            {"name":"b","endpoint":"ssh://u@b","ssh":{"privateKey":"hunter2"},"extra":1}
            {"name":"c","endpoint":"tcp://c","ssh":{"privateKey":"hunter2"
            ["d"]
            {"name":"e","endpoint":"tcp://e","tls":{"ca":1,"pin":"x"}}
            """);

    assertThat(read.lines())
        .containsExactly(
            new HostImport.Line(
                1,
                new HostDraft(
                    "a",
                    "tcp://a",
                    null,
                    null,
                    null,
                    2,
                    Map.of("k", "v"),
                    900,
                    new Credential.Tls("PEM", null, null))));
    assertThat(read.errors())
        .extracting(FieldError::field)
        .containsExactly(
            "line 3: extra", "line 4: body", "line 5: body", "line 6: tls.ca", "line 6: tls.pin");
    assertThat(read.errors().toString()).doesNotContain("hunter2");
  }

  @Test
  @DisplayName("More hosts than one list may have are refused")
  void tooMany() {
    String line = "x,tcp://h\n";
    HostImport read = HostImport.csv("name,endpoint\n" + line.repeat(HostImport.MOST + 1));
    assertThat(read.errors()).extracting(FieldError::field).containsExactly("body");
  }
}
