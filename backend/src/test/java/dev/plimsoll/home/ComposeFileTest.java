package dev.plimsoll.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

@DisplayName("docker-compose.yml passes Plimsoll's own container checks")
class ComposeFileTest {
  private static final Path FILE = Path.of("..", "docker-compose.yml");

  @ParameterizedTest(name = "{0}")
  @MethodSource("services")
  @DisplayName("Rights: an ordinary user with a group, no capability, no new privileges")
  void rights(String name, Map<String, Object> service) {
    assertThat(service.get("user")).asString().matches("[1-9]\\d*:[1-9]\\d*");
    assertThat(list(service, "cap_drop")).containsExactly("ALL");
    assertThat(list(service, "security_opt")).containsExactly("no-new-privileges:true");
    assertThat(service)
        .doesNotContainKeys("privileged", "cap_add", "devices", "sysctls", "cgroup_parent");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("services")
  @DisplayName("Namespaces: none of the host's, and networks of its own")
  void namespaces(String name, Map<String, Object> service) {
    assertThat(service).doesNotContainKeys("network_mode", "pid", "uts", "userns_mode");
    assertThat(service).containsEntry("ipc", "private").containsEntry("cgroup", "private");
    assertThat(list(service, "networks")).isNotEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("services")
  @DisplayName("Limits: memory, processor, processes, restarts and logs")
  void limits(String name, Map<String, Object> service) {
    assertThat(service).containsKeys("mem_limit", "cpus").containsEntry("restart", "on-failure:5");
    assertThat(service.get("pids_limit"))
        .asInstanceOf(InstanceOfAssertFactories.INTEGER)
        .isBetween(1, 999_999);
    Map<String, Object> logging = map(service, "logging");
    assertThat(logging).containsEntry("driver", "json-file");
    assertThat(map(logging, "options")).containsKeys("max-size", "max-file");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("services")
  @DisplayName("Files: a read-only root, and no socket or system directory of the host")
  void files(String name, Map<String, Object> service) {
    assertThat(service).containsEntry("read_only", true);
    assertThat(list(service, "volumes"))
        .allSatisfy(
            volume ->
                assertThat(volume)
                    .doesNotContain("docker.sock")
                    .doesNotStartWith("/")
                    .satisfiesAnyOf(
                        v -> assertThat(v).startsWith("database:"),
                        v -> assertThat(v).startsWith("./").endsWith(":ro")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("services")
  @DisplayName("Image: a tag that is not latest, and a health check")
  void image(String name, Map<String, Object> service) {
    assertThat(service.get("image")).asString().matches("[a-z/]+:\\d[\\w.-]*");
    assertThat(list(map(service, "healthcheck"), "test")).first().isEqualTo("CMD");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("services")
  @DisplayName("Secrets: from files, never in the environment")
  void secrets(String name, Map<String, Object> service) {
    assertThat(map(service, "environment"))
        .allSatisfy(
            (variable, value) -> {
              if (variable.matches(".*(PASSWORD|SECRET|KEY|TOKEN).*")) {
                assertThat(variable).endsWith("_FILE");
                assertThat(value).asString().startsWith("/run/secrets/");
              }
            });
  }

  @Test
  @DisplayName("Ports are bound to loopback, and only the portal has one")
  void ports() throws IOException {
    Map<String, Object> services = map(compose(), "services");
    assertThat(list(map(services, "portal"), "ports"))
        .allSatisfy(port -> assertThat(port).startsWith("127.0.0.1:"))
        .isNotEmpty();
    assertThat(map(services, "database")).doesNotContainKey("ports");
    assertThat(map(map(compose(), "networks"), "database")).containsEntry("internal", true);
  }

  @Test
  @DisplayName("The portal waits until its database is healthy")
  void order() throws IOException {
    Map<String, Object> portal = map(map(compose(), "services"), "portal");
    assertThat(map(map(portal, "depends_on"), "database"))
        .containsEntry("condition", "service_healthy");
  }

  static Stream<Arguments> services() throws IOException {
    List<Arguments> services = new ArrayList<>();
    Map<String, Object> all = map(compose(), "services");
    all.keySet().forEach(name -> services.add(Arguments.of(name, map(all, name))));
    return services.stream();
  }

  private static Map<String, Object> compose() throws IOException {
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(FILE));
  }

  @SuppressWarnings("unchecked") // YAML's maps have text for keys in this file
  private static Map<String, Object> map(Map<String, Object> parent, String key) {
    Object value = parent.getOrDefault(key, "nothing");
    assertThat(value).as(key).isInstanceOf(Map.class);
    return (Map<String, Object>) value;
  }

  private static List<String> list(Map<String, Object> parent, String key) {
    List<String> items = new ArrayList<>();
    if (parent.get(key) instanceof List<?> values) {
      values.forEach(value -> items.add(String.valueOf(value)));
    }
    return items;
  }
}
