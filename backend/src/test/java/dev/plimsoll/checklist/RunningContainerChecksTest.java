package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.CheckCase.given;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks of what a container does: its processes, its own layer, the ports that it publishes. */
class RunningContainerChecksTest {
  private static final String FAILED =
      "{\"failed\":{\"call\":\"GET_/c\",\"status\":500,\"detail\":\"ps: no such command\"}}";

  static Stream<CheckCase> cases() {
    return Stream.of(processes(), changes(), ports()).flatMap(cases -> cases);
  }

  private static Stream<CheckCase> processes() {
    return Stream.of(
        observed(
            "only other users",
            "CTR-PROCROOT=PASS@.state,.processes.uid0 CTR-SSHD=PASS",
            "processes",
            "{\"uid0\":[],\"login\":[]}"),
        observed(
            "nginx whose master is root",
            "CTR-PROCROOT=FAIL@.processes.uid0[0] CTR-SSHD=PASS",
            "processes",
            "{\"uid0\":[\"nginx\"],\"login\":[]}"),
        observed(
            "an SSH server of an ordinary user",
            "CTR-PROCROOT=PASS CTR-SSHD=FAIL@.processes.login[0]",
            "processes",
            "{\"uid0\":[],\"login\":[\"sshd\"]}"),
        observed(
            "no ps on the host",
            "CTR-PROCROOT=UNKNOWN@GET_/c CTR-SSHD=UNKNOWN@GET_/c",
            "processes",
            FAILED),
        given("not yet looked at", "CTR-PROCROOT=UNKNOWN CTR-SSHD=UNKNOWN", h -> h),
        given(
                "not switched on",
                "CTR-PROCROOT=UNKNOWN",
                h -> h.switchedOff(ReadingSwitch.PROCESSES))
            .described(),
        observed(
            "an odd answer", "CTR-PROCROOT=UNKNOWN@.processes.uid0", "processes", "{\"uid0\":7}"),
        given(
            "stopped",
            "CTR-PROCROOT=N/A CTR-SSHD=N/A",
            h -> h.observe(".state", "\"exited\"").observe(".processes", FAILED)),
        given(
            "in a crash loop",
            "CTR-PROCROOT=UNKNOWN CTR-SSHD=UNKNOWN",
            h -> h.observe(".state", "\"restarting\"")),
        given(
            "a Windows container",
            "CTR-PROCROOT=N/A CTR-COMPROMISE=N/A STO-WRITABLE=N/A STO-RMDATA=N/A",
            h -> h.set(".Platform", "\"windows\"")));
  }

  private static Stream<CheckCase> changes() {
    return Stream.of(
        changes("nothing written", "CTR-COMPROMISE=PASS STO-WRITABLE=PASS", "[]", "[]", "false"),
        changes(
            "touch /etc/newfile: no size, but a file",
            "CTR-COMPROMISE=FAIL@.changes.system[0] STO-WRITABLE=FAIL@.changes.system[0]",
            "[\"/etc/newfile\"]",
            "[]",
            "false"),
        changes(
            "a database in the layer",
            "CTR-COMPROMISE=PASS STO-WRITABLE=FAIL@.changes.data[0],.changes.over1MiB",
            "[]",
            "[\"/data\"]",
            "true"),
        changes(
            "much below /tmp: files that are passed over, but too many bytes",
            "STO-WRITABLE=FAIL@.changes.over1MiB",
            "[]",
            "[]",
            "true"),
        observed(
            "the size was refused",
            "CTR-COMPROMISE=PASS STO-WRITABLE=UNKNOWN@GET_/c?size=1",
            "changes",
            "{\"system\":[],\"data\":[],\"sizeFailed\":{\"call\":\"GET_/c?size=1\",\"status\":0}}"),
        observed(
            "the size was refused, but files are enough",
            "STO-WRITABLE=FAIL",
            "changes",
            "{\"system\":[],\"data\":[\"/srv\"],\"sizeFailed\":{\"call\":\"GET_/c\",\"status\":0}}"),
        observed(
            "changes timed out",
            "CTR-COMPROMISE=UNKNOWN@GET_/c STO-WRITABLE=UNKNOWN@GET_/c",
            "changes",
            FAILED),
        given("not yet looked at", "CTR-COMPROMISE=UNKNOWN STO-WRITABLE=UNKNOWN", h -> h),
        given(
            "a read-only root filesystem",
            "CTR-COMPROMISE=N/A STO-WRITABLE=PASS@.everStarted,.HostConfig.ReadonlyRootfs",
            h -> h.set(".HostConfig.ReadonlyRootfs", "true")),
        given(
            "never started",
            "CTR-COMPROMISE=PASS STO-WRITABLE=N/A",
            h -> h.observe(".everStarted", "false").observe(".state", "\"created\"")),
        given("kept after its end", "STO-RMDATA=N/A", h -> h),
        given(
            "--rm, and nothing written",
            "STO-RMDATA=PASS",
            h -> removed(h).observe(".changes", clean())),
        given(
            "--rm and data in the layer",
            "STO-RMDATA=FAIL",
            h ->
                removed(h)
                    .observe(
                        ".changes", "{\"system\":[],\"data\":[\"/data\"],\"over1MiB\":false}")),
        given(
            "--rm -v /data: the engine makes up a volume",
            "STO-RMDATA=FAIL@.Mounts[0].Name",
            h ->
                removed(h)
                    .observe(".changes", clean())
                    .set(
                        ".Mounts", "[{\"Type\":\"volume\",\"Name\":\"" + "ab".repeat(32) + "\"}]")),
        given(
            "--rm -v data:/data",
            "STO-RMDATA=PASS",
            h ->
                removed(h)
                    .observe(".changes", clean())
                    .set(".Mounts", "[{\"Type\":\"volume\",\"Name\":\"data\"}]")),
        given(
                "--rm, and nobody looks at layers",
                "STO-RMDATA=UNKNOWN",
                h -> removed(h).switchedOff(ReadingSwitch.CHANGES))
            .described());
  }

  private static Stream<CheckCase> ports() {
    return Stream.of(
        given("nothing published", "CTR-PORTNEED=N/A", h -> h),
        given("published, and nobody said so", "CTR-PORTNEED=UNKNOWN", h -> publish(h, "443")),
        given(
            "published and labelled",
            "CTR-PORTNEED=PASS",
            h -> publish(h, "443").set(".Config.Labels", "{\"dev.plimsoll.ports\":\"80, 443\"}")),
        given(
            "published and declared",
            "CTR-PORTNEED=PASS",
            h -> publish(h, "443").declare(Declaration.PUBLISHED_PORT, "plain:443/tcp")),
        given(
            "a range, and only part of it is declared",
            "CTR-PORTNEED=FAIL@.HostConfig.PortBindings['80/tcp'][0].HostPort",
            h -> publish(h, "8000-8010").declare(Declaration.PUBLISHED_PORT, "plain:8000-8009")),
        given(
            "declared for another container, or protocol",
            "CTR-PORTNEED=UNKNOWN",
            h -> publish(h, "443").declare(Declaration.PUBLISHED_PORT, "other:443")),
        given(
            "declared for UDP only",
            "CTR-PORTNEED=FAIL",
            h -> publish(h, "443").declare(Declaration.PUBLISHED_PORT, "plain:443/udp")),
        given(
            "a port that the engine chooses",
            "CTR-PORTNEED=FAIL",
            h -> publish(h, "").set(".Config.Labels", "{\"dev.plimsoll.ports\":\",443\"}")),
        given(
            "-P",
            "CTR-PORTNEED=FAIL@.HostConfig.PublishAllPorts",
            h ->
                h.set(".HostConfig.PublishAllPorts", "true")
                    .declare(Declaration.PUBLISHED_PORT, "plain:80")));
  }

  private static HostFixture publish(HostFixture host, String port) {
    return host.set(
        ".HostConfig.PortBindings",
        "{\"80/tcp\":[{\"HostIp\":\"\",\"HostPort\":\"" + port + "\"}]}");
  }

  private static HostFixture removed(HostFixture host) {
    return host.set(".HostConfig.AutoRemove", "true");
  }

  private static String clean() {
    return "{\"system\":[],\"data\":[],\"over1MiB\":false}";
  }

  private static CheckCase changes(
      String title, String expected, String system, String data, String over) {
    return observed(
        title,
        expected,
        "changes",
        "{\"system\":%s,\"data\":%s,\"over1MiB\":%s}".formatted(system, data, over));
  }

  private static CheckCase observed(String title, String expected, String field, String json) {
    return given(title, expected, h -> h.observe("." + field, json));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void judges(CheckCase checkCase) {
    checkCase.verify();
  }
}
