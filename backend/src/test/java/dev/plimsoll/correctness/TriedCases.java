package dev.plimsoll.correctness;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.testing.TestEngine;
import java.util.List;

/** The traps of the catalogue, each as somebody would type it. */
final class TriedCases {
  private TriedCases() {}

  static void make(Workshop workshop, TestEngine engine, Kernel kernel) {
    accounts(workshop, engine);
    confinement(workshop, engine, kernel);
    limits(workshop, kernel);
    mounts(workshop);
    ports(workshop);
    namespaces(workshop, engine);
    volumes(workshop, engine);
  }

  private static void accounts(Workshop workshop, TestEngine engine) {
    workshop.docker("no options", "", "");
    for (String root : List.of("0", "root", "0:0", "root:root", "00", "+0", ":")) {
      workshop.docker("user " + root, "-u " + root, "CTR-USER=FAIL CTR-GROUP0=FAIL");
    }
    workshop.docker("root by omission", "-u :1000", "CTR-USER=FAIL CTR-GROUP0=PASS");
    workshop.docker("a name", "-u app", "CTR-USER=PASS CTR-GROUP0=PASS");
    workshop.docker("a number with an account", "-u 1000", "CTR-USER=PASS CTR-GROUP0=PASS");
    workshop.docker("a number without one", "-u 1234", "CTR-USER=PASS CTR-GROUP0=FAIL");
    workshop.docker("a name in group 0", "-u app:0", "CTR-USER=PASS CTR-GROUP0=FAIL");
    workshop.docker("group 0 added", "-u 1000 --group-add 0", "CTR-USER=PASS CTR-GROUP0=FAIL");
    engine.build(
        "accounts:1",
        "FROM " + TestEngine.IMAGE,
        "RUN echo toor:x:0:0::/:/bin/sh >> /etc/passwd && echo 1234:x:0:0::/:/bin/sh >>"
            + " /etc/passwd && echo zero:x:4711:0::/:/bin/sh >> /etc/passwd");
    for (var user :
        List.of(
            new String[] {"toor", "CTR-USER=FAIL CTR-GROUP0=FAIL"},
            // A number is a number, even where an account of that name is root
            new String[] {"1234", "CTR-USER=PASS CTR-GROUP0=FAIL"},
            new String[] {"zero", "CTR-USER=PASS CTR-GROUP0=FAIL"},
            new String[] {"toor:1000", "CTR-USER=FAIL CTR-GROUP0=PASS"})) {
      workshop.create(
          "account-" + user[0].replace(':', '-'),
          Option.of("-u " + user[0], "{Image:'accounts:1',User:'%s'}".formatted(user[0]), user[1]));
    }
  }

  /** A name is not looked up where asking makes the engine create directories. */
  static void bound(Workshop workshop, String missing) {
    String unknown = "CTR-USER=UNKNOWN CTR-GROUP0=UNKNOWN";
    String mounted = " CTR-MOUNTHOST=PASS CTR-DOCKERSOCK=PASS CTR-PROPAGATION=PASS";
    workshop.docker(
        "a name beside a missing directory", "-u app -v " + missing + ":/x", unknown + mounted);
    workshop.docker(
        "a number beside a missing directory",
        "-u 1000:1000 -v " + missing + ":/x",
        "CTR-USER=PASS CTR-GROUP0=PASS" + mounted);
  }

  private static void confinement(Workshop workshop, TestEngine engine, Kernel kernel) {
    for (String on : List.of("", "=true", ":true")) {
      workshop.docker(
          "no new privileges" + on, "--security-opt no-new-privileges" + on, "CTR-NNP=PASS");
    }
    workshop.docker("off again", "--security-opt no-new-privileges:false", "CTR-NNP=FAIL");
    assertThatThrownBy(
            () -> engine.docker("create", "--security-opt", "NO-NEW-PRIVILEGES", TestEngine.IMAGE))
        .hasMessageContaining("NO-NEW-PRIVILEGES");
    workshop.docker(
        "the long name", "--cap-add CAP_SYS_ADMIN", "CTR-CAPSESCAPE=FAIL CTR-CAPS=FAIL");
    workshop.docker("the short name", "--cap-add sys_admin", "CTR-CAPSESCAPE=FAIL CTR-CAPS=FAIL");
    workshop.docker("all of them", "--cap-add ALL", "CTR-CAPSESCAPE=FAIL CTR-CAPS=FAIL");
    workshop.docker(
        "one of none",
        "--cap-drop ALL --cap-add NET_BIND_SERVICE",
        "CTR-CAPS=PASS CTR-CAPSMIN=PASS CTR-NETRAW=PASS");
    workshop.docker("without raw sockets", "--cap-drop NET_RAW", "CTR-NETRAW=PASS");
    String privileged =
        "CTR-PRIV=FAIL CTR-CAPS=FAIL CTR-SECCOMP=FAIL CTR-MASKED=FAIL CTR-NETRAW=FAIL"
            + " CTR-CAPSMIN=FAIL CTR-DEVICES=FAIL CTR-CAPSESCAPE=N/A"
            + (kernel.appArmor() ? " CTR-APPARMOR=FAIL" : "")
            + (kernel.seLinux() ? " CTR-SELINUX=FAIL" : "");
    workshop.docker("privileged", "--privileged", privileged);
    workshop.docker("privileged, dropping all", "--privileged --cap-drop ALL", privileged);
    workshop.docker(
        "privileged, whatever else",
        "--privileged --security-opt no-new-privileges --read-only -u 1000",
        privileged + " CTR-NNP=PASS CTR-ROFS=PASS CTR-USER=PASS CTR-GROUP0=PASS");
    workshop.docker("unfiltered", "--security-opt seccomp:unconfined", "CTR-SECCOMP=FAIL");
    workshop.docker("unmasked", "--security-opt systempaths=unconfined", "CTR-MASKED=FAIL");
    workshop.docker(
        "unlabelled",
        "--security-opt label=disable",
        kernel.seLinux() ? "CTR-SELINUX=FAIL" : "CTR-SELINUX=N/A");
  }

  private static void limits(Workshop workshop, Kernel kernel) {
    workshop.docker("no limit is no limit", "--pids-limit 0", "CTR-PIDS=FAIL");
    workshop.docker("nor is a negative one", "--pids-limit -1", "CTR-PIDS=FAIL");
    workshop.docker(
        "a limit", "--pids-limit 100", "CTR-PIDS=" + (kernel.limits() ? "PASS" : "FAIL"));
    workshop.docker("retries for ever", "--restart on-failure", "CTR-RESTART=FAIL");
    workshop.docker("ten retries", "--restart on-failure:10", "CTR-RESTART=FAIL");
    workshop.docker("five retries", "--restart on-failure:5", "CTR-RESTART=PASS");
    workshop.docker("always", "--restart always", "CTR-RESTART=FAIL");
    workshop.docker("until stopped", "--restart unless-stopped", "CTR-RESTART=FAIL");
    workshop.start(
        "no-health", "CTR-HEALTH=FAIL", Option.of("", "{Healthcheck:{Test:['NONE']}}", ""));
  }

  private static void mounts(Workshop workshop) {
    String shown = "CTR-MOUNTHOST=FAIL CTR-DOCKERSOCK=PASS CTR-PROPAGATION=PASS";
    String open = "CTR-MOUNTHOST=FAIL CTR-DOCKERSOCK=FAIL CTR-PROPAGATION=PASS";
    workshop.docker("slashes", "-v /etc/:/x/", shown);
    workshop.docker("dots", "-v /srv/../etc:/x", shown);
    workshop.docker("read-only, beside a volume", "-v /etc:/x:ro -v data1:/d", shown);
    workshop.docker("below /etc", "-v /etc/ssl:/x", shown);
    workshop.docker("a link to /run", "-v /var/run:/x", open);
    workshop.docker("/run", "--mount type=bind,src=/run,dst=/y,ro", open);
    workshop.docker(
        "the socket",
        "-v /var/run/docker.sock:/x.sock",
        "CTR-DOCKERSOCK=FAIL CTR-MOUNTHOST=PASS CTR-PROPAGATION=PASS");
    workshop
        .api()
        .post(
            "/volumes/create",
            Option.json("{Name:'sockvol',DriverOpts:{type:'none',o:'bind',device:'/var/run'}}"));
    workshop.docker("the socket's directory as a volume", "-v sockvol:/v", open);
    workshop.note(
        new Claim(
            SubjectKind.VOLUME,
            "sockvol",
            "a volume that is /var/run",
            "-o type=none -o o=bind -o device=/var/run",
            Expected.of("VOL-BINDBACKED=FAIL VOL-ORPHAN=PASS VOL-ANON=PASS")));
    // What the API cannot know: the directory may be a link to /etc
    workshop.docker(
        "perhaps a link",
        "-v /tmp/innocent:/x",
        "CTR-MOUNTHOST=PASS CTR-DOCKERSOCK=PASS CTR-PROPAGATION=PASS");
    workshop.docker(
        "mounts that come back",
        "-v /srv:/x:rshared",
        "CTR-PROPAGATION=FAIL CTR-MOUNTHOST=PASS CTR-DOCKERSOCK=PASS");
  }

  private static void ports(Workshop workshop) {
    workshop.docker("everywhere", "-p 80:80", "CTR-PORTBIND=FAIL CTR-PORTPRIV=PASS");
    workshop.docker("everywhere in IPv6", "-p [::]:8081:80", "CTR-PORTBIND=FAIL");
    workshop.docker("the first free one", "-p 1024:80", "CTR-PORTPRIV=PASS CTR-PORTBIND=FAIL");
    workshop.docker("loopback", "-p 127.0.0.1:8082:80", "CTR-PORTBIND=PASS");
    workshop.docker("all that is exposed", "--expose 99 -P", "CTR-PORTBIND=FAIL");
  }

  private static void namespaces(Workshop workshop, TestEngine engine) {
    String outside = "CTR-NETHOST=FAIL CTR-DEFAULTBRIDGE=N/A CTR-PORTBIND=N/A";
    workshop.docker(
        "the host's network", "--network host --name net-host", outside + " CTR-PORTPRIV=N/A");
    workshop.docker(
        "joins the host's network",
        "--network container:net-host --name net-chain",
        outside + " CTR-NSSHARE=FAIL");
    workshop.docker(
        "joins one that joins it", "--network container:net-chain", outside + " CTR-NSSHARE=FAIL");
    workshop.docker("a network to share", "--name net-lent", "");
    workshop.docker(
        "shares a network",
        "--network container:net-lent",
        "CTR-NETHOST=PASS CTR-DEFAULTBRIDGE=N/A CTR-NSSHARE=FAIL");
    workshop.docker("the host's processes", "--pid host --name pid-host", "CTR-PIDHOST=FAIL");
    workshop.docker("joins them", "--pid container:pid-host", "CTR-PIDHOST=FAIL CTR-NSSHARE=FAIL");
    workshop.docker("the host's memory", "--ipc host --name ipc-host", "CTR-IPCHOST=FAIL");
    workshop.docker("shareable and joined", "--ipc shareable --name ipc-lent", "CTR-IPCHOST=PASS");
    workshop.docker(
        "joins shared memory", "--ipc container:ipc-lent", "CTR-IPCHOST=PASS CTR-NSSHARE=FAIL");
    workshop.docker("shareable for nobody", "--ipc shareable", "CTR-IPCHOST=PASS CTR-NSSHARE=FAIL");
    String project = "--label com.docker.compose.project=shop ";
    workshop.docker(
        "lends within a project", project + "--ipc shareable --name shop-db", "CTR-OWNER=PASS");
    workshop.docker(
        "joins within a project",
        project + "--ipc container:shop-db --pid container:shop-db --network container:shop-db",
        "CTR-OWNER=PASS CTR-NSSHARE=PASS CTR-DEFAULTBRIDGE=N/A");
    workshop.docker("the host's name", "--uts host", "CTR-UTSHOST=FAIL");
    workshop.docker("the host's users, unmapped", "--userns host", "CTR-USERNSHOST=N/A");
    workshop.docker("its own cgroups", "--cgroupns private", "CTR-CGROUPNS=PASS");
    engine.docker("create", "--name", "passing", TestEngine.IMAGE);
    workshop.docker(
        "joins one that is gone",
        "--network container:passing --pid container:passing",
        "CTR-NETHOST=UNKNOWN CTR-PIDHOST=UNKNOWN CTR-NSSHARE=UNKNOWN CTR-DEFAULTBRIDGE=N/A");
    engine.docker("rm", "passing");
  }

  private static void volumes(Workshop workshop, TestEngine engine) {
    String mounted = "CTR-DOCKERSOCK=PASS CTR-PROPAGATION=PASS";
    workshop.docker("a volume without a name", "-v /anon --name anon", mounted);
    workshop.docker("and its borrower", "--volumes-from anon", mounted);
    String name = engine.docker("inspect", "--format", "{{range .Mounts}}{{.Name}}{{end}}", "anon");
    workshop.note(
        new Claim(
            SubjectKind.VOLUME,
            name,
            "a volume without a name",
            "-v /anon",
            Expected.of("VOL-ANON=FAIL VOL-ORPHAN=PASS VOL-BINDBACKED=PASS VOL-DATACTR=FAIL")));
    workshop.docker("holds data", "-v dbdata:/db --name data-container", mounted);
    workshop.start(
        "uses-data",
        mounted,
        Option.of("--volumes-from", "{HostConfig:{VolumesFrom:['data-container']}}", ""));
    workshop.note(
        new Claim(
            SubjectKind.VOLUME,
            "dbdata",
            "a volume of a data container",
            "-v dbdata:/db, and --volumes-from it elsewhere",
            Expected.of("VOL-ANON=PASS VOL-ORPHAN=PASS VOL-BINDBACKED=PASS VOL-DATACTR=FAIL")));
    for (String writer : List.of("one", "two")) {
      workshop.start(
          "writes-" + writer,
          mounted,
          Option.of("-v both:/b", "{HostConfig:{Binds:['both:/b']}}", ""));
    }
    workshop.note(
        new Claim(
            SubjectKind.VOLUME,
            "both",
            "a volume that two write",
            "-v both:/b, twice",
            Expected.of(
                "VOL-ANON=PASS VOL-ORPHAN=PASS VOL-BINDBACKED=PASS VOL-SHAREDRW=FAIL"
                    + " VOL-DATACTR=PASS")));
  }
}
