package dev.plimsoll.collect.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineRequestTest {
  private static final String HEX = "0123456789abcdef".repeat(4);

  static Stream<Arguments> requests() {
    return Stream.of(
        Arguments.of(EngineRequest.ping(), "/_ping"),
        Arguments.of(EngineRequest.version(), "/v1.41/version"),
        Arguments.of(EngineRequest.info(), "/v1.41/info"),
        Arguments.of(EngineRequest.containers(), "/v1.41/containers/json?all=true"),
        Arguments.of(EngineRequest.container("Web_1.a-b"), "/v1.41/containers/Web_1.a-b/json"),
        Arguments.of(EngineRequest.images(), "/v1.41/images/json"),
        Arguments.of(EngineRequest.image("sha256:" + HEX), "/v1.41/images/sha256:" + HEX + "/json"),
        Arguments.of(EngineRequest.imageHistory(HEX), "/v1.41/images/" + HEX + "/history"),
        Arguments.of(EngineRequest.imageFiles(HEX), "/v1.41/images/" + HEX + "/get"),
        Arguments.of(
            EngineRequest.processes("a"), "/v1.41/containers/a/top?ps_args=-eo%20pid,uid,comm"),
        Arguments.of(EngineRequest.changes("a"), "/v1.41/containers/a/changes"),
        Arguments.of(EngineRequest.containerWithSize("a"), "/v1.41/containers/a/json?size=1"),
        Arguments.of(EngineRequest.exec(HEX), "/v1.41/exec/" + HEX + "/json"),
        Arguments.of(EngineRequest.volumes(), "/v1.41/volumes"),
        Arguments.of(EngineRequest.diskUsage(), "/v1.41/system/df"),
        Arguments.of(
            EngineRequest.diskUsageOfData(), "/v1.41/system/df?type=volume&type=container"),
        Arguments.of(EngineRequest.networks(), "/v1.41/networks"),
        Arguments.of(
            EngineRequest.network("p72wm9nlw1rbsbl8ghtwypkhl"),
            "/v1.41/networks/p72wm9nlw1rbsbl8ghtwypkhl"),
        Arguments.of(
            EngineRequest.archive(HEX, "/etc/group"),
            "/v1.41/containers/" + HEX + "/archive?path=/etc/group"));
  }

  @ParameterizedTest
  @MethodSource("requests")
  @DisplayName("each request is one path, and passes the wall before the wire")
  void uri(EngineRequest request, String uri) {
    assertThat(request.uri(new ApiVersion(1, 41))).isEqualTo(uri);
    assertThatCode(() -> AllowList.check("GET", uri)).doesNotThrowAnyException();
    assertThat(request.call()).isEqualTo("GET " + request.path());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.000000000",
    "-5, 0.000000000",
    "1795556646256695905, 1795556646.256695905",
    "1795556646000000007, 1795556646.000000007",
  })
  @DisplayName("events are asked for with one filter and one instant, and called by a short name")
  void events(long since, String written) {
    EngineRequest request = EngineRequest.events(since);
    assertThat(URI.create(request.path()).getQuery())
        .isEqualTo("filters={\"type\":[\"container\",\"volume\"]}&since=" + written);
    assertThatCode(() -> AllowList.check("GET", "/v1.41" + request.path()))
        .doesNotThrowAnyException();
    assertThat(request.call()).isEqualTo("GET /events");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "../info",
        "a/../b",
        "a/b",
        "a?size=1",
        "a#b",
        "a%2f..%2finfo",
        "a%00",
        "a\nb",
        "a\r\nHost: x",
        "a b",
        "-a",
        "_a",
        "ä",
        "a;b",
        "a\\b",
        " a",
        "a\n"
      })
  @DisplayName("a hostile ID never gets into a path")
  void hostileId(String id) {
    List<Function<String, EngineRequest>> factories =
        List.of(
            EngineRequest::container,
            EngineRequest::image,
            EngineRequest::imageHistory,
            EngineRequest::imageFiles,
            EngineRequest::processes,
            EngineRequest::changes,
            EngineRequest::containerWithSize,
            EngineRequest::network,
            EngineRequest::exec,
            name -> EngineRequest.archive(name, "/etc/passwd"));
    assertThat(factories)
        .allSatisfy(
            factory ->
                assertThatThrownBy(() -> factory.apply(id))
                    .isInstanceOf(IllegalArgumentException.class));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/swarm/unlockkey",
        "/swarm/join",
        "/nodes/abc",
        "/services?status=true",
        "/plugins/a/json",
        "/secrets",
        "/containers/a/logs?stdout=1",
        "/containers/a/export",
        "/containers/a/json?size=true",
        "/containers/a/json?size=1&x",
        "/containers/a/changes?x",
        "/containers/json",
        "/containers/json?all=true&size=1",
        "/containers/a/archive?path=/etc/shadow",
        "/containers/a/archive?path=/etc/passwd&x=/",
        "/containers/a/archive",
        "/containers/a/top",
        "/containers/a/top?ps_args=-eo%20pid,uid,args",
        "/containers/a/top?ps_args=-eo%20pid,uid,comm%20e",
        "/images/get?names=a",
        "/images/sha256:0123456789ab/get?x",
        "/images/busybox/get",
        "/events",
        "/events?since=0",
        "/events?filters=%7B%22type%22%3A%5B%22container%22%2C%22volume%22%5D%7D",
        "/events?filters=%7B%22type%22%3A%5B%22container%22%2C%22volume%22%5D%7D&since=0",
        "/events?filters=%7B%22type%22%3A%5B%22container%22%2C%22volume%22%5D%7D&since=0.000000000&until=1",
        "/events?filters=%7B%22type%22%3A%5B%22daemon%22%5D%7D&since=0.000000000",
        "/exec/a/json",
        "/exec/a/start",
        "/system/df/",
        "/system/df?type=image",
        "/system/df?type=volume",
        "/system/df?type=container&type=volume",
        "/system/df?type=volume&type=container&verbose=1",
        "/system/info",
        "//info",
        "/info/",
        "/info\n",
        "/info?x",
        "/INFO",
        "info",
        "http://other/info",
        ""
      })
  @DisplayName("what is not on the list cannot be asked, with or without version")
  void notListed(String path) {
    assertThatThrownBy(() -> new EngineRequest(path)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AllowList.check("GET", "/v1.41" + path))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "HEAD", "OPTIONS", "get", ""})
  @DisplayName("nothing but GET leaves")
  void otherMethods(String method) {
    assertThatThrownBy(() -> AllowList.check(method, "/v1.41/info"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("only reads");
  }

  @Test
  @DisplayName("a version stands once, at the front, or not at all")
  void versions() {
    assertThatCode(() -> AllowList.check("GET", "/info")).doesNotThrowAnyException();
    assertThatThrownBy(() -> AllowList.check("GET", "/v1.41/v1.41/info"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AllowList.check("GET", "/info/v1.41"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("limits of nothing are none")
  void limits() {
    assertThatThrownBy(
            () -> new ConnectionLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), 0, 1))
        .hasMessageContaining("parallel 0");
    assertThat(ConnectionLimits.DEFAULT.atMost(2).parallel()).isEqualTo(2);
    assertThat(ConnectionLimits.DEFAULT.atMost(99)).isEqualTo(ConnectionLimits.DEFAULT);
  }

  @Test
  @DisplayName("a refusal shows a hostile ID in one line")
  void message() {
    assertThatThrownBy(() -> EngineRequest.container("a\nb\u001b[31m" + "x".repeat(999)))
        .hasMessageStartingWith("The container ID \"a b[31mxxx")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500).doesNotContain("\n"));
  }
}
