package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.CheckCase.given;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Options as an engine 20.10 stores them, and what they do there. */
class TriedOnAnEngineTest {
  private static final String ROOT_UID = "{\"user\":{\"name\":\"toor\",\"uid\":0,\"gid\":0}}";
  private static final String APP = "{\"user\":{\"name\":\"app\",\"uid\":1000,\"gid\":1000}}";

  static Stream<CheckCase> cases() {
    return Stream.of(
        given(
            "no options",
            "CTR-USER=FAIL CTR-MEM=FAIL CTR-PIDS=FAIL CTR-ROFS=FAIL CTR-NETRAW=FAIL"
                + " CTR-CAPSMIN=FAIL CTR-GROUP0=FAIL CTR-CGROUPNS=FAIL CTR-CAPS=PASS CTR-PRIV=PASS"
                + " CTR-MASKED=PASS CTR-NNP=UNKNOWN CTR-APPARMOR=N/A CTR-SELINUX=N/A",
            h -> h),
        user("0", "CTR-USER=FAIL"),
        user("root", "CTR-USER=FAIL"),
        user("0:0", "CTR-USER=FAIL"),
        user("root:root", "CTR-USER=FAIL CTR-GROUP0=FAIL"),
        user("00", "CTR-USER=FAIL"),
        user("+0", "CTR-USER=FAIL"),
        given(
            "-u toor",
            "CTR-USER=FAIL",
            h -> h.set(".Config.User", "\"toor\"").observe(".users", ROOT_UID)),
        user(":1000", "CTR-USER=FAIL CTR-GROUP0=PASS"),
        user(":", "CTR-USER=FAIL CTR-GROUP0=FAIL"),
        given(
            "-u app",
            "CTR-USER=PASS CTR-GROUP0=PASS",
            h -> h.set(".Config.User", "\"app\"").observe(".users", APP)),
        given(
            "-u 1000",
            "CTR-USER=PASS CTR-GROUP0=PASS",
            h -> h.set(".Config.User", "\"1000\"").observe(".users", APP)),
        given(
            "-u 1234, and no such number in /etc/passwd",
            "CTR-USER=PASS CTR-GROUP0=FAIL@.Config.User",
            h ->
                h.set(".Config.User", "\"1234\"")
                    .observe(".users", "{\"user\":{\"name\":\"1234\",\"uid\":1234}}")),
        given(
            "-u app:0",
            "CTR-USER=PASS CTR-GROUP0=FAIL",
            h -> h.set(".Config.User", "\"app:0\"").observe(".users", APP)),
        given(
            "-u 1000 --group-add 0",
            "CTR-USER=PASS CTR-GROUP0=FAIL@.HostConfig.GroupAdd[0]",
            h ->
                h.set(".Config.User", "\"1000\"")
                    .observe(".users", APP)
                    .set(".HostConfig.GroupAdd", "[\"0\"]")),
        security("no-new-privileges", "CTR-NNP=PASS"),
        security("no-new-privileges=true", "CTR-NNP=PASS"),
        security("no-new-privileges:true", "CTR-NNP=PASS"),
        security("no-new-privileges:false", "CTR-NNP=FAIL@.HostConfig.SecurityOpt[0]"),
        given(
            "no-new-privileges:false, and the engine's default is on",
            "ENG-NNP=PASS CTR-NNP=FAIL",
            h ->
                h.engine(".info.SecurityOptions", "[\"name=no-new-privileges\"]")
                    .set(".HostConfig.SecurityOpt", "[\"no-new-privileges:false\"]")),
        given(
            "--pids-limit 0 and -1, stored as null",
            "CTR-PIDS=FAIL@.HostConfig.PidsLimit",
            h -> h.set(".HostConfig.PidsLimit", "null")),
        given("--pids-limit 100", "CTR-PIDS=PASS", h -> h.set(".HostConfig.PidsLimit", "100")),
        bind("-v /etc/:/x/", "/etc", true, "CTR-MOUNTHOST=FAIL@.Mounts[0].Source"),
        given(
            "-v /etc:/x:ro -v data:/d",
            "CTR-MOUNTHOST=FAIL@.Mounts[0].Source",
            h ->
                h.set(
                    ".Mounts",
                    "[{\"Type\":\"bind\",\"Source\":\"/etc\",\"RW\":false,\"Propagation\":\"rprivate\"},"
                        + "{\"Type\":\"volume\",\"Name\":\"data\",\"RW\":true,\"Propagation\":\"\"}]")),
        bind("-v /etc/ssl:/x", "/etc/ssl", true, "CTR-MOUNTHOST=FAIL"),
        bind("-v /etc/ssl/certs:/x:ro", "/etc/ssl/certs", false, "CTR-MOUNTHOST=PASS"),
        bind("-v /var/run:/x", "/var/run", true, "CTR-DOCKERSOCK=FAIL CTR-MOUNTHOST=FAIL"),
        bind("/run, read-only", "/run", false, "CTR-DOCKERSOCK=FAIL CTR-MOUNTHOST=FAIL"),
        bind(
            "the socket itself",
            "/var/run/docker.sock",
            true,
            "CTR-DOCKERSOCK=FAIL CTR-MOUNTHOST=PASS"),
        given(
            "a volume that is a bind of /var/run",
            "CTR-DOCKERSOCK=FAIL@.Options.device VOL-BINDBACKED=FAIL CTR-MOUNTHOST=FAIL",
            h ->
                h.volume(".Options", "{\"type\":\"none\",\"o\":\"bind\",\"device\":\"/var/run\"}")
                    .set(
                        ".Mounts",
                        "[{\"Type\":\"volume\",\"Name\":\"data\",\"RW\":true,"
                            + "\"Source\":\"/var/lib/docker/volumes/data/_data\"}]")),
        bind(
            "a symbolic link to /etc: the API cannot tell",
            "/tmp/innocent",
            true,
            "CTR-MOUNTHOST=PASS"),
        given(
            "-p 80:80",
            "CTR-PORTBIND=FAIL@.HostConfig.PortBindings['80/tcp'][0].HostIp CTR-PORTPRIV=PASS",
            h ->
                publish(h, "", "80")
                    .set(
                        ".NetworkSettings.Ports",
                        "{\"80/tcp\":[{\"HostIp\":\"0.0.0.0\"},{\"HostIp\":\"::\"}]}")),
        given("-p [::]:8081:80", "CTR-PORTBIND=FAIL", h -> publish(h, "::", "8081")),
        given("-p 1024:80", "CTR-PORTPRIV=PASS CTR-PORTBIND=FAIL", h -> publish(h, "", "1024")),
        given("-p 127.0.0.1:8082:80", "CTR-PORTBIND=PASS", h -> publish(h, "127.0.0.1", "8082")),
        given(
            "--expose 99 -P",
            "CTR-PORTBIND=FAIL@.HostConfig.PublishAllPorts",
            h -> h.set(".HostConfig.PublishAllPorts", "true")),
        capAdd(
            "--cap-add sys_admin",
            "CAP_SYS_ADMIN",
            "CTR-CAPSESCAPE=FAIL@.HostConfig.CapAdd[0] CTR-CAPS=FAIL@.HostConfig.CapAdd[0]"),
        capAdd("--cap-add ALL", "ALL", "CTR-CAPSESCAPE=FAIL CTR-CAPS=FAIL CTR-CAPSMIN=FAIL"),
        given(
            "--cap-drop ALL --cap-add NET_BIND_SERVICE",
            "CTR-CAPS=PASS CTR-CAPSMIN=PASS CTR-NETRAW=PASS",
            h ->
                h.set(".HostConfig.CapDrop", "[\"ALL\"]")
                    .set(".HostConfig.CapAdd", "[\"CAP_NET_BIND_SERVICE\"]")),
        given(
            "--cap-drop NET_RAW",
            "CTR-NETRAW=PASS CTR-CAPSMIN=FAIL",
            h -> h.set(".HostConfig.CapDrop", "[\"CAP_NET_RAW\"]")),
        given(
            "--privileged, never started",
            "CTR-PRIV=FAIL CTR-CAPS=FAIL CTR-SECCOMP=FAIL CTR-MASKED=FAIL CTR-NETRAW=FAIL"
                + " CTR-CAPSMIN=FAIL CTR-DEVICES=FAIL CTR-CAPSESCAPE=N/A",
            h ->
                h.set(".HostConfig.Privileged", "true")
                    .set(".HostConfig.SecurityOpt", "[\"label=disable\"]")
                    .set(".HostConfig.MaskedPaths", "null")
                    .set(".HostConfig.ReadonlyPaths", "null")
                    .observe(".state", "\"created\"")
                    .observe(".everStarted", "false")),
        restart("on-failure", 0, "CTR-RESTART=FAIL"),
        restart("on-failure", 10, "CTR-RESTART=FAIL"),
        restart("on-failure", 5, "CTR-RESTART=PASS"),
        restart("always", 0, "CTR-RESTART=FAIL"),
        restart("unless-stopped", 0, "CTR-RESTART=FAIL"),
        mode("Network", "host", "CTR-NETHOST=FAIL CTR-PORTBIND=N/A CTR-PORTPRIV=N/A"),
        given(
            "--network container:<one in the host's>",
            "CTR-NETHOST=FAIL@.HostConfig.NetworkMode,.HostConfig.NetworkMode",
            h ->
                h.set(".HostConfig.NetworkMode", "\"container:" + HostFixture.OTHER + "\"")
                    .other(HostFixture.OTHER, ".HostConfig.NetworkMode", "\"host\"")),
        mode("Pid", "host", "CTR-PIDHOST=FAIL"),
        given(
            "--pid container:<one in the host's>",
            "CTR-PIDHOST=FAIL",
            h ->
                h.set(".HostConfig.PidMode", "\"container:" + HostFixture.OTHER + "\"")
                    .other(HostFixture.OTHER, ".HostConfig.PidMode", "\"host\"")),
        mode("Ipc", "host", "CTR-IPCHOST=FAIL"),
        mode("Ipc", "shareable", "CTR-IPCHOST=PASS CTR-NSSHARE=FAIL@.HostConfig.IpcMode"),
        mode("UTS", "host", "CTR-UTSHOST=FAIL"),
        mode("Userns", "host", "CTR-USERNSHOST=N/A ENG-USERNS=FAIL"),
        mode("Cgroupns", "private", "CTR-CGROUPNS=PASS"),
        given(
            "--no-healthcheck",
            "CTR-HEALTH=FAIL",
            h -> h.set(".Config.Healthcheck", "{\"Test\":[\"NONE\"]}")),
        given(
            "--health-cmd id",
            "CTR-HEALTH=UNKNOWN",
            h ->
                h.set(".Config.Healthcheck", "{\"Test\":[\"CMD-SHELL\",\"id\"]}")
                    .observe(".health", "\"starting\"")),
        given(
            "-v /srv:/x:rshared",
            "CTR-PROPAGATION=FAIL@.Mounts[0].Propagation",
            h ->
                h.set(
                    ".Mounts",
                    "[{\"Type\":\"bind\",\"Source\":\"/srv\",\"RW\":true,\"Propagation\":\"rshared\"}]")),
        security("seccomp:unconfined", "CTR-SECCOMP=FAIL@.HostConfig.SecurityOpt[0]"),
        given(
            "--security-opt systempaths=unconfined, which leaves only empty lists",
            "CTR-MASKED=FAIL@.HostConfig.MaskedPaths,.HostConfig.ReadonlyPaths",
            h ->
                h.set(".HostConfig.SecurityOpt", "[]")
                    .set(".HostConfig.MaskedPaths", "[]")
                    .set(".HostConfig.ReadonlyPaths", "[]")),
        security("label=disable", "CTR-SELINUX=N/A"),
        given(
            "--security-opt label=disable where there is SELinux",
            "CTR-SELINUX=FAIL@.HostConfig.SecurityOpt[0]",
            h ->
                h.engine(".info.SecurityOptions", "[\"name=selinux\"]")
                    .set(".HostConfig.SecurityOpt", "[\"label=disable\"]")),
        given(
            "an anonymous volume, on 20.10 without a label",
            "VOL-ANON=FAIL",
            h ->
                h.volume(".Name", "\"" + "ab".repeat(32) + "\"")
                    .set(
                        ".Mounts", "[{\"Type\":\"volume\",\"Name\":\"" + "ab".repeat(32) + "\"}]")),
        given(
            "an engine on tcp://127.0.0.1 without TLS",
            "ENG-TCPTLS=FAIL@.info.Warnings[1]",
            h ->
                h.engine(
                    ".info.Warnings",
                    "[\"WARNING: No swap limit support\",\"WARNING: API is accessible on"
                        + " http://127.0.0.1:12399 without encryption.\"]")),
        given(
            "an insecure registry",
            "ENG-INSECUREREG=FAIL@.info.RegistryConfig.IndexConfigs['reg.invalid:5000'].Secure",
            h ->
                h.engine(
                    ".info.RegistryConfig.IndexConfigs",
                    "{\"reg.invalid:5000\":{\"Secure\":false}}")));
  }

  private static CheckCase user(String user, String expected) {
    return given("-u " + user, expected, h -> h.set(".Config.User", "\"" + user + "\""));
  }

  private static CheckCase security(String option, String expected) {
    return given(
        "--security-opt " + option,
        expected,
        h -> h.set(".HostConfig.SecurityOpt", "[\"" + option + "\"]"));
  }

  private static CheckCase capAdd(String title, String stored, String expected) {
    return given(title, expected, h -> h.set(".HostConfig.CapAdd", "[\"" + stored + "\"]"));
  }

  private static CheckCase mode(String namespace, String mode, String expected) {
    return given(
        namespace + " " + mode,
        expected,
        h -> h.set(".HostConfig." + namespace + "Mode", "\"" + mode + "\""));
  }

  private static CheckCase restart(String name, int count, String expected) {
    return given(
        "--restart " + name + ":" + count,
        expected,
        h ->
            h.set(
                ".HostConfig.RestartPolicy",
                "{\"Name\":\"" + name + "\",\"MaximumRetryCount\":" + count + "}"));
  }

  static CheckCase bind(String title, String source, boolean writable, String expected) {
    return given(
        title,
        expected,
        h ->
            h.set(
                ".Mounts",
                "[{\"Type\":\"bind\",\"Source\":\"%s\",\"RW\":%s,\"Propagation\":\"rprivate\"}]"
                    .formatted(source, writable)));
  }

  static HostFixture publish(HostFixture host, String address, String port) {
    return host.set(
        ".HostConfig.PortBindings",
        "{\"80/tcp\":[{\"HostIp\":\"%s\",\"HostPort\":\"%s\"}]}".formatted(address, port));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void judgesAsTheEngineActs(CheckCase checkCase) {
    checkCase.verify();
  }
}
