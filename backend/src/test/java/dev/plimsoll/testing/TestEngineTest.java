package dev.plimsoll.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TestEngineTest {

  @Test
  @RequiresEngine
  @DisplayName("engines side by side share neither identity nor containers")
  void isolated() {
    try (TestEngine one = TestEngine.start();
        TestEngine other = TestEngine.start()) {
      one.docker("create", "--name", "only-here", TestEngine.IMAGE);

      assertThat(other.docker("ps", "--all", "--quiet")).isEmpty();
      assertThat(one.docker("info", "--format", "{{.ID}}"))
          .isNotEqualTo(other.docker("info", "--format", "{{.ID}}"));
    }
  }

  @Test
  @RequiresEngine
  @DisplayName("a killed engine comes back with its identity and its containers")
  void restarted() {
    try (TestEngine engine = TestEngine.start()) {
      String id = engine.docker("info", "--format", "{{.ID}}");
      engine.docker("run", "--detach", "--network", "none", "--name", "web", TestEngine.IMAGE);

      engine.kill();
      assertThatThrownBy(() -> engine.docker("ps")).hasMessageContaining("Is the docker daemon");
      engine.restart();

      assertThat(engine.docker("info", "--format", "{{.ID}}")).isEqualTo(id);
      assertThat(engine.docker("ps", "--all", "--format", "{{.Names}}")).isEqualTo("web");
    }
  }

  @Test
  @RequiresEngine
  @DisplayName("closing leaves no process, file or cgroup behind, whatever still runs")
  void leavesNothing() throws Exception {
    TestEngine engine = TestEngine.builder().networked().start();
    Path directory = engine.directory();
    engine.docker("run", "--detach", "--name", "web", "--publish", "80:80", TestEngine.IMAGE);
    String cgroup = engine.docker("inspect", "--format", "{{.HostConfig.CgroupParent}}", "web");
    assertThat(cgroup).as("the engine's cgroup does not show in its containers").isEmpty();

    engine.close();

    assertThat(directory).doesNotExist();
    assertThat(ProcessHandle.allProcesses().map(handle -> handle.info().commandLine().orElse("")))
        .noneMatch(line -> line.contains(directory.toString()));
    assertThat(Files.readString(Path.of("/proc/self/mountinfo")))
        .doesNotContain(directory.toString());
    try (var cgroups = Files.walk(Path.of("/sys/fs/cgroup"), 3)) {
      assertThat(cgroups).noneMatch(path -> path.endsWith(directory.getFileName()));
    }
  }

  @Test
  @DisplayName("a missing engine is a named skip, and a failure in continuous integration")
  void missing() {
    Optional<String> obstacle = Optional.of("dockerd is missing");

    assertThat(EngineCondition.decide(obstacle, false))
        .matches(result -> result.isDisabled())
        .extracting(result -> result.getReason().orElse(""))
        .isEqualTo("Docker engine not installed: dockerd is missing");
    assertThatThrownBy(() -> EngineCondition.decide(obstacle, true))
        .hasMessage("Docker engine not installed: dockerd is missing");
    assertThat(List.of(true, false))
        .allMatch(ci -> !EngineCondition.decide(Optional.empty(), ci).isDisabled());
  }
}
