package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.CheckCase.given;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VolumeUseChecksTest {
  private static final String WRITES = mount("true");
  private static final String READS = mount("false");

  static Stream<CheckCase> cases() {
    return Stream.of(
        given("unused", "VOL-SHAREDRW=N/A VOL-DATACTR=N/A VOL-OWNER=N/A", h -> h),
        given("one writer", "VOL-SHAREDRW=PASS VOL-DATACTR=N/A", h -> h.set(".Mounts", WRITES)),
        given(
            "a writer and a reader",
            "VOL-SHAREDRW=PASS",
            h -> h.set(".Mounts", WRITES).other(HostFixture.OTHER, ".Mounts", READS)),
        given(
            "two writers",
            "VOL-SHAREDRW=FAIL@.Mounts[0].RW,.Mounts[0].RW",
            h -> h.set(".Mounts", WRITES).other(HostFixture.OTHER, ".Mounts", WRITES)),
        given(
            "two writers, one of them stopped",
            "VOL-SHAREDRW=PASS",
            h ->
                h.set(".Mounts", WRITES)
                    .observe(".state", "\"exited\"")
                    .other(HostFixture.OTHER, ".Mounts", WRITES)),
        given(
            "two writers, and meant so",
            "VOL-SHAREDRW=PASS",
            h ->
                h.set(".Mounts", WRITES)
                    .other(HostFixture.OTHER, ".Mounts", WRITES)
                    .declare(Declaration.SHARED_VOLUME, "data")),
        given(
            "two replicas of a service",
            "VOL-SHAREDRW=PASS",
            h ->
                h.set(".Mounts", WRITES)
                    .set(".Config.Labels", "{\"com.docker.swarm.service.id\":\"s1\"}")
                    .other(HostFixture.OTHER, ".Mounts", WRITES)
                    .otherHas(
                        HostFixture.OTHER,
                        ".Config.Labels",
                        "{\"com.docker.swarm.service.id\":\"s1\"}")),
        given(
            "another container binds the volume's own directory",
            "VOL-SHAREDRW=FAIL",
            h ->
                h.set(".Mounts", WRITES)
                    .other(
                        HostFixture.OTHER,
                        ".Mounts",
                        "[{\"Type\":\"bind\",\"RW\":true,"
                            + "\"Source\":\"/var/lib/docker/volumes/data/_data/sub\"}]")),
        given(
            "not every container could be read",
            "VOL-SHAREDRW=UNKNOWN",
            h -> h.set(".Mounts", WRITES).otherUnread(HostFixture.OTHER)),
        given(
            "create -v data:/dbdata, and --volumes-from it",
            "VOL-DATACTR=FAIL@.HostConfig.VolumesFrom[0] VOL-SHAREDRW=PASS",
            VolumeUseChecksTest::dataContainer),
        given(
            "the data container runs",
            "VOL-DATACTR=PASS",
            h -> dataContainer(h).observe(".state", "\"running\"")),
        given(
            "another container uses the volume itself",
            "VOL-DATACTR=PASS",
            h -> dataContainer(h).other(HostFixture.THIRD, ".Mounts", WRITES)),
        given(
            "volumes are taken from another container, but not this one",
            "VOL-DATACTR=PASS",
            h -> dataContainer(h).set(".Mounts", "[]")),
        given(
            "not every container could be read",
            "VOL-DATACTR=UNKNOWN",
            h -> h.otherUnread(HostFixture.OTHER)),
        labelled("nobody's", "VOL-OWNER=FAIL", "null"),
        labelled("owned", "VOL-OWNER=FAIL", "{\"owner\":\"shop\"}"),
        labelled(
            "owned, with a recovery class",
            "VOL-OWNER=PASS",
            "{\"com.example.owner\":\"shop\",\"recovery-class\":\"gold\"}"),
        given(
            "not every container could be read",
            "VOL-OWNER=UNKNOWN",
            h -> h.otherUnread(HostFixture.OTHER)),
        given(
            "a bound directory that is declared",
            "VOL-BINDBACKED=PASS",
            h ->
                h.volume(".Options", "{\"o\":\"bind\",\"device\":\"/srv/data/\"}")
                    .declare(Declaration.BOUND_DEVICE, "/srv/data")));
  }

  /** The fixture's container holds the volume and does not run; another one takes it from there. */
  private static HostFixture dataContainer(HostFixture host) {
    return host.set(".Mounts", WRITES)
        .observe(".state", "\"created\"")
        .other(HostFixture.OTHER, ".Mounts", WRITES)
        .otherHas(HostFixture.OTHER, ".HostConfig.VolumesFrom", "[\"plain:rw\"]");
  }

  private static CheckCase labelled(String title, String expected, String labels) {
    return given(title, expected, h -> h.set(".Mounts", WRITES).volume(".Labels", labels));
  }

  private static String mount(String writable) {
    return "[{\"Type\":\"volume\",\"Name\":\"data\",\"RW\":" + writable + "}]";
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void judges(CheckCase checkCase) {
    checkCase.verify();
  }
}
