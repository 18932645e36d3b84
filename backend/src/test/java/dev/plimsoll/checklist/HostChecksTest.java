package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.CheckCase.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** Sections 1 and 3: what was read over SSH, what was reported, what was signed for. */
class HostChecksTest {
  private static final String ROOTS = "{\"uid\":0,\"gid\":0,\"user\":\"root\",\"group\":\"root\"";
  private static final String BOBS = "{\"uid\":1000,\"gid\":0,\"user\":\"bob\",\"group\":\"root\"";

  /** What each file check is tried on: name, a path of it, its mode, and one that is too open. */
  private static final List<List<String>> FILES =
      List.of(
          List.of("SERVICE", "/usr/lib/systemd/system/docker.service", "644", "664"),
          List.of("SOCKETUNIT", "/etc/systemd/system/docker.socket", "600", "646"),
          List.of("ETCDOCKER", "/etc/docker", "755", "775"),
          List.of("REGCERTS", "/etc/docker/certs.d/reg:5000/ca.crt", "444", "644"),
          List.of("TLSCA", "/etc/docker/tls/ca.pem", "400", "640"),
          List.of("TLSCERT", "/etc/docker/tls/cert.pem", "444", "446"),
          List.of("TLSKEY", "/etc/docker/tls/key.pem", "400", "440"),
          List.of("DOCKERSOCK", "/run/docker.sock", "660", "666"),
          List.of("DAEMONJSON", "/etc/docker/daemon.json", "640", "4644"),
          List.of("ETCDEFAULT", "/etc/default/docker", "644", "755"),
          List.of("SYSCONFIG", "/etc/sysconfig/docker", "600", "602"),
          List.of("CONTAINERDSOCK", "/run/containerd/containerd.sock", "660", "1660"));

  /** What each audit check is tried on: name and a path of it. */
  private static final List<List<String>> AUDITED =
      List.of(
          List.of("DOCKERD", "/usr/bin/dockerd"),
          List.of("RUNCONTAINERD", "/run/containerd"),
          List.of("ETCDOCKER", "/etc/docker"),
          List.of("SERVICE", "/lib/systemd/system/docker.service"),
          List.of("CONTAINERDSOCK", "/run/containerd/containerd.sock"),
          List.of("DOCKERSOCK", "/var/run/docker.sock"),
          List.of("ETCDEFAULT", "/etc/default/docker"),
          List.of("DAEMONJSON", "/etc/docker/daemon.json"),
          List.of("CONTAINERDTOML", "/etc/containerd/config.toml"),
          List.of("SYSCONFIG", "/etc/sysconfig/docker"),
          List.of("CONTAINERD", "/usr/bin/containerd"),
          List.of("SHIM", "/usr/bin/containerd-shim"),
          List.of("SHIMV1", "/usr/bin/containerd-shim-runc-v1"),
          List.of("SHIMV2", "/usr/bin/containerd-shim-runc-v2"),
          List.of("RUNC", "/usr/sbin/runc"));

  static Stream<CheckCase> cases() {
    List<CheckCase> cases = new ArrayList<>();
    FILES.forEach(file -> cases.addAll(fileCases(file)));
    AUDITED.forEach(path -> cases.addAll(auditCases(path.getFirst(), path.getLast())));
    return Stream.of(cases.stream(), special(), sources()).flatMap(some -> some);
  }

  private static List<CheckCase> fileCases(List<String> file) {
    String owner = "HFI-OWN-" + file.get(0);
    String mode = "HFI-MODE-" + file.get(0);
    String path = file.get(1);
    String place = ".ssh.files['" + path + "']";
    String group = file.get(0).equals("DOCKERSOCK") ? "docker" : "root";
    String right = ROOTS.replaceFirst("root\"$", group + "\"");
    return List.of(
        given(
            path + " as it should be",
            owner + "=PASS " + mode + "=PASS",
            host -> host.hostFiles(files(path, right, file.get(2))).switchedOn(ssh())),
        given(
            path + " is another's and too open",
            "%s=FAIL@%s %s=FAIL@%s".formatted(owner, place, mode, place),
            host -> host.hostFiles(files(path, BOBS, file.get(3))).switchedOn(ssh())),
        given(
            path + " is not there",
            owner + "=N/A " + mode + "=N/A",
            host -> host.hostFiles(files("/none", right, "644")).switchedOn(ssh())),
        given(
            path + " was not shown",
            owner + "=UNKNOWN " + mode + "=UNKNOWN",
            host -> host.hostFiles(refused()).switchedOn(ssh())));
  }

  private static List<CheckCase> auditCases(String name, String path) {
    String check = "HST-AUDIT-" + name;
    return List.of(
        given(
            path + " is watched",
            check + "=PASS@.ssh.audit[1]",
            host ->
                host.hostFiles(audited(path, "-w /other -p wa", "-w " + path + " -p rwxa -k d"))
                    .switchedOn(ssh())),
        given(
            path + " is not watched, but a longer name is",
            check + "=FAIL@.ssh.audit,.ssh.files['" + path + "']",
            host ->
                host.hostFiles(audited(path, "-w " + path + "-v2 -p wa", "-w " + path + " -p r"))
                    .switchedOn(ssh())),
        given(
            path + " is not there to be watched",
            check + "=N/A",
            host -> host.hostFiles(audited("/none", "-w " + path)).switchedOn(ssh())),
        given(
            "nobody may list the audit rules of " + path,
            check + "=UNKNOWN@.ssh.unread['audit']",
            host ->
                host.hostFiles(
                        files(path, ROOTS, "644")
                            .replace("\"unread\":{", "\"unread\":{\"audit\":" + REFUSED))
                    .switchedOn(ssh())));
  }

  private static Stream<CheckCase> special() {
    return Stream.of(
        given(
            "data on a disk of its own",
            "HST-PARTITION=PASS@.info.DockerRootDir,.ssh.mounts",
            host ->
                host.engine(".info.DockerRootDir", "\"/var/lib/docker/100000.100000\"")
                    .hostFiles("{\"ssh\":{\"mounts\":[\"/\",\"/var/lib/docker\"]}}")
                    .switchedOn(ssh())),
        given(
            "data beside everything else",
            "HST-PARTITION=FAIL@.info.DockerRootDir,.ssh.mounts",
            host -> host.hostFiles("{\"ssh\":{\"mounts\":[\"/\",\"/var\"]}}").switchedOn(ssh())),
        given(
            "mounts that nobody could list",
            "HST-PARTITION=UNKNOWN",
            host -> host.hostFiles(refused()).switchedOn(ssh())),
        given(
            "the engine's own data directory is watched",
            "HST-AUDIT-VARLIBDOCKER=PASS@.ssh.audit[0]",
            host ->
                host.engine(".info.DockerRootDir", "\"/srv/docker\"")
                    .hostFiles(audited("/none", "-a always,exit -F dir=/srv -F perm=wa"))
                    .switchedOn(ssh())),
        given(
            "the usual data directory is watched where it is not used",
            "HST-AUDIT-VARLIBDOCKER=FAIL",
            host ->
                host.engine(".info.DockerRootDir", "\"/srv/docker\"")
                    .hostFiles(audited("/none", "-w /var/lib/docker -p wa"))
                    .switchedOn(ssh())),
        given(
            "an engine that does not say where its data lies",
            "HST-AUDIT-VARLIBDOCKER=UNKNOWN HST-PARTITION=UNKNOWN",
            host ->
                host.engineWithout(".info.DockerRootDir")
                    .hostFiles(audited("/none", "-w /var/lib/docker"))
                    .switchedOn(ssh())),
        given(
            "only declared people in the group",
            "HST-DOCKERGROUP=PASS",
            host ->
                host.hostFiles(group("[\"bob\",\"eve\"]", "[]"))
                    .declared(Declaration.DOCKER_GROUP_MEMBER, "eve", "bob", "mallory")
                    .switchedOn(ssh())),
        given(
            "trusting bob is not trusting bo",
            "HST-DOCKERGROUP=FAIL@.ssh.dockerGroup[0]",
            host ->
                host.hostFiles(group("[\"bo\",\"bob\"]", "[]"))
                    .declared(Declaration.DOCKER_GROUP_MEMBER, "bob")
                    .switchedOn(ssh())),
        given(
            "no group docker",
            "HST-DOCKERGROUP=N/A",
            host -> host.hostFiles(group("null", "[]")).switchedOn(ssh())),
        given(
            "accounts from a directory that does not list all",
            "HST-DOCKERGROUP=UNKNOWN",
            host -> host.hostFiles(group("[]", "[\"sss\"]")).switchedOn(ssh())),
        given(
            "a rootless engine keeps its files elsewhere",
            "HFI-MODE-DOCKERSOCK=UNKNOWN HST-AUDIT-ETCDOCKER=UNKNOWN",
            host ->
                host.engine(".info.SecurityOptions", "[\"name=rootless\"]")
                    .hostFiles(audited("/etc/docker", "-w /etc/docker"))
                    .switchedOn(ssh())),
        given(
            "one of two units is another's",
            "HFI-OWN-SERVICE=FAIL@.ssh.files['/etc/systemd/system/docker.service']",
            host -> {
              host.hostFiles(files("/usr/lib/systemd/system/docker.service", ROOTS, "644"));
              ((ObjectNode)
                      Objects.requireNonNull(host.documents().get("host-files")).at("/ssh/files"))
                  .set(
                      "/etc/systemd/system/docker.service",
                      HostFixture.json(BOBS + ",\"mode\":\"644\"}"));
              return host.switchedOn(ssh());
            }),
        given(
            "a certificate directory of which not all was read",
            "HFI-MODE-REGCERTS=UNKNOWN@.ssh.unread['/etc/docker/certs.d']",
            host ->
                host.hostFiles(
                        files("/etc/docker/certs.d/reg/ca.crt", ROOTS, "444")
                            .replace(
                                "\"unread\":{", "\"unread\":{\"/etc/docker/certs.d\":" + REFUSED))
                    .switchedOn(ssh())),
        given(
            "a mode that is none",
            "HFI-MODE-ETCDOCKER=UNKNOWN",
            host -> host.hostFiles(files("/etc/docker", ROOTS, "rwx")).switchedOn(ssh())),
        given(
            "a host benchmark was attested 20 days ago",
            "HST-HARDENED=PASS@.statement",
            host ->
                host.hostFiles()
                    .attested(
                        "HST-HARDENED",
                        Outcome.PASS,
                        "2026-11-04T12:00:00Z",
                        "2027-11-04T12:00:00Z")),
        given(
            "a host benchmark was failed",
            "HST-HARDENED=FAIL",
            host ->
                host.hostFiles()
                    .attested(
                        "HST-HARDENED",
                        Outcome.FAIL,
                        "2026-11-04T12:00:00Z",
                        "2027-11-04T12:00:00Z")),
        given(
            "a host benchmark is 91 days old",
            "HST-HARDENED=UNKNOWN",
            host ->
                host.hostFiles()
                    .attested(
                        "HST-HARDENED",
                        Outcome.PASS,
                        "2026-08-25T12:00:00Z",
                        "2027-08-25T12:00:00Z")));
  }

  private static Stream<CheckCase> sources() {
    return Stream.of(
        given(
            "nobody looked",
            "HFI-OWN-SERVICE=UNKNOWN@.ssh HST-AUDIT-RUNC=UNKNOWN HST-DOCKERGROUP=UNKNOWN",
            HostFixture::hostFiles),
        given(
            "what was read before the reading was switched off says nothing",
            "HFI-OWN-ETCDOCKER=UNKNOWN",
            host -> host.hostFiles(files("/etc/docker", ROOTS, "755"))),
        given(
            "a report says so",
            "HFI-OWN-ETCDOCKER=PASS@.results['3.5'].result"
                + " HFI-MODE-ETCDOCKER=FAIL@.results['3.6'].result,.results['3.6'].details"
                + " HFI-OWN-SYSCONFIG=N/A HFI-MODE-SYSCONFIG=UNKNOWN HST-HARDENED=UNKNOWN",
            host ->
                host.hostFiles()
                    .reported(
                        "2026-11-20T00:00:00Z",
                        """
                        {"3.5":{"result":"PASS"},
                         "3.6":{"result":"WARN","details":"Wrong permissions for /etc/docker"},
                         "3.22":{"result":"INFO","details":"File not found"},
                         "3.21":{"result":"NOTE"},"1.2.1":{"result":"INFO"}}
                        """)),
        given(
            "a report found no data directory in the usual place",
            "HST-AUDIT-VARLIBDOCKER=N/A",
            host ->
                host.hostFiles()
                    .reported(
                        "2026-11-20T00:00:00Z",
                        "{\"1.1.5\":{\"result\":\"INFO\",\"details\":\"Directory not found\"}}")),
        given(
            "docker-bench looks at the unit where the socket is meant",
            "HST-AUDIT-DOCKERSOCK=UNKNOWN HST-AUDIT-CONTAINERDSOCK=PASS",
            host ->
                host.hostFiles()
                    .reported(
                        "2026-11-20T00:00:00Z",
                        "{\"1.1.9\":{\"result\":\"PASS\"},\"1.1.8\":{\"result\":\"PASS\"}}")),
        given(
            "a report of 30 days ago has lapsed",
            "HFI-OWN-ETCDOCKER=UNKNOWN",
            host ->
                host.hostFiles()
                    .reported("2026-10-25T12:00:00Z", "{\"3.5\":{\"result\":\"PASS\"}}")),
        given(
            "the newer of a report and a signature counts",
            "HFI-OWN-ETCDOCKER=FAIL@.statement HFI-MODE-ETCDOCKER=FAIL@.results['3.6'].result",
            host ->
                host.hostFiles()
                    .reported(
                        "2026-11-10T00:00:00Z",
                        "{\"3.5\":{\"result\":\"PASS\"},\"3.6\":{\"result\":\"WARN\"}}")
                    .attested(
                        "HFI-OWN-ETCDOCKER",
                        Outcome.FAIL,
                        "2026-11-11T00:00:00Z",
                        "2027-01-01T00:00:00Z")
                    .attested(
                        "HFI-MODE-ETCDOCKER",
                        Outcome.PASS,
                        "2026-11-09T00:00:00Z",
                        "2027-01-01T00:00:00Z")),
        given(
            "nobody signs away what is read now",
            "HFI-MODE-ETCDOCKER=FAIL@.ssh.files['/etc/docker']",
            host ->
                host.hostFiles(files("/etc/docker", ROOTS, "777"))
                    .attested(
                        "HFI-MODE-ETCDOCKER",
                        Outcome.PASS,
                        "2026-11-24T11:00:00Z",
                        "2027-01-01T00:00:00Z")
                    .switchedOn(ssh())),
        given(
            "a signature answers what may not be read",
            "HFI-MODE-ETCDOCKER=PASS@.statement",
            host ->
                host.hostFiles(refused())
                    .attested(
                        "HFI-MODE-ETCDOCKER",
                        Outcome.PASS,
                        "2026-11-24T11:00:00Z",
                        "2027-01-01T00:00:00Z")
                    .switchedOn(ssh())));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void judges(CheckCase given) {
    given.verify();
  }

  @Test
  @DisplayName("A report and a signature lapse at their instant, into what then counts")
  void lapses() {
    HostFixture host =
        new HostFixture()
            .hostFiles()
            .reported("2026-11-20T00:00:00Z", "{\"3.5\":{\"result\":\"WARN\"}}")
            .attested(
                "HFI-OWN-ETCDOCKER", Outcome.PASS, "2026-11-21T00:00:00Z", "2026-12-01T00:00:00Z");
    assertThat(host.judge("HFI-OWN-ETCDOCKER").turn())
        .isEqualTo(new Turn(Instant.parse("2026-12-01T00:00:00Z"), Outcome.FAIL));
    assertThat(host.at("2026-12-01T00:00:00Z").judge("HFI-OWN-ETCDOCKER"))
        .satisfies(
            verdict -> {
              assertThat(verdict.outcome()).isEqualTo(Outcome.FAIL);
              assertThat(verdict.turn())
                  .isEqualTo(new Turn(Instant.parse("2026-12-20T00:00:00Z"), Outcome.UNKNOWN));
              assertThat(verdict.reason()).contains("1.6.0", "2026-11-20", "2026-12-20", "WARN");
            });
    assertThat(host.at("2026-12-20T00:00:00Z").judge("HFI-OWN-ETCDOCKER").outcome())
        .isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  @DisplayName("A host benchmark counts 90 days, however long its signature says")
  void hardeningLapses() {
    HostFixture host =
        new HostFixture()
            .hostFiles()
            .attested("HST-HARDENED", Outcome.PASS, "2026-11-01T00:00:00Z", "2027-11-01T00:00:00Z");
    assertThat(host.judge("HST-HARDENED").turn())
        .isEqualTo(new Turn(Instant.parse("2027-01-30T00:00:00Z"), Outcome.UNKNOWN));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-w /etc/docker/ -p wa -k docker | 0",
        "-w /etc/docker | 0",
        "-w /etc -p a | 0",
        "-w / -p w | 0",
        "-w /etc/dock -p wa | -1",
        "-w /etc/docker -p rx | -1",
        "# -w /etc/docker -p wa | -1",
        "-a always,exit -F path=/etc/docker -F perm=wa | 0",
        "-a exit,always -S all -F dir=/etc -F key=x | 0",
        "-a always,exit -F path=/etc -F perm=wa | -1",
        "-a never,exit -F dir=/etc/docker | -1",
        "-a always,exclude -F path=/etc/docker | -1",
        "-w | -1",
        "-F path= | -1",
        "'' | -1"
      })
  @DisplayName("Audit rules are read as the kernel takes them")
  void auditRules(String rule, int index) {
    assertThat(new AuditRules(List.of(rule)).watching(List.of("/etc/docker"))).isEqualTo(index);
  }

  @Test
  @DisplayName("An earlier rule that says never hides a later one")
  void neverFirst() {
    AuditRules rules =
        new AuditRules(List.of("-a never,exit -F dir=/etc/docker", "-w /etc/docker/x -p wa"));
    assertThat(rules.watching(List.of("/etc/docker/x"))).isEqualTo(-1);
  }

  private static final String REFUSED =
      "{\"call\":\"ssh x\",\"status\":1,\"detail\":\"Permission denied\"}";

  private static ReadingSwitch ssh() {
    return ReadingSwitch.HOST_FILES;
  }

  /** All fixed paths absent but one file, which the engine is told to use for TLS where it can. */
  private static String files(String path, String owner, String mode) {
    String absent =
        HostFilePaths.all().stream()
            .filter(other -> !other.equals(path))
            .filter(
                other ->
                    !path.startsWith(HostFilePaths.REGISTRY_CERTIFICATES + "/")
                        || !other.equals(HostFilePaths.REGISTRY_CERTIFICATES))
            .map(other -> "\"" + other + "\":null")
            .collect(Collectors.joining(","));
    String directory =
        path.startsWith(HostFilePaths.REGISTRY_CERTIFICATES + "/")
            ? ",\"" + HostFilePaths.REGISTRY_CERTIFICATES + "\":" + ROOTS + ",\"mode\":\"755\"}"
            : "";
    String tls =
        path.contains("/tls/")
            ? """
              {"tlscacert":"/etc/docker/tls/ca.pem","tlscert":"/etc/docker/tls/cert.pem",
               "tlskey":"/etc/docker/tls/key.pem"}
              """
            : "{\"tlscacert\":null,\"tlscert\":null,\"tlskey\":null}";
    return "{\"ssh\":{\"files\":{%s,\"%s\":%s,\"mode\":\"%s\"}%s},\"tls\":%s,\"unread\":{}}}"
        .formatted(absent, path, owner, mode, directory, tls);
  }

  private static String audited(String path, String... rules) {
    String list =
        Stream.of(rules).map(rule -> "\"" + rule + "\"").collect(Collectors.joining(",", "[", "]"));
    return files(path, ROOTS, "644").replace("\"unread\":", "\"audit\":" + list + ",\"unread\":");
  }

  private static String group(String members, String directories) {
    return "{\"ssh\":{\"dockerGroup\":%s,\"accountDirectories\":%s}}"
        .formatted(members, directories);
  }

  private static String refused() {
    String problem = "{\"call\":\"ssh x\",\"status\":1,\"detail\":\"Permission denied\"}";
    return "{\"ssh\":{\"files\":{},\"unread\":{\"files\":%s,\"tls\":%s,\"mounts\":%s}}}"
        .formatted(problem, problem, problem);
  }
}
