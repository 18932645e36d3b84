package dev.plimsoll.correctness;

import dev.plimsoll.checklist.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** As whom a process runs, with which capabilities, and what it is told in its environment. */
final class ProcessOptions {
  /** What Docker gives a container that asks for nothing. */
  private static final Set<String> DOCKERS_OWN =
      Set.of(
          ("CHOWN DAC_OVERRIDE FOWNER FSETID KILL SETGID SETUID SETPCAP NET_BIND_SERVICE NET_RAW"
                  + " SYS_CHROOT MKNOD AUDIT_WRITE SETFCAP")
              .split(" "));

  private static final Set<String> WAYS_OUT =
      Set.of(
          ("SYS_ADMIN SYS_MODULE SYS_PTRACE SYS_RAWIO DAC_READ_SEARCH SYS_BOOT BPF PERFMON MAC_ADMIN"
                  + " MAC_OVERRIDE SYSLOG")
              .split(" "));

  private ProcessOptions() {}

  /** A way to name a user, and who that is: {@code /etc/passwd} knows root, and app as 1000. */
  private record User(String spec, Outcome user, Outcome group) {}

  /** Groups added, and whether one of them is group 0. */
  private record Groups(List<String> added, Outcome outcome) {}

  private static final List<User> USERS =
      List.of(
          new User("", Outcome.FAIL, Outcome.FAIL),
          new User("0", Outcome.FAIL, Outcome.FAIL),
          new User("root", Outcome.FAIL, Outcome.FAIL),
          new User("0:0", Outcome.FAIL, Outcome.FAIL),
          new User("root:root", Outcome.FAIL, Outcome.FAIL),
          new User("00", Outcome.FAIL, Outcome.FAIL),
          new User("+0", Outcome.FAIL, Outcome.FAIL),
          new User(":", Outcome.FAIL, Outcome.FAIL),
          new User(":1000", Outcome.FAIL, Outcome.PASS),
          new User("0:1000", Outcome.FAIL, Outcome.PASS),
          new User("root:app", Outcome.FAIL, Outcome.PASS),
          new User("app", Outcome.PASS, Outcome.PASS),
          new User("app:", Outcome.PASS, Outcome.PASS),
          new User("1000", Outcome.PASS, Outcome.PASS),
          new User("1234", Outcome.PASS, Outcome.FAIL),
          new User("1234:1234", Outcome.PASS, Outcome.PASS),
          new User("app:0", Outcome.PASS, Outcome.FAIL),
          new User("app:root", Outcome.PASS, Outcome.FAIL),
          new User("1000:app", Outcome.PASS, Outcome.PASS),
          new User("1000:00", Outcome.PASS, Outcome.FAIL),
          new User("app:nobody-knows", Outcome.PASS, Outcome.UNKNOWN),
          new User("nobody-knows", Outcome.UNKNOWN, Outcome.UNKNOWN),
          new User("nobody-knows:1000", Outcome.UNKNOWN, Outcome.PASS));

  private static final List<Groups> GROUPS =
      List.of(
          new Groups(List.of(), Outcome.PASS),
          new Groups(List.of("0"), Outcome.FAIL),
          new Groups(List.of("root"), Outcome.FAIL),
          new Groups(List.of("1000"), Outcome.PASS),
          new Groups(List.of("app", "4711"), Outcome.PASS),
          new Groups(List.of("4711", "0"), Outcome.FAIL),
          new Groups(List.of("nobody-knows"), Outcome.UNKNOWN));

  /** Every user with every list of groups. */
  static List<Option> users() {
    List<Option> options = new ArrayList<>();
    for (User user : USERS) {
      for (Groups groups : GROUPS) {
        options.add(
            new Option(
                "--user '%s' --group-add %s".formatted(user.spec(), groups.added()),
                Option.json(
                    "{User:'%s',HostConfig:{GroupAdd:%s}}"
                        .formatted(user.spec(), list(groups.added()))),
                Map.of(
                    "CTR-USER", user.user(), "CTR-GROUP0", worst(user.group(), groups.outcome()))));
      }
    }
    return options;
  }

  private static Outcome worst(Outcome one, Outcome other) {
    for (Outcome outcome : List.of(Outcome.FAIL, Outcome.UNKNOWN)) {
      if (one == outcome || other == outcome) {
        return outcome;
      }
    }
    return Outcome.PASS;
  }

  /** Every list of added capabilities with every list of dropped ones, however they are written. */
  static List<Option> capabilities() {
    List<List<String>> adds =
        List.of(
            List.of(),
            List.of("ALL"),
            List.of("all"),
            List.of("CAP_SYS_ADMIN"),
            List.of("sys_admin"),
            List.of("NET_ADMIN", "SYS_TIME"),
            List.of("cap_net_raw"),
            List.of("CHOWN", "net_bind_service"),
            List.of("CAP_SYS_PTRACE", "KILL"),
            List.of("DAC_READ_SEARCH"),
            List.of("SYS_MODULE"),
            List.of("SYSLOG"),
            List.of("IPC_LOCK"),
            List.of("ALL", "NET_RAW"));
    List<List<String>> drops =
        List.of(
            List.of(),
            List.of("ALL"),
            List.of("all"),
            List.of("NET_RAW"),
            List.of("cap_net_raw", "MKNOD"),
            List.of("SYS_ADMIN"),
            List.of("ALL", "CHOWN"),
            List.of("Setuid", "CAP_SETGID"));
    List<Option> options = new ArrayList<>();
    for (List<String> add : adds) {
      for (List<String> drop : drops) {
        options.add(
            new Option(
                "--cap-add %s --cap-drop %s".formatted(add, drop),
                Option.json("{HostConfig:{CapAdd:%s,CapDrop:%s}}".formatted(list(add), list(drop))),
                judge(names(add), names(drop))));
      }
    }
    return options;
  }

  private static Map<String, Outcome> judge(Set<String> added, Set<String> dropped) {
    boolean all = added.contains("ALL");
    boolean none = dropped.contains("ALL");
    boolean escape;
    boolean beyond;
    boolean rawSockets;
    if (all) {
      // The grid never drops every way out, nor all that is beyond the default
      escape = true;
      beyond = true;
      rawSockets = !dropped.contains("NET_RAW") || added.contains("NET_RAW");
    } else {
      Set<String> held = new HashSet<>(none ? Set.of() : DOCKERS_OWN);
      held.removeAll(dropped);
      held.addAll(added);
      escape = held.stream().anyMatch(WAYS_OUT::contains);
      beyond = !DOCKERS_OWN.containsAll(held);
      rawSockets = held.contains("NET_RAW");
    }
    Map<String, Outcome> expected = new TreeMap<>();
    expected.put("CTR-CAPS", failIf(beyond));
    expected.put("CTR-CAPSESCAPE", failIf(escape));
    expected.put("CTR-NETRAW", failIf(rawSockets));
    expected.put("CTR-CAPSMIN", failIf(all || !none));
    return expected;
  }

  private static Set<String> names(List<String> typed) {
    return typed.stream()
        .map(name -> name.toUpperCase(Locale.ROOT).replaceFirst("^CAP_", ""))
        .collect(Collectors.toSet());
  }

  /** A variable, and whether a password lies in it. */
  private record Variable(String text, Outcome outcome) {}

  private static final List<Variable> VARIABLES =
      List.of(
          secret("DB_PASSWORD=correct-horse"),
          harmless("DB_PASSWORD="),
          harmless("DB_PASSWORD_FILE=/run/secrets/db"),
          harmless("db_password_file=correct-horse"),
          secret("PGPASSWORD=battery"),
          secret("pgpassword=battery"),
          harmless("COMPASS=north"),
          harmless("PASSAGE=north"),
          harmless("BYPASS=none-at-all"),
          secret("PASS=staple"),
          secret("BACKUP_PASS=staple"),
          harmless("PASSPORT_NUMBER=staple"),
          secret("MYSQL_PASSWD=staple"),
          harmless("TOKENIZERS_PARALLELISM=false"),
          harmless("TOKENIZERS_MODE=fast"),
          secret("GITHUB_TOKEN=glad-that-it-is-short"),
          harmless("USE_TOKEN=true"),
          harmless("USE_TOKEN=False"),
          harmless("TOKEN_FILE=/run/secrets/token"),
          secret("API_KEY=4711-ab"),
          secret("APIKEY=4711-ab"),
          harmless("API_KEY=/run/secrets/api"),
          harmless("API_KEYBOARD=qwerty"),
          secret("AWS_ACCESS_KEY=4711-ab"),
          secret("JENKINS_PSW=4711-ab"),
          harmless("EPSWITCH=4711-ab"),
          secret("PRIVATE_KEY=4711-ab"),
          secret("CLIENT_SECRET=4711-ab"),
          harmless("SECRETARY=4711-ab"),
          harmless("CLIENT_SECRET=/etc/client/secret.txt"),
          secret("CREDENTIAL=4711-ab"),
          secret("DSN=postgres://shop:staple@db/shop"),
          harmless("DSN=postgres://db/shop"),
          harmless("DSNAME=shop"),
          secret("HARMLESS=AKIAIOSFODNN7EXAMPLE"),
          secret("HARMLESS=ghp_16C7e42F292c6912E7710c838347Ae178B4a"),
          secret("HARMLESS=-----BEGIN RSA PRIVATE KEY-----"),
          harmless("HARMLESS=AKIA"),
          harmless("PATH_ONLY=/usr/bin"),
          harmless("LOG_LEVEL=info"));

  private static Variable secret(String text) {
    return new Variable(text, Outcome.FAIL);
  }

  private static Variable harmless(String text) {
    return new Variable(text, Outcome.PASS);
  }

  /** Each variable alone among harmless ones. */
  static List<Option> environment() {
    return VARIABLES.stream()
        .map(
            variable ->
                new Option(
                    "-e " + variable.text(),
                    Option.json("{Env:['TZ=UTC','%s','LANG=C']}".formatted(variable.text())),
                    Map.of("CTR-ENVSECRET", variable.outcome())))
        .toList();
  }

  /** Options of {@code --security-opt}, alone and together. */
  static List<Option> security(Kernel kernel) {
    String unfiltered = kernel.appArmor() ? " CTR-APPARMOR=FAIL" : "";
    String unlabelled = kernel.seLinux() ? "CTR-SELINUX=FAIL" : "CTR-SELINUX=N/A";
    return List.of(
        security("", "CTR-NNP=UNKNOWN CTR-SECCOMP=PASS"),
        security("'no-new-privileges'", "CTR-NNP=PASS"),
        security("'no-new-privileges=true'", "CTR-NNP=PASS"),
        security("'no-new-privileges:true'", "CTR-NNP=PASS"),
        security("'no-new-privileges:false'", "CTR-NNP=FAIL"),
        security("'no-new-privileges=false'", "CTR-NNP=FAIL"),
        security("'seccomp=unconfined'", "CTR-SECCOMP=FAIL"),
        security("'seccomp:unconfined'", "CTR-SECCOMP=FAIL"),
        security("'seccomp={\"defaultAction\":\"SCMP_ACT_ERRNO\"}'", "CTR-SECCOMP=PASS"),
        security("'seccomp={\"defaultAction\":\"SCMP_ACT_ALLOW\"}'", "CTR-SECCOMP=FAIL"),
        security("'apparmor=unconfined'", "CTR-SECCOMP=PASS" + unfiltered),
        security("'label=disable'", unlabelled),
        security("'label:disable','no-new-privileges'", unlabelled + " CTR-NNP=PASS"),
        security("'seccomp=unconfined','no-new-privileges'", "CTR-SECCOMP=FAIL CTR-NNP=PASS"),
        Option.of("masked paths as usual", "{}", "CTR-MASKED=PASS"),
        Option.of(
            "--security-opt systempaths=unconfined",
            "{HostConfig:{MaskedPaths:[],ReadonlyPaths:[]}}",
            "CTR-MASKED=FAIL"),
        Option.of("no masked paths", "{HostConfig:{MaskedPaths:[]}}", "CTR-MASKED=FAIL"),
        Option.of("no read-only paths", "{HostConfig:{ReadonlyPaths:[]}}", "CTR-MASKED=FAIL"));
  }

  private static Option security(String options, String expected) {
    return Option.of(
        "--security-opt " + options,
        "{HostConfig:{SecurityOpt:[%s]}}".formatted(options),
        expected);
  }

  static Outcome failIf(boolean fails) {
    return fails ? Outcome.FAIL : Outcome.PASS;
  }

  static String list(List<String> texts) {
    return texts.stream().map(text -> "'" + text + "'").collect(Collectors.joining(",", "[", "]"));
  }
}
