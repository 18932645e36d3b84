package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.Severity.LOW;
import static dev.plimsoll.checklist.Severity.MEDIUM;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** How a container is run: what it may write, whether it is well, whose it is. */
final class OperationChecks {
  private static final Field READ_ONLY = Field.of(".HostConfig.ReadonlyRootfs");
  private static final Field CONFIG = Field.of(".Config");
  private static final Field HEALTH_CHECK = Field.of(".Config.Healthcheck");
  private static final Field HEALTH_TEST = Field.of(".Config.Healthcheck.Test");
  private static final Field LABELS = Field.of(".Config.Labels");
  private static final Field LOG_TYPE = Field.of(".HostConfig.LogConfig.Type");
  private static final Field LOG_OPTIONS = Field.of(".HostConfig.LogConfig.Config");
  private static final Field RUNTIME = Field.of(".HostConfig.Runtime");
  private static final Field CREATED = Field.of(".Created");

  private static final Set<String> RUNTIMES =
      Set.of("runc", "io.containerd.runc.v2", "runsc", "io.containerd.runsc.v1");
  private static final List<String> DEPLOYED_BY =
      List.of("com.docker.compose.project", "com.docker.stack.namespace");

  /** Label of a container that exists only to hold volumes. */
  private static final String DATA_CONTAINER = "dev.plimsoll.data-container";

  /** Compose sets it on {@code docker compose run}. */
  private static final String ONE_OFF = "com.docker.compose.oneoff";

  /** A stopped container may stay so long. */
  static final Duration PILING_UP = Duration.ofDays(30);

  private OperationChecks() {}

  static final Check READ_ONLY_ROOT =
      RuleBuilder.container("CTR-ROFS", MEDIUM)
          .cis("5.13")
          .nist("4.4.3")
          .stig("DKER-EE-002030")
          .linuxOnly()
          .title("Root filesystem is read-only")
          .rationale("Nobody changes binaries, and no data is kept where it will be lost.")
          .remediation("Run with --read-only, and with --tmpfs or volumes for what is written.")
          .judgedBy(x -> x.document().flag(READ_ONLY) ? x.pass() : x.fail(null));

  static final Check HEALTHY =
      RuleBuilder.container("CTR-HEALTH", LOW)
          .cis("5.27")
          .nist("4.4.4")
          .title("Health is checked and good")
          .rationale("A process that runs is not a service that answers.")
          .remediation("Define HEALTHCHECK in the Dockerfile, or run with --health-cmd.")
          .judgedBy(OperationChecks::healthy);

  static final Check LOGS_BOUNDED =
      RuleBuilder.container("CTR-LOGS", MEDIUM)
          .cis("2.13", "2.14")
          .nist("4.4.5")
          .linuxOnly()
          .title("Container logs are kept and bounded")
          .rationale(
              "Without logs nothing can be reconstructed; without a bound they fill the disk.")
          .remediation("Run with --log-opt max-size=10m, or with the local log driver.")
          .judgedBy(OperationChecks::logsBounded);

  static final Check RUNTIME_APPROVED =
      RuleBuilder.container("CTR-RUNTIME", LOW)
          .advisory()
          .nist("4.4.1")
          .linuxOnly()
          .title("Container uses an approved runtime")
          .rationale("What other checks say of a container holds for runtimes that are known.")
          .remediation("Run with --runtime runc, runsc or kata, or declare the runtime.")
          .judgedBy(
              x -> {
                String runtime = x.document().text(RUNTIME);
                if (runtime.isEmpty()) {
                  return x.unknown("the engine's default runtime may have changed since");
                }
                if (x.host().declared(Declaration.RUNTIME).contains(runtime)) {
                  return x.pass("declared");
                }
                return RUNTIMES.contains(runtime)
                        || runtime.startsWith("kata")
                        || runtime.startsWith("io.containerd.kata")
                    ? x.pass()
                    : x.fail(null);
              });

  static final Check OWNED =
      RuleBuilder.container("CTR-OWNER", LOW)
          .advisory()
          .nist("4.4.5")
          .title("Container has an owner and a purpose")
          .rationale("A container that nobody knows is one that nobody patches.")
          .remediation("Run with --label owner=…, or deploy with Compose or as a stack.")
          .judgedBy(OperationChecks::owned);

  static final Check NOT_PILING_UP =
      RuleBuilder.container("CTR-SPRAWL", LOW)
          .advisory()
          .cis("6.2")
          .nist("4.4.5")
          .title("Stopped containers do not pile up")
          .rationale("Stopped containers keep data and settings that nobody looks at.")
          .remediation(
              "Save its data, then docker rm. Label a container that only holds volumes with "
                  + DATA_CONTAINER
                  + "=true.")
          .judgedBy(OperationChecks::notPilingUp);

  private static Verdict healthy(Examination x) {
    String state = x.observation().text(ContainerObservation.STATE);
    if (!state.equals(ContainerObservation.State.RUNNING.word())) {
      return x.notApplicable("not running");
    }
    Source container = x.document();
    if (container.peek(LABELS).path(ONE_OFF).asString("").equalsIgnoreCase("true")) {
      return x.notApplicable("a one-shot job");
    }
    if (container.objectOrAbsent(CONFIG, HEALTH_CHECK).isEmpty()) {
      return x.fail("no health check is defined");
    }
    List<String> test = container.textsOrNull(HEALTH_TEST);
    if (test.isEmpty() || test.getFirst().equals("NONE")) {
      return x.fail("no health check is defined");
    }
    return switch (x.observation().look(ContainerObservation.HEALTH).asString("")) {
      case "healthy" -> x.pass();
      case "unhealthy" -> x.fail(null);
      case "starting" -> x.unknown("the first health check has not finished");
      default -> x.unknown("the engine shows no result of the health check");
    };
  }

  private static Verdict logsBounded(Examination x) {
    Source container = x.document();
    String driver = container.text(LOG_TYPE);
    return switch (driver) {
      case "none" -> x.fail("logs are thrown away");
      case "" -> x.unknown("no log driver is named");
      case "json-file" -> {
        JsonNode size = container.objectOrNull(LOG_OPTIONS).path("max-size");
        if (size.isMissingNode()) {
          yield x.fail("no max-size");
        }
        String text = container.textOf(LOG_OPTIONS.member("max-size"), size);
        // -1 is the engine's word for unlimited
        yield text.isEmpty() || text.startsWith("-") ? x.fail("max-size sets no bound") : x.pass();
      }
      default -> x.pass();
    };
  }

  private static Verdict owned(Examination x) {
    Source container = x.document();
    for (Map.Entry<String, JsonNode> label : container.object(LABELS).properties()) {
      if (namesOwner(label.getKey()) && !label.getValue().asString("").isBlank()) {
        return x.pass();
      }
    }
    return x.fail("no label names an owner");
  }

  private static boolean namesOwner(String label) {
    return label.equals("owner") || label.endsWith(".owner") || DEPLOYED_BY.contains(label);
  }

  private static Verdict notPilingUp(Examination x) {
    String state = x.observation().text(ContainerObservation.STATE);
    Source source;
    Field field;
    switch (state) {
      case "running", "paused", "restarting" -> {
        return x.notApplicable(state);
      }
      case "created" -> {
        source = x.document();
        field = CREATED;
      }
      case "exited", "dead", "removing" -> {
        source = x.observation();
        field = ContainerObservation.FINISHED_AT;
      }
      default -> {
        return x.unknown("container state " + state + " is not known");
      }
    }
    if (x.document().peek(LABELS).path(DATA_CONTAINER).asString("").equals("true")) {
      x.keep(
          x.document()
              .evidence(
                  LABELS.member(DATA_CONTAINER), x.document().peek(LABELS).path(DATA_CONTAINER)));
      return x.pass("labelled as a container that holds volumes");
    }
    Instant since = Instants.parse(source.text(field));
    // The engine writes the year 1 where a container never stopped
    if (since == null || since.isBefore(Instant.EPOCH)) {
      return x.unknown("since when it is stopped cannot be told");
    }
    Instant limit = since.plus(PILING_UP);
    if (x.host().at().isBefore(limit)) {
      Verdict verdict = x.pass();
      return new Verdict(
          verdict.outcome(), verdict.evidence(), null, new Turn(limit, Outcome.FAIL));
    }
    return x.fail("stopped for 30 days or more");
  }
}
