package dev.plimsoll.collect.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.collect.connect.ConnectionLimits;
import dev.plimsoll.collect.connect.EngineConnection;
import dev.plimsoll.collect.connect.EngineConnector;
import dev.plimsoll.collect.connect.EngineRequest;
import dev.plimsoll.collect.connect.EngineTarget;
import dev.plimsoll.testing.RequiresEngine;
import dev.plimsoll.testing.TestEngine;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@RequiresEngine
class DiskUsageOfEngineTest {
  private static final long MIB = 1 << 20;

  @Test
  @DisplayName("A real engine tells how large a volume is, and what a container wrote")
  void told() throws Exception {
    try (TestEngine engine = TestEngine.start();
        EngineConnector connector = new EngineConnector(Clock.systemUTC());
        EngineConnection connection =
            connector.open(new EngineTarget(engine.endpoint(), null), ConnectionLimits.DEFAULT)) {
      engine.docker("volume", "create", "empty");
      String busy =
          engine.docker(
              "run",
              "-d",
              "--network=none",
              "-v=orders:/data",
              TestEngine.IMAGE,
              "/bin/busybox",
              "sleep",
              "1000000");
      String idle = engine.docker("create", TestEngine.IMAGE, "/bin/busybox", "true");
      for (String file : new String[] {"/data/file", "/file"}) {
        engine.docker(
            "exec", busy, "/bin/busybox", "dd", "if=/dev/zero", "of=" + file, "bs=1M", "count=2");
      }

      DiskUsage usage =
          connection.stream(
              EngineRequest.diskUsage(), Duration.ofSeconds(60), DiskUsageReader::read);

      assertThat(usage)
          .isInstanceOfSatisfying(
              DiskUsage.Told.class,
              told -> {
                assertThat(told.sizes().volumes()).containsOnlyKeys("empty", "orders");
                assertThat(told.sizes().volumes().get("orders")).isBetween(2 * MIB, 3 * MIB);
                assertThat(told.sizes().volumes().get("empty")).isLessThan(MIB);
                assertThat(told.sizes().layers()).containsOnlyKeys(busy, idle);
                assertThat(told.sizes().layers().get(busy)).isBetween(2 * MIB, 3 * MIB);
                assertThat(told.sizes().layers().get(idle)).isZero();
              });
    }
  }
}
