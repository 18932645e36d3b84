package dev.plimsoll.correctness;

import dev.plimsoll.checklist.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What of the host is handed into a container: directories, ports, devices. */
final class HostOptions {
  /** A path of the host, and what is to be said of a container that has it. */
  private record Shared(String path, Outcome writable, Outcome readOnly, Outcome socket) {}

  private final List<Shared> paths = new ArrayList<>();
  private final Map<String, String> volumes = new LinkedHashMap<>();
  private final List<Option> mounts = new ArrayList<>();

  /**
   * Mounts of an engine.
   *
   * @param dataRoot where the engine keeps its data
   */
  HostOptions(String dataRoot) {
    String parent = dataRoot.substring(0, dataRoot.lastIndexOf('/'));
    never("/boot", "/dev", "/etc", "/lib", "/lib64", "/proc", "/sys", "/usr", "/bin", "/sbin");
    never("/root", "/var", "/var/lib", "/var/lib/containerd", dataRoot, parent);
    never(dataRoot + "/volumes", "/etc/ssl", "/etc/cron.d", "/usr/local/bin", "/root/.ssh");
    never("/proc/sys", "/sys/fs/cgroup", "/dev/shm", "/boot/grub", "/lib/modules");
    never("/etc/", "/srv/../etc", "/usr//share", "/etc/localtime.d");
    withSocket("/", Outcome.FAIL);
    withSocket("/run", Outcome.FAIL);
    withSocket("/var/run", Outcome.FAIL);
    withSocket("/run/docker.sock", Outcome.PASS);
    withSocket("/var/run/docker.sock", Outcome.PASS);
    withSocket("/run/docker", Outcome.PASS);
    withSocket("/var/run/docker", Outcome.PASS);
    withSocket("/run/containerd", Outcome.PASS);
    withSocket("/run/containerd/containerd.sock", Outcome.PASS);
    withSocket("/run/podman", Outcome.PASS);
    withSocket("/run/user", Outcome.PASS);
    withSocket("/run/user/1000", Outcome.PASS);
    withSocket("/opt/build/buildkitd.sock", Outcome.PASS);
    withSocket("/srv/crio.sock", Outcome.PASS);
    for (String leaf :
        List.of(
            "/etc/localtime",
            "/etc/timezone",
            "/etc/machine-id",
            "/etc/ssl/certs",
            "/usr/share/zoneinfo",
            "/usr/share/zoneinfo/Europe")) {
      paths.add(new Shared(leaf, Outcome.FAIL, Outcome.PASS, Outcome.PASS));
    }
    for (String harmless :
        List.of(
            "/srv",
            "/srv/shop",
            "/opt",
            "/home/shop",
            "/etcd",
            "/binaries",
            "/usrlocal",
            "/rooted",
            "/var/log",
            "/var/lib/shop",
            "/var/lib/containerdata",
            "/run/shop",
            "/run/userdata",
            "/srv/docker.sock.d",
            "/srv/podman.socket")) {
      paths.add(new Shared(harmless, Outcome.PASS, Outcome.PASS, Outcome.PASS));
    }
    for (Shared shared : paths) {
      for (boolean readOnly : List.of(false, true)) {
        bind(shared, readOnly);
        backed(shared, readOnly);
      }
    }
  }

  private void never(String... some) {
    for (String path : some) {
      paths.add(new Shared(path, Outcome.FAIL, Outcome.FAIL, Outcome.PASS));
    }
  }

  private void withSocket(String path, Outcome directory) {
    paths.add(new Shared(path, directory, directory, Outcome.FAIL));
  }

  private void bind(Shared shared, boolean readOnly) {
    mount("-v " + shared.path() + ":/m", shared.path(), shared, readOnly);
  }

  private void backed(Shared shared, boolean readOnly) {
    String name = "backed-" + volumes.size();
    volumes.put(name, shared.path());
    mount("-v %s:/m, a volume bound to %s".formatted(name, shared.path()), name, shared, readOnly);
  }

  private void mount(String title, String source, Shared shared, boolean readOnly) {
    Map<String, Outcome> expected = new TreeMap<>();
    expected.put("CTR-MOUNTHOST", readOnly ? shared.readOnly() : shared.writable());
    expected.put("CTR-DOCKERSOCK", shared.socket());
    expected.put("CTR-PROPAGATION", Outcome.PASS);
    mounts.add(
        new Option(
            title + (readOnly ? ", read-only" : ""),
            Option.json(
                "{HostConfig:{Binds:['%s:/m%s']}}".formatted(source, readOnly ? ":ro" : "")),
            expected));
  }

  /** Each path, writable and read-only, bound and as a volume that is a bind. */
  List<Option> mounts() {
    List<Option> all = new ArrayList<>(mounts);
    for (String propagation : List.of("shared", "rshared")) {
      all.add(propagated(propagation, "FAIL"));
    }
    for (String propagation : List.of("slave", "rslave", "private", "rprivate")) {
      all.add(propagated(propagation, "PASS"));
    }
    all.add(
        Option.of(
            "-v /etc:/m:ro -v named:/d",
            "{HostConfig:{Binds:['/etc:/m:ro','named:/d']}}",
            "CTR-MOUNTHOST=FAIL CTR-DOCKERSOCK=PASS CTR-PROPAGATION=PASS"));
    all.add(
        Option.of(
            "-v /srv:/m -v /run:/r:ro",
            "{HostConfig:{Binds:['/srv:/m','/run:/r:ro']}}",
            "CTR-MOUNTHOST=FAIL CTR-DOCKERSOCK=FAIL CTR-PROPAGATION=PASS"));
    all.add(
        Option.of(
            "-v named:/d",
            "{HostConfig:{Binds:['named:/d']}}",
            "CTR-MOUNTHOST=N/A CTR-DOCKERSOCK=PASS CTR-PROPAGATION=PASS"));
    all.add(
        Option.of(
            "-v exported:/d, a volume of a file server",
            "{HostConfig:{Binds:['exported:/d']}}",
            "CTR-MOUNTHOST=N/A CTR-DOCKERSOCK=PASS CTR-PROPAGATION=PASS"));
    all.add(
        Option.of(
            "--tmpfs /t",
            "{HostConfig:{Tmpfs:{'/t':'size=1m'}}}",
            "CTR-MOUNTHOST=N/A CTR-DOCKERSOCK=N/A CTR-PROPAGATION=N/A"));
    all.add(
        Option.of(
            "--mount type=tmpfs,dst=/t",
            "{HostConfig:{Mounts:[{Type:'tmpfs',Target:'/t'}]}}",
            "CTR-MOUNTHOST=N/A CTR-DOCKERSOCK=PASS CTR-PROPAGATION=PASS"));
    return all;
  }

  private static Option propagated(String propagation, String outcome) {
    return Option.of(
        "-v /srv:/m:" + propagation,
        "{HostConfig:{Binds:['/srv:/m:%s']}}".formatted(propagation),
        "CTR-MOUNTHOST=PASS CTR-DOCKERSOCK=PASS CTR-PROPAGATION=" + outcome);
  }

  /** Volumes that are to be bound to paths of the host, by name. */
  Map<String, String> volumes() {
    return volumes;
  }

  private record Address(String text, boolean everywhere) {}

  private record Port(String text, boolean privileged) {}

  /** Every address with every port, over TCP and UDP by turns. */
  static List<Option> ports() {
    List<Address> addresses =
        List.of(
            new Address("", true),
            new Address("0.0.0.0", true),
            new Address("::", true),
            new Address("127.0.0.1", false),
            new Address("10.1.2.3", false),
            new Address("::1", false),
            new Address("fd00::7", false));
    List<Port> ports =
        List.of(
            new Port("80", false),
            new Port("443", false),
            new Port("22", true),
            new Port("1", true),
            new Port("1023", true),
            new Port("1024", false),
            new Port("8080", false),
            new Port("65535", false),
            new Port("", false),
            new Port("0", false),
            new Port("8000-8010", false),
            new Port("1000-1030", true));
    List<Option> options = new ArrayList<>();
    options.add(Option.of("nothing published", "{}", "CTR-PORTBIND=N/A CTR-PORTPRIV=PASS"));
    options.add(
        Option.of(
            "--expose 99 -P",
            "{ExposedPorts:{'99/tcp':{}},HostConfig:{PublishAllPorts:true}}",
            "CTR-PORTBIND=FAIL CTR-PORTPRIV=PASS"));
    options.add(
        Option.of(
            "--expose 99", "{ExposedPorts:{'99/tcp':{}}}", "CTR-PORTBIND=N/A CTR-PORTPRIV=PASS"));
    options.add(
        Option.of(
            "-p 127.0.0.1:8443:443 -p 10.1.2.3:514:514/udp",
            "{HostConfig:{PortBindings:{'443/tcp':[{HostIp:'127.0.0.1',HostPort:'8443'}],"
                + "'514/udp':[{HostIp:'10.1.2.3',HostPort:'514'}]}}}",
            "CTR-PORTBIND=PASS CTR-PORTPRIV=FAIL"));
    for (Address address : addresses) {
      for (Port port : ports) {
        options.add(
            new Option(
                "-p '%s:%s:7'".formatted(address.text(), port.text()),
                Option.json(
                    "{HostConfig:{PortBindings:{'7/%s':[{HostIp:'%s',HostPort:'%s'}]}}}"
                        .formatted(
                            options.size() % 2 == 0 ? "tcp" : "udp", address.text(), port.text())),
                Map.of(
                    "CTR-PORTBIND",
                    ProcessOptions.failIf(address.everywhere()),
                    "CTR-PORTPRIV",
                    ProcessOptions.failIf(port.privileged()))));
      }
    }
    return options;
  }

  /** Devices, rules for devices, and requests for them. */
  static List<Option> devices() {
    return List.of(
        Option.of("no device", "{}", "CTR-DEVICES=PASS"),
        device("/dev/fuse", "PASS"),
        device("/dev/sda", "FAIL"),
        device("/dev/kmsg", "FAIL"),
        device("/dev/mem", "FAIL"),
        device("/dev/net/tun", "FAIL"),
        device("/dev/fused", "FAIL"),
        Option.of(
            "--device-cgroup-rule 'c 1:3 r'",
            "{HostConfig:{DeviceCgroupRules:['c 1:3 r']}}",
            "CTR-DEVICES=FAIL"),
        Option.of(
            "--device-cgroup-rule 'a *:* rwm'",
            "{HostConfig:{DeviceCgroupRules:['a *:* rwm']}}",
            "CTR-DEVICES=FAIL"),
        Option.of(
            "--gpus all",
            "{HostConfig:{DeviceRequests:[{Count:-1,Capabilities:[['gpu']]}]}}",
            "CTR-DEVICES=PASS"),
        Option.of(
            "a request for another accelerator",
            "{HostConfig:{DeviceRequests:[{Driver:'fpga',Count:1,Capabilities:[['fpga']]}]}}",
            "CTR-DEVICES=FAIL"),
        Option.of(
            "--device /dev/fuse --device /dev/kmsg",
            "{HostConfig:{Devices:[{PathOnHost:'/dev/fuse',PathInContainer:'/dev/fuse',"
                + "CgroupPermissions:'rwm'},{PathOnHost:'/dev/kmsg',PathInContainer:'/dev/kmsg',"
                + "CgroupPermissions:'r'}]}}",
            "CTR-DEVICES=FAIL"));
  }

  private static Option device(String path, String outcome) {
    return Option.of(
        "--device " + path,
        "{HostConfig:{Devices:[{PathOnHost:'%s',PathInContainer:'/dev/x',CgroupPermissions:'rwm'}]}}"
            .formatted(path),
        "CTR-DEVICES=" + outcome);
  }
}
