package dev.plimsoll.collect.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.backup.DataSizes;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Reading how large an engine's data is")
class DiskUsageReaderTest {
  private static final String A = "a".repeat(64);
  private static final String B = "b".repeat(64);

  @Test
  @DisplayName("takes volumes' sizes and containers' own layers, and nothing else")
  void told() throws IOException {
    assertThat(
            read(
                """
                {"LayersSize":9,"Images":[{"Id":"sha256:1","Size":7,"Labels":{"Name":"x"}}],
                 "Containers":[
                  {"Id":"%s","Names":["/web"],"Labels":{"SizeRw":"5"},"SizeRw":2097153,
                   "SizeRootFs":3000000,"Mounts":[{"Name":"orders","Size":3}]},
                  {"SizeRootFs":4,"Id":"%s","State":"exited"}],
                 "Volumes":[
                  {"Name":"orders","UsageData":{"RefCount":1,"Size":4096},"Labels":null},
                  {"UsageData":{"Size":0,"RefCount":0},"Name":"empty"},
                  {"Name":"remote","UsageData":{"RefCount":1,"Size":-1}},
                  {"Name":"untold","UsageData":null}],
                 "BuildCache":[{"ID":"c","Size":1}],"BuilderSize":0}
                """
                    .formatted(A, B)))
        .isEqualTo(
            new DiskUsage.Told(
                new DataSizes.Measured(
                    Map.of("orders", 4096L, "empty", 0L), Map.of(A, 2097153L, B, 0L))));
  }

  @Test
  @DisplayName("null stands for none")
  void none() throws IOException {
    assertThat(read("{\"Images\":null,\"Containers\":null,\"Volumes\":null}"))
        .isEqualTo(new DiskUsage.Told(new DataSizes.Measured(Map.of(), Map.of())));
  }

  @Test
  @DisplayName("leaves out what has no name or no size that could be kept")
  void hostile() throws IOException {
    assertThat(
            read(
                """
                {"Containers":[{"Id":"../x","SizeRw":5},{"Id":7,"SizeRw":5},{"SizeRw":5},7,
                   {"Id":"%s","SizeRw":"5"},{"Id":"%s","SizeRw":-1}],
                 "Volumes":[{"Name":"a\\u0000b","UsageData":{"Size":5}},{"Name":"","UsageData":{"Size":5}},
                   {"Name":["x"],"UsageData":{"Size":5}},null,"x",{"Name":"y","UsageData":{"Size":1.5}},
                   {"Name":"%s","UsageData":{"Size":5}}]}
                """
                    .formatted(A, B, "n".repeat(1001))))
        .isEqualTo(new DiskUsage.Told(new DataSizes.Measured(Map.of(), Map.of())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "7",
        "<html>",
        "{\"Volumes\":[]}",
        "{\"Containers\":[]}",
        "{\"Containers\":{},\"Volumes\":[]}",
        "{\"Containers\":[],\"Volumes\":[{\"Name\":\"a\"",
        "{\"Containers\":[],\"Volumes\":[{\"Name\":\"a\",\"UsageData\":{\"Size\":99999999999999999999}}]}"
      })
  @DisplayName("takes nothing from what no engine answers")
  void unreadable(String answer) throws IOException {
    assertThat(read(answer)).isInstanceOf(DiskUsage.Unreadable.class);
  }

  @Test
  @DisplayName("does not hold more than can be meant")
  void tooMany() throws IOException {
    StringBuilder answer = new StringBuilder("{\"Containers\":[],\"Volumes\":[");
    for (int i = 0; i <= 100_000; i++) {
      answer.append("{\"Name\":\"v").append(i).append("\",\"UsageData\":{\"Size\":1}},");
    }
    assertThat(read(answer.append("null]}").toString()))
        .isInstanceOfSatisfying(
            DiskUsage.Unreadable.class,
            unreadable -> assertThat(unreadable.sentence()).contains("100000"));
  }

  @Test
  @DisplayName("a connection that breaks is told as such")
  void broken() {
    InputStream broken =
        new FilterInputStream(InputStream.nullInputStream()) {
          @Override
          public int read(byte[] bytes, int from, int length) throws IOException {
            throw new IOException("reset");
          }
        };
    InputStream begun =
        new ByteArrayInputStream("{\"Containers\":[".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> DiskUsageReader.read(new SequenceInputStream(begun, broken)))
        .isInstanceOf(IOException.class)
        .hasMessage("reset");
  }

  private static DiskUsage read(String answer) throws IOException {
    return DiskUsageReader.read(new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)));
  }
}
