package dev.plimsoll.correctness;

import dev.plimsoll.testing.TestEngine;
import dev.plimsoll.testing.Waiting;

/** What only a container that runs can show. */
final class StartedCases {
  private StartedCases() {}

  static void make(Workshop workshop, TestEngine engine) {
    workshop.start("runs", "");
    workshop.start(
        "runs-as-somebody",
        "CTR-USER=PASS CTR-GROUP0=PASS CTR-PROCROOT=PASS",
        Option.of("--user app", "{User:'app'}", ""));
    workshop.start(
        "healthy", "CTR-HEALTH=PASS", health("['CMD','/bin/busybox','true']", 100_000_000L));
    workshop.start(
        "unhealthy", "CTR-HEALTH=FAIL", health("['CMD','/bin/busybox','false']", 100_000_000L));
    workshop.start(
        "starting",
        "CTR-HEALTH=UNKNOWN",
        health("['CMD-SHELL','/bin/busybox true']", 3_600_000_000_000L));
    workshop.start("unchecked", "CTR-HEALTH=FAIL", health("['NONE']", 0));
    workshop.start(
        "limited-files",
        "CTR-ULIMITS=PASS",
        Option.of("--ulimit", "{HostConfig:{Ulimits:[{Name:'nofile',Soft:64,Hard:64}]}}", ""));
    await(engine, "healthy");
    await(engine, "unhealthy");
  }

  private static Option health(String test, long interval) {
    return Option.of(
        "--health-cmd " + test,
        "{Healthcheck:{Test:%s,Interval:%d,Retries:1}}"
            .formatted(test, interval == 0 ? 0 : Math.max(interval, 1_000_000L)),
        "");
  }

  private static void await(TestEngine engine, String health) {
    Waiting.until(
        health,
        () ->
            engine
                .docker("inspect", "--format", "{{.State.Health.Status}}", health)
                .equals(health));
  }
}
