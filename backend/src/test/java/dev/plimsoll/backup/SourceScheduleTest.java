package dev.plimsoll.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.fleet.HostDraft;
import dev.plimsoll.fleet.Hosts;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.SignedIn;
import dev.plimsoll.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest
@DatabaseTest
class SourceScheduleTest {
  private static final SignedIn ADA = SignedIn.administrator();

  @Autowired private BackupSources sources;
  @Autowired private Hosts hosts;

  @TempDir private Path home;

  @Test
  @DisplayName("A source is read by itself when it is new, and again when somebody asks")
  void read() throws IOException {
    ADA.run(
        () ->
            hosts.add(
                new HostDraft(
                    "web", "tcp://192.0.2.1:2375", null, null, null, 2, Map.of(), 900, null)));
    Files.writeString(home.resolve("data-2026-03-01.tar.gz"), "packed");
    long source =
        ADA.get(
            () ->
                sources.create(
                    new SourceDraft(
                        "archives",
                        SourceType.ARCHIVES,
                        home.toString(),
                        null,
                        Map.of(),
                        new JsonMapper()
                            .readTree(
                                "{\"host\":\"web\",\"rules\":[{\"archive\":\"{volume}-{time}.tar.gz\"}]}"),
                        null,
                        3600,
                        null)));
    Waiting.until("the first reading", () -> newest(source).equals(List.of("SUCCEEDED")));

    Files.writeString(home.resolve("data-2026-03-02.tar.gz"), "packed");
    long asked = ADA.get(() -> sources.readNow(source));
    Waiting.until(
        "the reading that was asked for",
        () -> newest(source).equals(List.of("SUCCEEDED", "SUCCEEDED")));
    SourceReading reading = ADA.get(() -> sources.reading(source, asked)).orElseThrow();
    assertThat(reading.snapshots()).isEqualTo(2);
    assertThat(reading.recordsNew()).isEqualTo(1);
  }

  private List<String> newest(long source) {
    return ADA.get(() -> sources.readings(source, null)).stream()
        .map(SourceReading::outcome)
        .toList();
  }
}
