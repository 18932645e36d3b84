package dev.plimsoll.checklist.fix;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The host's own files and rules, changed by whoever is root there. */
final class HostRemedies {
  private static final String AUDIT_FILE = "/etc/audit/rules.d/docker.rules";

  private HostRemedies() {}

  static final Map<String, Remedy> ALL = all();

  private static Map<String, Remedy> all() {
    Map<String, Remedy> all = new HashMap<>();
    audited().forEach((name, path) -> all.put("HST-AUDIT-" + name, audit(path)));
    owned().forEach((name, file) -> all.put("HFI-OWN-" + name, file.owner()));
    owned().forEach((name, file) -> all.put("HFI-MODE-" + name, file.mode()));
    all.put(
        "HST-PARTITION",
        Remedy.decide(
            "It takes a disk, and the engine stopped while its data moves there. Plan it with those"
                + " whose containers run here."));
    all.put(
        "HST-DOCKERGROUP",
        Remedy.decide(
            "Whoever is in this group is root on the host. Declare those who shall be, and take the"
                + " others out with gpasswd -d NAME docker."));
    all.put(
        "HST-HARDENED",
        Remedy.decide(
            "What is left to do on the host stands in the report that was imported; work through"
                + " it and import the next."));
    return Map.copyOf(all);
  }

  private static Map<String, String> audited() {
    return Map.ofEntries(
        Map.entry("DOCKERD", "/usr/bin/dockerd"),
        Map.entry("RUNCONTAINERD", "/run/containerd"),
        Map.entry("VARLIBDOCKER", "/var/lib/docker"),
        Map.entry("ETCDOCKER", "/etc/docker"),
        Map.entry("SERVICE", "/usr/lib/systemd/system/docker.service"),
        Map.entry("CONTAINERDSOCK", "/run/containerd/containerd.sock"),
        Map.entry("DOCKERSOCK", "/run/docker.sock"),
        Map.entry("ETCDEFAULT", "/etc/default/docker"),
        Map.entry("DAEMONJSON", "/etc/docker/daemon.json"),
        Map.entry("CONTAINERDTOML", "/etc/containerd/config.toml"),
        Map.entry("SYSCONFIG", "/etc/sysconfig/docker"),
        Map.entry("CONTAINERD", "/usr/bin/containerd"),
        Map.entry("SHIM", "/usr/bin/containerd-shim"),
        Map.entry("SHIMV1", "/usr/bin/containerd-shim-runc-v1"),
        Map.entry("SHIMV2", "/usr/bin/containerd-shim-runc-v2"),
        Map.entry("RUNC", "/usr/bin/runc"));
  }

  private static Map<String, HostFile> owned() {
    return Map.ofEntries(
        Map.entry(
            "SERVICE", new HostFile("/usr/lib/systemd/system/docker.service", "root:root", "644")),
        Map.entry(
            "SOCKETUNIT",
            new HostFile("/usr/lib/systemd/system/docker.socket", "root:root", "644")),
        Map.entry("ETCDOCKER", new HostFile("/etc/docker", "root:root", "755")),
        Map.entry("REGCERTS", new HostFile("/etc/docker/certs.d/*/*", "root:root", "444")),
        Map.entry("TLSCA", new HostFile("/etc/docker/tls/ca.pem", "root:root", "444")),
        Map.entry("TLSCERT", new HostFile("/etc/docker/tls/cert.pem", "root:root", "444")),
        Map.entry("TLSKEY", new HostFile("/etc/docker/tls/key.pem", "root:root", "400")),
        Map.entry("DOCKERSOCK", new HostFile("/run/docker.sock", "root:docker", "660")),
        Map.entry("DAEMONJSON", new HostFile("/etc/docker/daemon.json", "root:root", "644")),
        Map.entry("ETCDEFAULT", new HostFile("/etc/default/docker", "root:root", "644")),
        Map.entry("SYSCONFIG", new HostFile("/etc/sysconfig/docker", "root:root", "644")),
        Map.entry(
            "CONTAINERDSOCK", new HostFile("/run/containerd/containerd.sock", "root:root", "660")));
  }

  private record HostFile(String path, String accounts, String bits) {
    Remedy owner() {
      return run("chown " + accounts + " " + path);
    }

    Remedy mode() {
      return run("chmod " + bits + " " + path);
    }
  }

  private static Remedy run(String command) {
    return failure ->
        new Fix.Run(
            failure.target(),
            List.of(command),
            List.of(),
            List.of("Where the file lies elsewhere on this host, take the path of the evidence."));
  }

  private static Remedy audit(String path) {
    return failure ->
        new Fix.Run(
            failure.target(),
            List.of(
                "echo '-w " + path + " -p rwxa -k docker' >> " + AUDIT_FILE, "augenrules --load"),
            List.of(),
            List.of("A busy path fills the audit log: watch its size in the first days."));
  }
}
