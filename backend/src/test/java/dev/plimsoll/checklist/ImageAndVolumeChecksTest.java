package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.CheckCase.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImageAndVolumeChecksTest {
  private static final String USED = "[{\"Type\":\"volume\",\"Name\":\"data\"}]";

  static Stream<CheckCase> cases() {
    return Stream.concat(images(), volumes());
  }

  private static Stream<CheckCase> images() {
    return Stream.of(
        given("root", "IMG-USER=FAIL IMG-HEALTH=FAIL IMG-EXPOSE22=PASS IMG-LAYERS=PASS", h -> h),
        given("a number", "IMG-USER=PASS", h -> h.image(".inspect.Config.User", "\"1000\"")),
        given("0:1000", "IMG-USER=FAIL", h -> h.image(".inspect.Config.User", "\"0:1000\"")),
        given("no user field", "IMG-USER=FAIL", h -> h.image(".inspect.Config.User", null)),
        given("a name", "IMG-USER=UNKNOWN", h -> h.image(".inspect.Config.User", "\"app\"")),
        given(
            "a name that a container of the image looked up", "IMG-USER=PASS", h -> named(h, 1000)),
        given(
            "a name that means root in a container of the image",
            "IMG-USER=FAIL",
            h -> named(h, 0)),
        given(
            "no configuration",
            "IMG-USER=UNKNOWN@.inspect.Config IMG-HEALTH=UNKNOWN@.inspect.Config"
                + " IMG-EXPOSE22=UNKNOWN@.inspect.Config",
            h -> h.image(".inspect.Config", "null")),
        given("a Windows image", "IMG-USER=N/A", h -> h.image(".inspect.Os", "\"windows\"")),
        given(
            "a health check",
            "IMG-HEALTH=PASS",
            h -> h.image(".inspect.Config.Healthcheck", "{\"Test\":[\"CMD\",\"true\"]}")),
        given(
            "a health check switched off",
            "IMG-HEALTH=FAIL",
            h -> h.image(".inspect.Config.Healthcheck", "{\"Test\":[\"NONE\"]}")),
        given(
            "a format without health checks",
            "IMG-HEALTH=N/A",
            h ->
                h.image(
                    ".inspect.Descriptor",
                    "{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\"}")),
        given(
            "SSH exposed",
            "IMG-EXPOSE22=FAIL@.inspect.Config.ExposedPorts['22/tcp']",
            h -> h.image(".inspect.Config.ExposedPorts", "{\"80/tcp\":{},\"22/tcp\":{}}")),
        given(
            "22 over UDP is no login",
            "IMG-EXPOSE22=PASS",
            h -> h.image(".inspect.Config.ExposedPorts", "{\"22/udp\":{}}")),
        layers(60, "IMG-LAYERS=PASS"),
        layers(61, "IMG-LAYERS=FAIL"),
        given("no layers field", "IMG-LAYERS=UNKNOWN", h -> h.image(".inspect.RootFS", null)),
        age("2026-11-01T08:00:00Z", "IMG-AGE=PASS"),
        age("2026-08-26T12:00:00Z", "IMG-AGE=PASS"),
        age("2026-08-26T11:59:59.999999Z", "IMG-AGE=FAIL"),
        age("2016-03-01T12:00:00Z", "IMG-AGE=FAIL"),
        age("2026-11-01T10:00:00+02:00", "IMG-AGE=PASS"),
        age("0001-01-01T00:00:00Z", "IMG-AGE=UNKNOWN"),
        age("1970-01-01T00:00:00Z", "IMG-AGE=UNKNOWN"),
        age("1980-01-01T00:00:01Z", "IMG-AGE=UNKNOWN"),
        age("yesterday", "IMG-AGE=UNKNOWN"),
        given("no age", "IMG-AGE=UNKNOWN", h -> h.image(".inspect.Created", null)),
        given(
            "an image that nobody uses",
            "IMG-USER=N/A IMG-HEALTH=N/A IMG-EXPOSE22=N/A IMG-AGE=N/A IMG-LAYERS=N/A",
            HostFixture::withoutContainer),
        given(
            "an image that somebody unknown may use",
            "IMG-USER=UNKNOWN IMG-LAYERS=UNKNOWN",
            h -> h.withoutContainer().otherUnread(HostFixture.OTHER)));
  }

  private static Stream<CheckCase> volumes() {
    return Stream.of(
        given("unused", "VOL-ANON=N/A VOL-ORPHAN=FAIL@.Name VOL-BINDBACKED=PASS", h -> h),
        given("used", "VOL-ANON=PASS VOL-ORPHAN=PASS", h -> h.set(".Mounts", USED)),
        given(
            "labelled as anonymous",
            "VOL-ANON=FAIL",
            h ->
                h.set(".Mounts", USED).volume(".Labels", "{\"com.docker.volume.anonymous\":\"\"}")),
        given(
            "containers refused",
            "VOL-ANON=UNKNOWN@GET_/containers VOL-ORPHAN=UNKNOWN@GET_/containers",
            h -> h.withoutContainer().unreadList(SubjectKind.CONTAINER, "GET_/containers")),
        given(
            "used, though not every container was read",
            "VOL-ANON=PASS VOL-ORPHAN=PASS",
            h -> h.set(".Mounts", USED).otherUnread(HostFixture.OTHER)),
        given(
            "a service of the swarm may use it",
            "VOL-ORPHAN=UNKNOWN",
            h -> h.engine(".info.Swarm.LocalNodeState", "\"active\"")),
        given(
            "a cluster volume",
            "VOL-ORPHAN=N/A",
            h -> h.volume(".ClusterVolume", "{\"ID\":\"v1\"}")),
        given("no name", "VOL-ANON=UNKNOWN VOL-ORPHAN=UNKNOWN", h -> h.volume(".Name", null)),
        volumeOptions("{}", "VOL-BINDBACKED=PASS"),
        volumeOptions(
            "{\"type\":\"nfs\",\"o\":\"addr=10.0.0.1,rw\",\"device\":\":/export\"}",
            "VOL-BINDBACKED=PASS"),
        volumeOptions("{\"type\":\"tmpfs\",\"device\":\"tmpfs\"}", "VOL-BINDBACKED=PASS"),
        volumeOptions(
            "{\"type\":\"none\",\"o\":\"rbind,ro\",\"device\":\"/srv\"}", "VOL-BINDBACKED=FAIL"),
        volumeOptions(
            "{\"type\":\"nfs\",\"o\":\"bind\",\"device\":\"/etc\"}", "VOL-BINDBACKED=FAIL"),
        volumeOptions("{\"type\":\"ext4\",\"device\":\"/dev/sda1\"}", "VOL-BINDBACKED=FAIL"),
        given("another driver", "VOL-BINDBACKED=N/A", h -> h.volume(".Driver", "\"rexray\"")),
        given(
            "no options field",
            "VOL-BINDBACKED=UNKNOWN@.Options",
            h -> h.volume(".Options", null)));
  }

  private static HostFixture named(HostFixture host, int uid) {
    return host.image(".inspect.Config.User", "\"app\"")
        .set(".Config.User", "\"app\"")
        .observe(".users", "{\"user\":{\"name\":\"app\",\"uid\":" + uid + ",\"gid\":5}}");
  }

  private static CheckCase layers(int count, String expected) {
    return given(
        count + " layers",
        expected,
        h ->
            h.image(
                ".inspect.RootFS.Layers",
                "[" + String.join(",", Collections.nCopies(count, "\"sha256:01\"")) + "]"));
  }

  private static CheckCase age(String created, String expected) {
    return given(
        "created " + created, expected, h -> h.image(".inspect.Created", "\"" + created + "\""));
  }

  private static CheckCase volumeOptions(String options, String expected) {
    return given("options " + options, expected, h -> h.volume(".Options", options));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void judges(CheckCase checkCase) {
    checkCase.verify();
  }

  @Test
  void anImageTurnsOldAtTheFirstInstantThatFails() {
    verifyTurn(
        new HostFixture().image(".inspect.Created", "\"2026-11-01T08:00:00.1234567Z\""), "IMG-AGE");
  }

  @Test
  void aStoppedContainerTurnsAtTheFirstInstantThatFails() {
    verifyTurn(
        new HostFixture()
            .observe(".state", "\"exited\"")
            .observe(".finishedAt", "\"2026-11-01T08:00:00.5Z\""),
        "CTR-SPRAWL");
  }

  private static void verifyTurn(HostFixture host, String rule) {
    Turn turn = Objects.requireNonNull(host.judge(rule).turn());
    assertThat(turn.to()).isEqualTo(Outcome.FAIL);
    assertThat(host.at(turn.at().minusNanos(1000).toString()).judge(rule).outcome())
        .isEqualTo(Outcome.PASS);
    assertThat(host.at(turn.at().toString()).judge(rule).outcome()).isEqualTo(turn.to());
    assertThat(host.judge(rule).turn()).isNull();
  }
}
