package dev.plimsoll.correctness;

import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.testing.TestEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Makes containers on an engine and notes what must be said of them. */
final class Workshop {
  private static final int AT_ONCE = 6;

  private final TestEngine engine;
  private final EngineApi api;
  private final Kernel kernel;
  private final List<Claim> claims = new ArrayList<>();

  Workshop(TestEngine engine, Kernel kernel) {
    this.engine = engine;
    this.api = new EngineApi(engine.socket());
    this.kernel = kernel;
  }

  EngineApi api() {
    return api;
  }

  List<Claim> claims() {
    return claims;
  }

  /** A container of these options. */
  record Wanted(String name, List<Option> options) {}

  /** Creates containers, some at once. */
  void createAll(List<Wanted> all) {
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<Claim>> made =
          all.stream().map(wanted -> threads.submit(() -> claim(wanted))).toList();
      for (Future<Claim> claim : made) {
        claims.add(claim.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a container was not created", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Creates a container. */
  Claim create(String name, Option... options) {
    Claim claim = claim(new Wanted(name, List.of(options)));
    claims.add(claim);
    return claim;
  }

  /** Creates a container and starts it on no network. */
  Claim start(String name, String expected, Option... options) {
    List<Option> all = new ArrayList<>();
    all.add(
        Option.of(
            "--network none",
            "{HostConfig:{NetworkMode:'none'}}",
            "CTR-DEFAULTBRIDGE=N/A CTR-SPRAWL=N/A CTR-ULIMITS=FAIL CTR-HEALTH=FAIL CTR-SSHD=PASS"
                + " CTR-PROCROOT=FAIL STO-WRITABLE=PASS"
                + (kernel.appArmor() ? " CTR-APPARMOR=PASS" : "")));
    all.addAll(List.of(options));
    all.add(Option.of("started", "{}", expected));
    Claim claim = claim(new Wanted(name, all));
    api.post("/containers/" + claim.dockerId() + "/start", JsonMapper.shared().createObjectNode());
    claims.add(claim);
    return claim;
  }

  /** Creates a container with the command line, which rewrites some options before the engine. */
  Claim docker(String title, String flags, String expected) {
    List<String> arguments = new ArrayList<>(List.of("create"));
    for (String flag : flags.split(" ")) {
      if (!flag.isEmpty()) {
        arguments.add(flag.equals("''") ? "" : flag);
      }
    }
    arguments.add(TestEngine.IMAGE);
    String id = engine.docker(arguments.toArray(String[]::new));
    Map<String, Outcome> outcomes = new TreeMap<>(plain());
    outcomes.putAll(Expected.of(expected));
    Claim claim =
        new Claim(
            SubjectKind.CONTAINER, id, title, "docker " + String.join(" ", arguments), outcomes);
    claims.add(claim);
    return claim;
  }

  void note(Claim claim) {
    claims.add(claim);
  }

  private Claim claim(Wanted wanted) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.put("Image", TestEngine.IMAGE);
    body.putObject("HostConfig");
    Map<String, Outcome> expected = new TreeMap<>(plain());
    for (Option option : wanted.options()) {
      Option.merge(body, option.body());
      expected.putAll(option.expected());
    }
    JsonNode answer = api.post("/containers/create?name=" + wanted.name(), body);
    return new Claim(
        SubjectKind.CONTAINER,
        answer.path("Id").asString(),
        wanted.name()
            + ": "
            + wanted.options().stream().map(Option::title).collect(Collectors.joining("; ")),
        body.toString(),
        expected);
  }

  /** What must be said of a container of which nothing is asked, and that never started. */
  private Map<String, Outcome> plain() {
    Map<String, Outcome> expected =
        Expected.of(
            "CTR-USER=FAIL CTR-GROUP0=FAIL CTR-CAPS=PASS CTR-CAPSMIN=FAIL CTR-NETRAW=FAIL"
                + " CTR-CAPSESCAPE=PASS CTR-PRIV=PASS CTR-MOUNTHOST=N/A CTR-PORTPRIV=PASS"
                + " CTR-NETHOST=PASS CTR-MEM=FAIL CTR-CPU=FAIL CTR-ROFS=FAIL CTR-PORTBIND=N/A"
                + " CTR-RESTART=PASS CTR-PIDHOST=PASS CTR-IPCHOST=PASS CTR-NSSHARE=PASS"
                + " CTR-DEVICES=PASS CTR-ULIMITS=UNKNOWN CTR-PROPAGATION=N/A CTR-UTSHOST=PASS"
                + " CTR-SECCOMP=PASS CTR-MASKED=PASS CTR-CGROUPPARENT=PASS CTR-NNP=UNKNOWN"
                + " CTR-HEALTH=N/A CTR-FRESH=PASS CTR-TAG=PASS CTR-PIDS=FAIL"
                + " CTR-DEFAULTBRIDGE=FAIL CTR-USERNSHOST=N/A CTR-DOCKERSOCK=N/A"
                + " CTR-ENVSECRET=PASS CTR-SYSCTL=N/A CTR-OOM=PASS CTR-LOGS=FAIL"
                + " CTR-RUNTIME=PASS CTR-SPRAWL=PASS CTR-OWNER=FAIL CTR-SSHD=N/A CTR-PROCROOT=N/A"
                + " STO-WRITABLE=N/A STO-RMDATA=N/A");
    expected.putAll(Expected.of("CTR-CGROUPNS=" + (kernel.cgroups2() ? "PASS" : "FAIL")));
    expected.putAll(Expected.of("CTR-APPARMOR=" + (kernel.appArmor() ? "UNKNOWN" : "N/A")));
    if (!kernel.seLinux()) {
      expected.putAll(Expected.of("CTR-SELINUX=N/A"));
    }
    return expected;
  }
}
