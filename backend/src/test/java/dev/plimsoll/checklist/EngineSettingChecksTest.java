package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.CheckCase.given;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EngineSettingChecksTest {

  static Stream<CheckCase> cases() {
    return Stream.of(
        given(
            "host files were never read",
            "ENG-LOGLEVEL=UNKNOWN ENG-IPTABLES=UNKNOWN ENG-ULIMITS=UNKNOWN"
                + " ENG-CGROUPPARENT=UNKNOWN ENG-USERLANDPROXY=UNKNOWN@/etc/docker/daemon.json",
            h -> h),
        given(
            "the file was refused",
            "ENG-LOGLEVEL=UNKNOWN ENG-IPTABLES=UNKNOWN@ssh_cat",
            h ->
                h.ssh(
                    "{\"unread\":{\"daemonJson\":{\"call\":\"ssh_cat\",\"status\":1,"
                        + "\"detail\":\"Permission denied\"}}}")),
        given(
            "the command line was refused, and the file sets nothing",
            "ENG-LOGLEVEL=UNKNOWN@ssh_ps ENG-IPTABLES=UNKNOWN@ssh_ps",
            h ->
                h.ssh(
                    "{\"daemonJson\":{},\"unread\":{\"daemonCommands\":{\"call\":\"ssh_ps\","
                        + "\"status\":127,\"detail\":\"not found\"}}}")),
        settings(
            "{}",
            "dockerd -H fd://",
            "ENG-LOGLEVEL=PASS ENG-IPTABLES=PASS ENG-ULIMITS=FAIL ENG-CGROUPPARENT=PASS"
                + " ENG-USERLANDPROXY=FAIL"),
        given(
            "an unset setting says nothing without the command line",
            "ENG-LOGLEVEL=UNKNOWN@.ssh.daemonCommands ENG-IPTABLES=UNKNOWN",
            h -> h.ssh("{\"daemonJson\":{}}")),
        given(
            "a set one does",
            "ENG-LOGLEVEL=PASS@.info.Debug,.ssh.daemonJson['log-level']",
            h -> h.ssh("{\"daemonJson\":{\"log-level\":\"info\"}}")),
        given(
            "two engines run on the host",
            "ENG-LOGLEVEL=UNKNOWN",
            h -> h.ssh("{\"daemonJson\":{},\"daemonCommands\":[\"dockerd\",\"dockerd -D\"]}")),
        settings("{}", "dockerd --config-file=/opt/docker.json", "ENG-LOGLEVEL=UNKNOWN"),
        settings("{}", "dockerd --config-file /etc/docker/daemon.json", "ENG-LOGLEVEL=PASS"),
        settings("{}", "dockerd -l warn", "ENG-LOGLEVEL=FAIL"),
        settings("{\"log-level\":\"fatal\"}", "dockerd", "ENG-LOGLEVEL=FAIL"),
        settings("{\"log-level\":7}", "dockerd", "ENG-LOGLEVEL=UNKNOWN"),
        settings("{\"iptables\":false}", "dockerd", "ENG-IPTABLES=FAIL"),
        settings("{}", "dockerd --iptables=false", "ENG-IPTABLES=FAIL"),
        settings("{}", "dockerd --iptables", "ENG-IPTABLES=PASS"),
        settings("{}", "dockerd --iptables=maybe", "ENG-IPTABLES=UNKNOWN"),
        settings("{\"iptables\":\"no\"}", "dockerd", "ENG-IPTABLES=UNKNOWN"),
        settings("{\"ip6tables\":false}", "dockerd", "ENG-IPTABLES=PASS"),
        given(
            "ip6tables off where a network has IPv6",
            "ENG-IPTABLES=FAIL",
            h ->
                h.network(".EnableIPv6", "true")
                    .ssh(
                        "{\"daemonJson\":{\"ip6tables\":false},\"daemonCommands\":[\"dockerd\"]}")),
        given(
            "icc off proves that the engine manages the packet filter",
            "ENG-IPTABLES=PASS",
            h -> h.bridge(".Options", "{\"com.docker.network.bridge.enable_icc\":\"false\"}")),
        given("no bridge network at all", "ENG-IPTABLES=N/A", HostFixture::withoutBridge),
        given(
            "no bridge is known, since networks were refused",
            "ENG-IPTABLES=UNKNOWN",
            h -> h.withoutBridge().unreadList(SubjectKind.NETWORK, "GET_/networks")),
        given(
            "rootless, with a network of its own in user space",
            "ENG-IPTABLES=N/A",
            h ->
                h.engine(".info.SecurityOptions", "[\"name=rootless\"]")
                    .engine(
                        ".version.Components",
                        "[{\"Name\":\"rootlesskit\",\"Version\":\"2.3\","
                            + "\"Details\":{\"NetworkDriver\":\"slirp4netns\"}}]")),
        settings(
            "{\"default-ulimits\":{\"nofile\":{\"Soft\":1024,\"Hard\":4096},\"nproc\":{}}}",
            "dockerd",
            "ENG-ULIMITS=PASS"),
        settings("{\"default-ulimits\":{\"nofile\":{}}}", "dockerd", "ENG-ULIMITS=FAIL"),
        settings(
            "{}",
            "dockerd --default-ulimit nofile=64000:64000 --default-ulimit=nproc=512",
            "ENG-ULIMITS=PASS"),
        settings("{\"cgroup-parent\":\"/odd\"}", "dockerd", "ENG-CGROUPPARENT=FAIL"),
        settings("{}", "dockerd --cgroup-parent=/odd", "ENG-CGROUPPARENT=FAIL"),
        settings("{\"userland-proxy\":false}", "dockerd", "ENG-USERLANDPROXY=PASS"),
        settings("{\"userland-proxy\":true}", "dockerd", "ENG-USERLANDPROXY=FAIL"),
        given(
            "Windows",
            "ENG-LOGLEVEL=N/A ENG-IPTABLES=N/A ENG-ULIMITS=N/A ENG-CGROUPPARENT=N/A"
                + " ENG-USERLANDPROXY=N/A ENG-DMBASESIZE=N/A",
            h -> h.engine(".info.OSType", "\"windows\"")),
        given("overlay2 has no base size", "ENG-DMBASESIZE=N/A", h -> h),
        baseSize("10.74GB", "ENG-DMBASESIZE=PASS"),
        baseSize("107.4GB", "ENG-DMBASESIZE=FAIL@.info.DriverStatus[1]"),
        given(
            "devicemapper that shows no base size",
            "ENG-DMBASESIZE=UNKNOWN@.info.DriverStatus",
            h -> h.engine(".info.Driver", "\"devicemapper\"")),
        given(
            "a shipper is attested",
            "ENG-REMOTELOG=PASS@.info.LoggingDriver,.outcome",
            h ->
                h.attested(
                    "ENG-REMOTELOG", Outcome.PASS, "2026-10-01T00:00:00Z", "2027-01-01T00:00:00Z")),
        given(
            "the attestation has lapsed",
            "ENG-REMOTELOG=FAIL",
            h ->
                h.attested(
                    "ENG-REMOTELOG", Outcome.PASS, "2026-01-01T00:00:00Z", "2026-11-24T12:00:00Z")),
        given(
            "an attestation for another check",
            "ENG-REMOTELOG=FAIL",
            h ->
                h.attested(
                    "SWM-PLANES", Outcome.PASS, "2026-10-01T00:00:00Z", "2027-01-01T00:00:00Z")),
        given(
            "nothing attests the driver none",
            "ENG-REMOTELOG=FAIL@.info.LoggingDriver",
            h ->
                h.engine(".info.LoggingDriver", "\"none\"")
                    .attested(
                        "ENG-REMOTELOG",
                        Outcome.PASS,
                        "2026-10-01T00:00:00Z",
                        "2027-01-01T00:00:00Z")));
  }

  private static CheckCase settings(String file, String command, String expected) {
    return given(
        file + " and " + command,
        expected,
        h -> h.ssh("{\"daemonJson\":%s,\"daemonCommands\":[\"%s\"]}".formatted(file, command)));
  }

  private static CheckCase baseSize(String size, String expected) {
    return given(
        "a base size of " + size,
        expected,
        h ->
            h.engine(".info.Driver", "\"devicemapper\"")
                .engine(
                    ".info.DriverStatus",
                    "[[\"Pool Name\",\"docker\"],[\"Base Device Size\",\"" + size + "\"]]"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void judges(CheckCase checkCase) {
    checkCase.verify();
  }
}
