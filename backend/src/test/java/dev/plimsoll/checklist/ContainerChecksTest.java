package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.CheckCase.given;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Cases beyond those tried on an engine: what is missing, what is odd, what leads elsewhere. */
class ContainerChecksTest {

  static Stream<CheckCase> cases() {
    return Stream.of(
            declared(),
            users(),
            walls(),
            capabilities(),
            mounts(),
            network(),
            namespaces(),
            limits(),
            operation(),
            images(),
            windows())
        .flatMap(cases -> cases);
  }

  private static Stream<CheckCase> declared() {
    return Stream.of(
        given(
            "a declared cgroup parent",
            "CTR-CGROUPPARENT=PASS",
            h ->
                h.set(".HostConfig.CgroupParent", "\"/kubepods\"")
                    .declared(Declaration.CGROUP_PARENT, "/kubepods")),
        given(
            "a declared runtime",
            "CTR-RUNTIME=PASS",
            h ->
                h.set(".HostConfig.Runtime", "\"sysbox-runc\"")
                    .declared(Declaration.RUNTIME, "sysbox-runc")),
        given(
            "a declared device",
            "CTR-DEVICES=PASS",
            h ->
                h.set(".HostConfig.Devices", "[{\"PathOnHost\":\"/dev/ttyUSB0\"}]")
                    .declared(Declaration.DEVICE, "/dev/ttyUSB0")),
        given(
            "a device beside the declared one",
            "CTR-DEVICES=FAIL@.HostConfig.Devices[1].PathOnHost",
            h ->
                h.set(
                        ".HostConfig.Devices",
                        "[{\"PathOnHost\":\"/dev/ttyUSB0\"},{\"PathOnHost\":\"/dev/sda\"}]")
                    .declared(Declaration.DEVICE, "/dev/ttyUSB0")),
        given(
            "the directory of the socket that this portal uses",
            "CTR-DOCKERSOCK=FAIL",
            h ->
                h.endpointPath("/opt/engine/api.sock")
                    .set(
                        ".Mounts",
                        "[{\"Type\":\"bind\",\"Source\":\"/opt/engine\",\"RW\":false}]")),
        given(
            "a directory beside it",
            "CTR-DOCKERSOCK=PASS",
            h ->
                h.endpointPath("/opt/engine/api.sock")
                    .set(
                        ".Mounts",
                        "[{\"Type\":\"bind\",\"Source\":\"/opt/other\",\"RW\":false}]")));
  }

  private static Stream<CheckCase> users() {
    return Stream.of(
        given(
            "a name that /etc/passwd does not have",
            "CTR-USER=UNKNOWN CTR-GROUP0=UNKNOWN",
            h ->
                h.set(".Config.User", "\"app\"")
                    .observe(".users", "{\"error\":\"/etc/passwd has no user app\"}")),
        given(
            "a name that nobody looked up",
            "CTR-USER=UNKNOWN CTR-GROUP0=UNKNOWN",
            h -> h.set(".Config.User", "\"app\"")),
        given(
            "a number needs no look-up for the user, but for the group",
            "CTR-USER=PASS CTR-GROUP0=UNKNOWN",
            h -> h.set(".Config.User", "\"1000\"")),
        given(
            "user and group as numbers",
            "CTR-USER=PASS CTR-GROUP0=PASS",
            h -> h.set(".Config.User", "\"1000:1000\"")),
        given(
            "a group by name",
            "CTR-GROUP0=FAIL@.Config.User",
            h ->
                h.set(".Config.User", "\"1000:wheel\"")
                    .observe(".users", "{\"groups\":{\"wheel\":0}}")),
        given(
            "one group is 0, another cannot be looked up: the known one decides",
            "CTR-GROUP0=FAIL@.HostConfig.GroupAdd[1]",
            h ->
                h.set(".Config.User", "\"1000:1000\"")
                    .set(".HostConfig.GroupAdd", "[\"docker\",\"root\"]")),
        given(
            "a group that cannot be looked up",
            "CTR-GROUP0=UNKNOWN",
            h ->
                h.set(".Config.User", "\"1000:1000\"").set(".HostConfig.GroupAdd", "[\"docker\"]")),
        given("a negative number", "CTR-USER=UNKNOWN", h -> h.set(".Config.User", "\"-5\"")),
        given("no user field", "CTR-USER=UNKNOWN@.Config.User", h -> h.remove(".Config.User")),
        given(
            "remapping mitigates and changes nothing",
            "CTR-USER=FAIL",
            h -> h.engine(".info.SecurityOptions", "[\"name=userns\"]")),
        given(
            "a pause container",
            "CTR-USER=N/A",
            h ->
                h.set(".Config.Labels", "{\"io.kubernetes.docker.type\":\"podsandbox\"}")
                    .set(".Config.Image", "\"registry.k8s.io/pause:3.9\"")));
  }

  private static Stream<CheckCase> walls() {
    return Stream.of(
        appArmor("docker-default", true, "CTR-APPARMOR=PASS"),
        appArmor("unconfined", true, "CTR-APPARMOR=FAIL@.AppArmorProfile"),
        appArmor("", true, "CTR-APPARMOR=FAIL"),
        appArmor("", false, "CTR-APPARMOR=UNKNOWN"),
        given(
            "apparmor:unconfined",
            "CTR-APPARMOR=FAIL@.HostConfig.SecurityOpt[1]",
            h ->
                h.engine(".info.SecurityOptions", "[\"name=apparmor\"]")
                    .set(".AppArmorProfile", "\"docker-default\"")
                    .set(
                        ".HostConfig.SecurityOpt",
                        "[\"no-new-privileges\",\"apparmor:unconfined\"]")),
        given(
            "privileged has no AppArmor profile",
            "CTR-APPARMOR=FAIL@.HostConfig.Privileged",
            h ->
                h.engine(".info.SecurityOptions", "[\"name=apparmor\"]")
                    .set(".AppArmorProfile", "\"unconfined\"")
                    .set(".HostConfig.Privileged", "true")),
        seLinux("system_u:system_r:container_t:s0:c1,c2", true, "CTR-SELINUX=PASS"),
        seLinux("system_u:system_r:spc_t:s0", true, "CTR-SELINUX=FAIL"),
        seLinux("", true, "CTR-SELINUX=FAIL"),
        seLinux("", false, "CTR-SELINUX=UNKNOWN"),
        seLinux("odd", true, "CTR-SELINUX=UNKNOWN"),
        given("seccomp from the engine", "CTR-SECCOMP=PASS", h -> h),
        given(
            "seccomp off in the engine",
            "CTR-SECCOMP=FAIL",
            h -> h.engine(".info.SecurityOptions", "[\"name=seccomp,profile=unconfined\"]")),
        given(
            "seccomp of an engine that does not say",
            "CTR-SECCOMP=UNKNOWN",
            h -> h.engineWithout(".info.SecurityOptions")),
        given("engine not read", "CTR-SECCOMP=UNKNOWN CTR-NNP=UNKNOWN", HostFixture::engineUnread),
        seccomp("builtin", "CTR-SECCOMP=PASS"),
        seccomp("{\\\"defaultAction\\\":\\\"SCMP_ACT_ERRNO\\\"}", "CTR-SECCOMP=PASS"),
        seccomp("{\\\"defaultAction\\\":\\\"SCMP_ACT_ALLOW\\\"}", "CTR-SECCOMP=FAIL"),
        seccomp(
            "{\\\"defaultAction\\\":\\\"SCMP_ACT_ALLOW\\\",\\\"syscalls\\\":[{\\\"names\\\":"
                + "[\\\"mount\\\"],\\\"action\\\":\\\"SCMP_ACT_ERRNO\\\"}]}",
            "CTR-SECCOMP=PASS"),
        seccomp("{broken", "CTR-SECCOMP=UNKNOWN"),
        seccomp("/etc/profile.json", "CTR-SECCOMP=UNKNOWN"),
        given("masked", "CTR-MASKED=PASS", h -> h),
        given(
            "no list of masked paths",
            "CTR-MASKED=UNKNOWN@.HostConfig.MaskedPaths",
            h -> h.remove(".HostConfig.MaskedPaths")),
        given(
            "no-new-privileges from the engine",
            "CTR-NNP=PASS",
            h -> h.engine(".info.SecurityOptions", "[\"name=no-new-privileges\"]")),
        given(
            "no-new-privileges neither here nor in engine 24",
            "CTR-NNP=FAIL",
            h -> h.engine(".version.Version", "\"24.0.7\"")),
        given(
            "a value that is neither true nor false",
            "CTR-NNP=UNKNOWN@.HostConfig.SecurityOpt[0]",
            h -> h.set(".HostConfig.SecurityOpt", "[\"no-new-privileges=perhaps\"]")));
  }

  private static Stream<CheckCase> capabilities() {
    return Stream.of(
        given(
            "ALL less one capability",
            "CTR-NETRAW=PASS CTR-CAPS=FAIL@.HostConfig.CapAdd[0] CTR-CAPSMIN=FAIL",
            h ->
                h.set(".HostConfig.CapAdd", "[\"ALL\"]")
                    .set(".HostConfig.CapDrop", "[\"CAP_NET_RAW\"]")),
        given(
            "dropping ALL does nothing where ALL is added",
            "CTR-NETRAW=FAIL@.HostConfig.CapAdd[0] CTR-CAPSESCAPE=FAIL"
                + " CTR-CAPSMIN=FAIL@.HostConfig.CapAdd[0]",
            h -> h.set(".HostConfig.CapAdd", "[\"all\"]").set(".HostConfig.CapDrop", "[\"ALL\"]")),
        given(
            "an older engine echoes what was typed",
            "CTR-CAPSMIN=PASS CTR-CAPS=FAIL@.HostConfig.CapAdd[1] CTR-CAPSESCAPE=PASS",
            h ->
                h.set(".HostConfig.CapAdd", "[\"chown\",\"net_admin\"]")
                    .set(".HostConfig.CapDrop", "[\"cap_all\"]")),
        given(
            "added again after it was dropped",
            "CTR-NETRAW=FAIL@.HostConfig.CapAdd[0] CTR-CAPS=PASS",
            h ->
                h.set(".HostConfig.CapAdd", "[\"CAP_NET_RAW\"]")
                    .set(".HostConfig.CapDrop", "[\"CAP_NET_RAW\"]")),
        given(
            "no list of added capabilities",
            "CTR-CAPS=UNKNOWN@.HostConfig.CapAdd CTR-CAPSMIN=UNKNOWN CTR-NETRAW=UNKNOWN"
                + " CTR-CAPSESCAPE=UNKNOWN",
            h -> h.remove(".HostConfig.CapAdd")),
        given(
            "privileged not stated",
            "CTR-PRIV=UNKNOWN@.HostConfig.Privileged",
            h -> h.remove(".HostConfig.Privileged")),
        given("no devices", "CTR-DEVICES=PASS", h -> h),
        device("/dev/fuse", "CTR-DEVICES=PASS"),
        device("/dev/sda", "CTR-DEVICES=FAIL@.HostConfig.Devices[0].PathOnHost"),
        given(
            "a device rule",
            "CTR-DEVICES=FAIL@.HostConfig.DeviceCgroupRules[0]",
            h -> h.set(".HostConfig.DeviceCgroupRules", "[\"a *:* rwm\"]")),
        given(
            "a GPU",
            "CTR-DEVICES=PASS",
            h ->
                h.set(
                    ".HostConfig.DeviceRequests",
                    "[{\"Driver\":\"\",\"Count\":-1,\"Capabilities\":[[\"gpu\"]]}]")),
        given(
            "another request",
            "CTR-DEVICES=FAIL@.HostConfig.DeviceRequests[0]",
            h -> h.set(".HostConfig.DeviceRequests", "[{\"Driver\":\"cdi\"}]")),
        given(
            "devices not stated",
            "CTR-DEVICES=UNKNOWN@.HostConfig.Devices",
            h -> h.remove(".HostConfig.Devices")));
  }

  private static Stream<CheckCase> mounts() {
    String volume = "[{\"Type\":\"volume\",\"Name\":\"data\",\"RW\":true,\"Propagation\":\"\"}]";
    return Stream.of(
        given(
            "nothing mounted", "CTR-MOUNTHOST=N/A CTR-DOCKERSOCK=N/A CTR-PROPAGATION=N/A", h -> h),
        given(
            "a plain volume",
            "CTR-MOUNTHOST=N/A CTR-DOCKERSOCK=PASS CTR-PROPAGATION=PASS",
            h -> h.set(".Mounts", volume)),
        given(
            "a volume that was not read",
            "CTR-MOUNTHOST=UNKNOWN CTR-DOCKERSOCK=UNKNOWN",
            h -> h.set(".Mounts", volume).volumeUnread()),
        given(
            "a volume that is not listed",
            "CTR-MOUNTHOST=UNKNOWN@.Mounts[0].Name CTR-DOCKERSOCK=UNKNOWN",
            h -> h.set(".Mounts", volume).withoutVolume()),
        given(
            "volumes refused",
            "CTR-MOUNTHOST=UNKNOWN@GET_/volumes CTR-DOCKERSOCK=UNKNOWN@GET_/volumes",
            h ->
                h.set(".Mounts", volume)
                    .withoutVolume()
                    .unreadList(SubjectKind.VOLUME, "GET_/volumes")),
        given(
            "one mount fails, another cannot be judged",
            "CTR-MOUNTHOST=FAIL@.Mounts[0].Source",
            h ->
                h.set(
                        ".Mounts",
                        "[{\"Type\":\"bind\",\"Source\":\"/etc\",\"RW\":true},"
                            + "{\"Type\":\"volume\",\"Name\":\"data\"}]")
                    .volumeUnread()),
        bind("/etcd", true, "CTR-MOUNTHOST=PASS"),
        bind("/srv/../etc/", true, "CTR-MOUNTHOST=FAIL"),
        bind("//etc//ssl", true, "CTR-MOUNTHOST=FAIL"),
        bind("/", false, "CTR-MOUNTHOST=FAIL CTR-DOCKERSOCK=FAIL"),
        bind("/var", true, "CTR-MOUNTHOST=FAIL CTR-DOCKERSOCK=PASS"),
        bind("/var/lib", true, "CTR-MOUNTHOST=FAIL"),
        bind("/var/lib/docker/volumes", true, "CTR-MOUNTHOST=FAIL"),
        bind("/var/lib/app", true, "CTR-MOUNTHOST=PASS"),
        bind("/var/log", false, "CTR-MOUNTHOST=PASS"),
        bind("/usr/share/zoneinfo/Europe", false, "CTR-MOUNTHOST=PASS"),
        bind("/etc/localtime", false, "CTR-MOUNTHOST=PASS"),
        bind("/etc/localtime", true, "CTR-MOUNTHOST=FAIL"),
        bind("/run/user/1000", true, "CTR-DOCKERSOCK=FAIL CTR-MOUNTHOST=PASS"),
        bind("/run/user", true, "CTR-DOCKERSOCK=FAIL"),
        bind("/run/userdata", true, "CTR-DOCKERSOCK=PASS"),
        bind("/run/containerd", true, "CTR-DOCKERSOCK=FAIL"),
        bind("/var/run/docker", true, "CTR-DOCKERSOCK=FAIL"),
        bind("/opt/podman.sock", true, "CTR-DOCKERSOCK=FAIL"),
        bind("/srv/docker.sock.txt", true, "CTR-DOCKERSOCK=PASS"),
        given(
            "a data directory elsewhere",
            "CTR-MOUNTHOST=FAIL",
            h ->
                h.engine(".info.DockerRootDir", "\"/data/docker\"")
                    .set(".Mounts", "[{\"Type\":\"bind\",\"Source\":\"/data\",\"RW\":false}]")),
        given(
            "a data directory that is not known",
            "CTR-MOUNTHOST=UNKNOWN",
            h ->
                h.engineUnread()
                    .set(".Mounts", "[{\"Type\":\"bind\",\"Source\":\"/data\",\"RW\":false}]")),
        given(
            "a bind without a source",
            "CTR-MOUNTHOST=UNKNOWN@.Mounts[0].Source CTR-DOCKERSOCK=UNKNOWN",
            h -> h.set(".Mounts", "[{\"Type\":\"bind\"}]")),
        given(
            "a volume plugin",
            "CTR-MOUNTHOST=N/A CTR-DOCKERSOCK=PASS",
            h -> h.set(".Mounts", volume).volume(".Driver", "\"rexray\"")),
        given(
            "no list of mounts",
            "CTR-MOUNTHOST=UNKNOWN@.Mounts CTR-DOCKERSOCK=UNKNOWN CTR-PROPAGATION=UNKNOWN",
            h -> h.remove(".Mounts")),
        given(
            "propagation not stated",
            "CTR-PROPAGATION=UNKNOWN@.Mounts[0].Propagation",
            h -> h.set(".Mounts", "[{\"Type\":\"bind\",\"Source\":\"/srv\"}]")),
        given(
            "rslave only follows",
            "CTR-PROPAGATION=PASS",
            h ->
                h.set(
                    ".Mounts",
                    "[{\"Type\":\"bind\",\"Source\":\"/srv\",\"Propagation\":\"rslave\"}]")));
  }

  private static Stream<CheckCase> network() {
    return Stream.of(
        given("nothing published", "CTR-PORTBIND=N/A CTR-PORTPRIV=PASS", h -> h),
        port("1020-1030", "CTR-PORTPRIV=FAIL@.HostConfig.PortBindings['80/tcp'][0].HostPort"),
        port("1024-1030", "CTR-PORTPRIV=PASS"),
        port("443", "CTR-PORTPRIV=PASS"),
        port("80-90", "CTR-PORTPRIV=FAIL"),
        port("22", "CTR-PORTPRIV=FAIL"),
        port("", "CTR-PORTPRIV=PASS"),
        port("0", "CTR-PORTPRIV=PASS"),
        port("http", "CTR-PORTPRIV=UNKNOWN"),
        address("10.0.0.5", "CTR-PORTBIND=PASS"),
        address("0.0.0.0", "CTR-PORTBIND=FAIL"),
        address("[::]", "CTR-PORTBIND=FAIL"),
        address("0:0:0:0:0:0:0:0", "CTR-PORTBIND=FAIL"),
        address("*", "CTR-PORTBIND=FAIL"),
        address("::1", "CTR-PORTBIND=PASS"),
        given(
            "no list of bindings",
            "CTR-PORTBIND=UNKNOWN@.HostConfig.PortBindings CTR-PORTPRIV=UNKNOWN",
            h -> h.remove(".HostConfig.PortBindings")),
        given(
            "published by the engine, though not configured",
            "CTR-PORTBIND=FAIL@.NetworkSettings.Ports['80/tcp'][0].HostIp",
            h -> h.set(".NetworkSettings.Ports", "{\"80/tcp\":[{\"HostIp\":\"0.0.0.0\"}]}")),
        given(
            "exposed and not published",
            "CTR-PORTBIND=N/A",
            h -> h.set(".NetworkSettings.Ports", "{\"80/tcp\":null}")),
        given("the default bridge", "CTR-DEFAULTBRIDGE=FAIL@.HostConfig.NetworkMode", h -> h),
        given(
            "a network of its own",
            "CTR-DEFAULTBRIDGE=PASS",
            h ->
                h.set(".HostConfig.NetworkMode", "\"shop\"")
                    .set(".NetworkSettings.Networks", "{\"shop\":{}}")),
        given(
            "connected to the default bridge later",
            "CTR-DEFAULTBRIDGE=FAIL@.NetworkSettings.Networks['bridge']",
            h ->
                h.set(".HostConfig.NetworkMode", "\"shop\"")
                    .set(".NetworkSettings.Networks", "{\"shop\":{},\"bridge\":{}}")),
        given(
            "a default bridge of another name",
            "CTR-DEFAULTBRIDGE=FAIL",
            h ->
                h.bridge(".Name", "\"br9\"")
                    .set(".HostConfig.NetworkMode", "\"br9\"")
                    .set(".NetworkSettings.Networks", "{\"br9\":{}}")),
        given(
            "no network",
            "CTR-DEFAULTBRIDGE=N/A",
            h -> h.set(".HostConfig.NetworkMode", "\"none\"")),
        given(
            "an engine without a default bridge",
            "CTR-DEFAULTBRIDGE=N/A",
            h -> h.set(".NetworkSettings.Networks", "{\"none\":{}}")),
        given(
            "networks not stated",
            "CTR-DEFAULTBRIDGE=UNKNOWN@.NetworkSettings.Networks",
            h -> h.set(".HostConfig.NetworkMode", "\"shop\"").remove(".NetworkSettings.Networks")));
  }

  private static Stream<CheckCase> namespaces() {
    String joined = "\"container:" + HostFixture.OTHER + "\"";
    return Stream.of(
        given("all its own", "CTR-NETHOST=PASS CTR-PIDHOST=PASS CTR-IPCHOST=PASS", h -> h),
        given(
            "joins an isolated container",
            "CTR-NETHOST=PASS CTR-NSSHARE=FAIL@.HostConfig.NetworkMode",
            h ->
                h.set(".HostConfig.NetworkMode", joined)
                    .other(HostFixture.OTHER, ".HostConfig.NetworkMode", "\"shop\"")),
        given(
            "joins one that joins one in the host's",
            "CTR-IPCHOST=FAIL",
            h ->
                h.set(".HostConfig.IpcMode", joined)
                    .other(
                        HostFixture.OTHER,
                        ".HostConfig.IpcMode",
                        "\"container:" + HostFixture.THIRD + "\"")
                    .other(HostFixture.THIRD, ".HostConfig.IpcMode", "\"host\"")),
        given(
            "joins by name",
            "CTR-NETHOST=FAIL",
            h ->
                h.set(
                        ".HostConfig.NetworkMode",
                        "\"container:" + HostFixture.OTHER.substring(0, 4) + "\"")
                    .other(HostFixture.OTHER, ".HostConfig.NetworkMode", "\"host\"")),
        given(
            "joins by short ID",
            "CTR-PIDHOST=FAIL",
            h ->
                h.set(
                        ".HostConfig.PidMode",
                        "\"container:" + HostFixture.OTHER.substring(0, 12) + "\"")
                    .other(HostFixture.OTHER, ".HostConfig.PidMode", "\"host\"")),
        given(
            "joins one that is gone",
            "CTR-NETHOST=UNKNOWN CTR-NSSHARE=UNKNOWN",
            h -> h.set(".HostConfig.NetworkMode", joined)),
        given(
            "joins one that was not read",
            "CTR-PIDHOST=UNKNOWN CTR-NSSHARE=UNKNOWN",
            h -> h.set(".HostConfig.PidMode", joined).otherUnread(HostFixture.OTHER)),
        given(
            "two that join each other",
            "CTR-NETHOST=UNKNOWN",
            h ->
                h.set(".HostConfig.NetworkMode", joined)
                    .other(
                        HostFixture.OTHER,
                        ".HostConfig.NetworkMode",
                        "\"container:" + HostFixture.CONTAINER + "\"")),
        given(
            "modes not stated",
            "CTR-NETHOST=UNKNOWN CTR-PIDHOST=UNKNOWN CTR-IPCHOST=UNKNOWN CTR-UTSHOST=UNKNOWN"
                + " CTR-NSSHARE=UNKNOWN CTR-CGROUPNS=UNKNOWN",
            h ->
                h.remove(".HostConfig.NetworkMode")
                    .remove(".HostConfig.PidMode")
                    .remove(".HostConfig.IpcMode")
                    .remove(".HostConfig.UTSMode")
                    .remove(".HostConfig.CgroupnsMode")),
        given("an empty IPC mode", "CTR-IPCHOST=PASS", h -> h.set(".HostConfig.IpcMode", "\"\"")),
        given("no sharing", "CTR-NSSHARE=PASS CTR-UTSHOST=PASS", h -> h),
        given(
            "sharing inside one Compose project",
            "CTR-NSSHARE=PASS",
            h ->
                h.set(".HostConfig.PidMode", joined)
                    .set(".Config.Labels", "{\"com.docker.compose.project\":\"shop\"}")
                    .other(
                        HostFixture.OTHER,
                        ".Config.Labels",
                        "{\"com.docker.compose.project\":\"shop\"}")),
        given(
            "shareable, and shared",
            "CTR-NSSHARE=PASS",
            h ->
                h.set(".HostConfig.IpcMode", "\"shareable\"")
                    .other(
                        HostFixture.OTHER,
                        ".HostConfig.IpcMode",
                        "\"container:" + HostFixture.CONTAINER + "\"")),
        given(
            "shareable, and who shares is not known",
            "CTR-NSSHARE=UNKNOWN",
            h -> h.set(".HostConfig.IpcMode", "\"shareable\"").otherUnread(HostFixture.OTHER)),
        given(
            "an engine from before cgroup namespaces",
            "CTR-CGROUPNS=N/A",
            h -> h.remove(".HostConfig.CgroupnsMode").engine(".version.Version", "\"19.03.15\"")),
        given(
            "remapped",
            "CTR-USERNSHOST=PASS",
            h -> h.engine(".info.SecurityOptions", "[\"name=userns\"]")),
        given(
            "opted out of remapping",
            "CTR-USERNSHOST=FAIL@.HostConfig.UsernsMode",
            h ->
                h.engine(".info.SecurityOptions", "[\"name=userns\"]")
                    .set(".HostConfig.UsernsMode", "\"host\"")),
        given(
            "whether the engine remaps is not known",
            "CTR-USERNSHOST=UNKNOWN",
            h -> h.engineWithout(".info.SecurityOptions")));
  }

  private static Stream<CheckCase> limits() {
    return Stream.of(
        given("memory", "CTR-MEM=PASS", h -> h.set(".HostConfig.Memory", "67108864")),
        given(
            "more memory than there is",
            "CTR-MEM=FAIL",
            h -> h.set(".HostConfig.Memory", "17179869184")),
        given(
            "limits that the kernel ignores",
            "CTR-MEM=FAIL CTR-PIDS=FAIL CTR-CPU=FAIL",
            h ->
                h.set(".HostConfig.Memory", "67108864")
                    .set(".HostConfig.PidsLimit", "100")
                    .set(".HostConfig.NanoCpus", "500000000")
                    .engine(".info.MemoryLimit", "false")),
        given(
            "limits of an engine that does not say",
            "CTR-MEM=UNKNOWN CTR-PIDS=UNKNOWN CTR-CPU=UNKNOWN",
            h ->
                h.set(".HostConfig.Memory", "67108864")
                    .set(".HostConfig.PidsLimit", "100")
                    .set(".HostConfig.NanoCpus", "500000000")
                    .engineWithout(".info.PidsLimit")),
        given(
            "limits not stated",
            "CTR-MEM=UNKNOWN@.HostConfig.Memory CTR-PIDS=UNKNOWN@.HostConfig.PidsLimit"
                + " CTR-CPU=UNKNOWN@.HostConfig.CpuQuota",
            h ->
                h.remove(".HostConfig.Memory")
                    .remove(".HostConfig.PidsLimit")
                    .remove(".HostConfig.CpuQuota")),
        given("no CPU bound", "CTR-CPU=FAIL", h -> h),
        given("--cpus", "CTR-CPU=PASS", h -> h.set(".HostConfig.NanoCpus", "500000000")),
        given("--cpu-quota", "CTR-CPU=PASS", h -> h.set(".HostConfig.CpuQuota", "50000")),
        given("--cpuset-cpus", "CTR-CPU=PASS", h -> h.set(".HostConfig.CpusetCpus", "\"0\"")),
        given("--cpu-shares 512", "CTR-CPU=PASS", h -> h.set(".HostConfig.CpuShares", "512")),
        given("--cpu-shares 1024", "CTR-CPU=FAIL", h -> h.set(".HostConfig.CpuShares", "1024")),
        given("--pids-limit -1", "CTR-PIDS=FAIL", h -> h.set(".HostConfig.PidsLimit", "-1")),
        given(
            "a limit that is none",
            "CTR-PIDS=FAIL",
            h -> h.set(".HostConfig.PidsLimit", "4194304")),
        given(
            "ulimits",
            "CTR-ULIMITS=PASS",
            h -> h.set(".HostConfig.Ulimits", "[{\"Name\":\"nofile\",\"Hard\":1,\"Soft\":1}]")),
        given("no ulimits once started", "CTR-ULIMITS=FAIL", h -> h),
        given(
            "no ulimits before the first start",
            "CTR-ULIMITS=UNKNOWN",
            h -> h.observe(".everStarted", "false")),
        given("killable", "CTR-OOM=PASS", h -> h),
        given(
            "null means the default",
            "CTR-OOM=PASS",
            h -> h.set(".HostConfig.OomKillDisable", "null")),
        given(
            "not killable",
            "CTR-OOM=FAIL@.HostConfig.OomKillDisable",
            h -> h.set(".HostConfig.OomKillDisable", "true")),
        given(
            "spared",
            "CTR-OOM=FAIL@.HostConfig.OomScoreAdj",
            h -> h.set(".HostConfig.OomScoreAdj", "-500")),
        given(
            "not stated",
            "CTR-OOM=UNKNOWN@.HostConfig.OomScoreAdj",
            h -> h.remove(".HostConfig.OomScoreAdj")),
        given("default cgroup", "CTR-CGROUPPARENT=PASS", h -> h),
        given(
            "a cgroup of its own",
            "CTR-CGROUPPARENT=FAIL",
            h -> h.set(".HostConfig.CgroupParent", "\"/free\"")),
        given(
            "cgroup not stated",
            "CTR-CGROUPPARENT=UNKNOWN",
            h -> h.remove(".HostConfig.CgroupParent")),
        given("no restarts", "CTR-RESTART=PASS", h -> h),
        given(
            "a swarm task: its service decides",
            "CTR-RESTART=UNKNOWN",
            h -> h.set(".Config.Labels", "{\"com.docker.swarm.service.id\":\"s1\"}")),
        given(
            "policy not stated", "CTR-RESTART=UNKNOWN", h -> h.remove(".HostConfig.RestartPolicy")),
        given("no parameters", "CTR-SYSCTL=N/A", h -> h),
        given(
            "harmless parameters",
            "CTR-SYSCTL=PASS",
            h ->
                h.set(
                    ".HostConfig.Sysctls",
                    "{\"net.core.somaxconn\":\"1024\",\"kernel.shmmax\":\"1\"}")),
        given(
            "a risky parameter",
            "CTR-SYSCTL=FAIL@.HostConfig.Sysctls['kernel.core_pattern']",
            h -> h.set(".HostConfig.Sysctls", "{\"kernel.core_pattern\":\"x\"}")),
        given(
            "parameters of another type",
            "CTR-SYSCTL=UNKNOWN",
            h -> h.set(".HostConfig.Sysctls", "[]")));
  }

  private static Stream<CheckCase> operation() {
    String check = "{\"Test\":[\"CMD\",\"true\"]}";
    return Stream.of(
        given("read-only", "CTR-ROFS=PASS", h -> h.set(".HostConfig.ReadonlyRootfs", "true")),
        given("not stated", "CTR-ROFS=UNKNOWN", h -> h.remove(".HostConfig.ReadonlyRootfs")),
        given(
            "healthy",
            "CTR-HEALTH=PASS",
            h -> h.set(".Config.Healthcheck", check).observe(".health", "\"healthy\"")),
        given(
            "unhealthy",
            "CTR-HEALTH=FAIL",
            h -> h.set(".Config.Healthcheck", check).observe(".health", "\"unhealthy\"")),
        given("no result", "CTR-HEALTH=UNKNOWN", h -> h.set(".Config.Healthcheck", check)),
        given("no health check", "CTR-HEALTH=FAIL", h -> h),
        given("stopped", "CTR-HEALTH=N/A", h -> h.observe(".state", "\"exited\"")),
        given(
            "a one-shot job",
            "CTR-HEALTH=N/A",
            h -> h.set(".Config.Labels", "{\"com.docker.compose.oneoff\":\"True\"}")),
        given("json-file without a bound", "CTR-LOGS=FAIL", h -> h),
        given(
            "json-file with a bound",
            "CTR-LOGS=PASS",
            h -> h.set(".HostConfig.LogConfig.Config", "{\"max-size\":\"10m\"}")),
        given(
            "json-file with -1 for a bound",
            "CTR-LOGS=FAIL",
            h -> h.set(".HostConfig.LogConfig.Config", "{\"max-size\":\"-1\"}")),
        given("none", "CTR-LOGS=FAIL", h -> h.set(".HostConfig.LogConfig.Type", "\"none\"")),
        given("local", "CTR-LOGS=PASS", h -> h.set(".HostConfig.LogConfig.Type", "\"local\"")),
        given("no log configuration", "CTR-LOGS=UNKNOWN", h -> h.remove(".HostConfig.LogConfig")),
        given("runc", "CTR-RUNTIME=PASS", h -> h),
        given("kata", "CTR-RUNTIME=PASS", h -> h.set(".HostConfig.Runtime", "\"kata-runtime\"")),
        given("another", "CTR-RUNTIME=FAIL", h -> h.set(".HostConfig.Runtime", "\"own\"")),
        given("no runtime", "CTR-RUNTIME=UNKNOWN", h -> h.set(".HostConfig.Runtime", "\"\"")),
        given("no label", "CTR-OWNER=FAIL", h -> h),
        given(
            "an owner",
            "CTR-OWNER=PASS",
            h -> h.set(".Config.Labels", "{\"com.example.owner\":\"shop\"}")),
        given(
            "an owner without a name",
            "CTR-OWNER=FAIL",
            h -> h.set(".Config.Labels", "{\"owner\":\" \"}")),
        given(
            "a Compose project",
            "CTR-OWNER=PASS",
            h -> h.set(".Config.Labels", "{\"com.docker.compose.project\":\"shop\"}")),
        given("labels not stated", "CTR-OWNER=UNKNOWN", h -> h.remove(".Config.Labels")),
        given("running", "CTR-SPRAWL=N/A", h -> h),
        given(
            "stopped for 30 days less a microsecond",
            "CTR-SPRAWL=PASS",
            h -> stopped(h).at("2026-12-01T07:59:59.999999Z")),
        given("stopped for 30 days", "CTR-SPRAWL=FAIL", h -> stopped(h).at("2026-12-01T08:00:00Z")),
        given(
            "stopped, and nobody knows when",
            "CTR-SPRAWL=UNKNOWN@.finishedAt",
            h -> h.observe(".state", "\"exited\"")),
        given(
            "created 31 days ago",
            "CTR-SPRAWL=FAIL",
            h -> h.observe(".state", "\"created\"").at("2026-12-02T09:00:00Z")),
        given(
            "holds data by its label",
            "CTR-SPRAWL=PASS",
            h ->
                h.set(".Config.Labels", "{\"dev.plimsoll.data-container\":\"true\"}")
                    .observe(".state", "\"created\"")
                    .at("2027-12-02T09:00:00Z")));
  }

  private static Stream<CheckCase> images() {
    return Stream.of(
        given("the tag's image", "CTR-FRESH=PASS CTR-TAG=PASS", h -> h),
        image("docker.io/shop/web:1.0", "CTR-FRESH=PASS"),
        given(
            "the tag means another image",
            "CTR-FRESH=FAIL@.Image,.tags[0]",
            h -> h.tags("[]").otherImage("[\"shop/web:1.0\"]")),
        given("the tag is gone", "CTR-FRESH=UNKNOWN", h -> h.tags("[]")),
        given(
            "images refused",
            "CTR-FRESH=UNKNOWN@GET_/images/json",
            h -> h.tags("[]").unreadList(SubjectKind.IMAGE, "GET_/images/json")),
        image("shop/web@sha256:" + "3c".repeat(32), "CTR-FRESH=N/A CTR-TAG=PASS"),
        image("shop/web:1.0@sha256:" + "3c".repeat(32), "CTR-FRESH=N/A CTR-TAG=PASS"),
        image(HostFixture.IMAGE, "CTR-FRESH=N/A CTR-TAG=UNKNOWN"),
        image("1a1a1a1a1a1a", "CTR-FRESH=N/A CTR-TAG=UNKNOWN"),
        image("cafe", "CTR-TAG=FAIL"),
        image("shop/web", "CTR-TAG=FAIL"),
        image("shop/web:latest", "CTR-TAG=FAIL"),
        image("registry.example:5000/shop/web", "CTR-TAG=FAIL"),
        image("registry.example:5000/shop/web:2", "CTR-TAG=PASS"));
  }

  private static Stream<CheckCase> windows() {
    return Stream.of(
        given(
            "a Windows container",
            "CTR-USER=N/A CTR-GROUP0=N/A CTR-CAPS=N/A CTR-CAPSMIN=N/A CTR-NETRAW=N/A"
                + " CTR-CAPSESCAPE=N/A CTR-PRIV=N/A CTR-PORTPRIV=N/A CTR-NETHOST=N/A CTR-MEM=N/A"
                + " CTR-CPU=N/A CTR-ROFS=N/A CTR-PORTBIND=N/A CTR-RESTART=N/A CTR-PIDHOST=N/A"
                + " CTR-IPCHOST=N/A CTR-NSSHARE=N/A CTR-CGROUPNS=N/A CTR-DEVICES=N/A"
                + " CTR-ULIMITS=N/A CTR-PROPAGATION=N/A CTR-UTSHOST=N/A CTR-SECCOMP=N/A"
                + " CTR-MASKED=N/A CTR-CGROUPPARENT=N/A CTR-NNP=N/A CTR-TAG=N/A CTR-PIDS=N/A"
                + " CTR-DEFAULTBRIDGE=N/A CTR-OOM=N/A CTR-LOGS=N/A CTR-RUNTIME=N/A",
            h -> h.set(".Platform", "\"windows\"")),
        given(
            "a Windows engine decides where the platform is not stated",
            "CTR-USER=N/A",
            h -> h.remove(".Platform").engine(".info.OSType", "\"windows\"")),
        given(
            "Windows directories and pipe",
            "CTR-MOUNTHOST=FAIL@.Mounts[0].Source CTR-DOCKERSOCK=FAIL@.Mounts[1].Source",
            h ->
                h.set(".Platform", "\"windows\"")
                    .set(
                        ".Mounts",
                        "[{\"Type\":\"bind\",\"Source\":\"C:\\\\Windows\\\\Temp\",\"RW\":true},"
                            + "{\"Type\":\"npipe\",\"Source\":\"\\\\\\\\.\\\\pipe\\\\docker_engine\"}]")));
  }

  private static HostFixture stopped(HostFixture host) {
    return host.observe(".state", "\"exited\"").observe(".finishedAt", "\"2026-11-01T08:00:00Z\"");
  }

  private static CheckCase appArmor(String profile, boolean started, String expected) {
    return given(
        "AppArmor profile '" + profile + "'" + (started ? "" : ", never started"),
        expected,
        h ->
            h.engine(".info.SecurityOptions", "[\"name=apparmor\"]")
                .set(".AppArmorProfile", "\"" + profile + "\"")
                .observe(".everStarted", String.valueOf(started)));
  }

  private static CheckCase seLinux(String label, boolean started, String expected) {
    return given(
        "SELinux label '" + label + "'" + (started ? "" : ", never started"),
        expected,
        h ->
            h.engine(".info.SecurityOptions", "[\"name=selinux\"]")
                .set(".ProcessLabel", "\"" + label + "\"")
                .observe(".everStarted", String.valueOf(started)));
  }

  private static CheckCase seccomp(String profile, String expected) {
    return given(
        "seccomp=" + profile,
        expected,
        h -> h.set(".HostConfig.SecurityOpt", "[\"seccomp=" + profile + "\"]"));
  }

  private static CheckCase device(String path, String expected) {
    return given(
        "--device " + path,
        expected,
        h -> h.set(".HostConfig.Devices", "[{\"PathOnHost\":\"" + path + "\"}]"));
  }

  private static CheckCase bind(String source, boolean writable, String expected) {
    return TriedOnAnEngineTest.bind(
        source + (writable ? "" : ", read-only"), source, writable, expected);
  }

  private static CheckCase port(String port, String expected) {
    return given(
        "host port '" + port + "'",
        expected,
        h -> TriedOnAnEngineTest.publish(h, "127.0.0.1", port));
  }

  private static CheckCase address(String address, String expected) {
    return given(
        "address " + address, expected, h -> TriedOnAnEngineTest.publish(h, address, "8080"));
  }

  private static CheckCase image(String reference, String expected) {
    return given(
        "started as " + reference, expected, h -> h.set(".Config.Image", "\"" + reference + "\""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void judges(CheckCase checkCase) {
    checkCase.verify();
  }
}
