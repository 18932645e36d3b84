package dev.plimsoll.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plimsoll.testing.TestPortal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class HomeInitializerTest {
  private static final String EXTERNAL = "jdbc:postgresql://db/plimsoll";

  @TempDir private Path directory;

  @Test
  @DisplayName("With a database of its own, keys are made once and kept outside it")
  void generatedKeys() throws IOException {
    SealingKey sealing;
    MaskingKey masking;
    try (GenericApplicationContext first = start(Map.of())) {
      sealing = first.getBean(SealingKey.class);
      masking = first.getBean(MaskingKey.class);
      assertThat(first.getEnvironment().getProperty("spring.datasource.url"))
          .startsWith("jdbc:postgresql://127.0.0.1:");
    }
    try (GenericApplicationContext second = start(Map.of())) {
      assertThat(second.getBean(SealingKey.class)).isEqualTo(sealing);
      assertThat(second.getBean(MaskingKey.class)).isEqualTo(masking);
    }

    assertThat(sealing.key().getEncoded()).isNotEqualTo(masking.key().getEncoded());
    assertThat(Files.readString(directory.resolve("secret.key")).strip()).hasSize(44);
  }

  @Test
  @DisplayName("Portals that share a database and a secret key agree on the masking key")
  void derivedMaskingKey() {
    MaskingKey masking;
    try (GenericApplicationContext one = start(shared("one"));
        GenericApplicationContext two = start(shared("two"))) {
      masking = one.getBean(MaskingKey.class);
      assertThat(two.getBean(MaskingKey.class)).isEqualTo(masking);
      assertThat(masking.key().getEncoded())
          .isNotEqualTo(one.getBean(SealingKey.class).key().getEncoded());
    }

    try (GenericApplicationContext rotated =
        start(
            Map.of(
                "SPRING_DATASOURCE_URL",
                EXTERNAL,
                "PLIMSOLL_SECRET_KEY",
                TestPortal.MASKING_KEY,
                "PLIMSOLL_HOME",
                "one"))) {
      assertThat(rotated.getBean(MaskingKey.class))
          .as("outlives another secret key")
          .isEqualTo(masking);
    }
  }

  @Test
  @DisplayName("A process that is no collector runs nothing by the clock")
  void webOnly() {
    Map<String, Object> web = new HashMap<>(shared("web"));
    web.put("PLIMSOLL_ROLES", "web");
    try (GenericApplicationContext pages = start(web);
        GenericApplicationContext both = start(shared("both"))) {
      assertThat(pages.getEnvironment().getProperty("db-scheduler.enabled")).isEqualTo("false");
      assertThat(both.getEnvironment().getProperty("db-scheduler.enabled")).isNull();
    }
  }

  @Test
  @DisplayName("Secrets come from files too, the datasource's password among them")
  void files() throws IOException {
    Path password = Files.writeString(directory.resolve("pw"), "from a file\n");
    Path key = Files.writeString(directory.resolve("key"), TestPortal.SECRET_KEY + "\n");
    try (GenericApplicationContext context =
        start(
            Map.of(
                "SPRING_DATASOURCE_URL",
                EXTERNAL,
                "SPRING_DATASOURCE_PASSWORD_FILE",
                password.toString(),
                "PLIMSOLL_SECRET_KEY_FILE",
                key.toString(),
                "PLIMSOLL_ADMIN_PASSWORD_FILE",
                password.toString()))) {
      assertThat(context.getEnvironment().getProperty("spring.datasource.password"))
          .isEqualTo("from a file");
      assertThat(context.getBean(SealingKey.class).key().getEncoded())
          .isEqualTo(KeyText.parse("plimsoll.secret-key", TestPortal.SECRET_KEY));
      assertThat(context.getBean(PortalSettings.class).adminPassword().value())
          .isEqualTo("from a file");
    }
  }

  @Test
  @DisplayName("No secret shows where settings are printed")
  void printed() {
    try (GenericApplicationContext context =
        start(
            Map.of(
                "SPRING_DATASOURCE_URL", EXTERNAL,
                "PLIMSOLL_SECRET_KEY", TestPortal.SECRET_KEY,
                "PLIMSOLL_ADMIN_PASSWORD", TestPortal.ADMIN_PASSWORD,
                "PLIMSOLL_ADMIN_TOKEN", TestPortal.ADMIN_TOKEN))) {
      assertThat(
              context.getBean(PortalSettings.class).toString()
                  + context.getBean(SealingKey.class)
                  + context.getBean(MaskingKey.class))
          .contains("collectConcurrency=", "WEB", "COLLECTOR")
          .doesNotContain(TestPortal.ADMIN_PASSWORD, TestPortal.ADMIN_TOKEN, TestPortal.SECRET_KEY);
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource
  @DisplayName("What cannot be is refused with the variable's name, its value and the remedy")
  void refusals(Map<String, Object> environment, String sentence) {
    assertThatExceptionOfType(StartupRefusal.class)
        .isThrownBy(() -> start(environment).close())
        .withMessageContaining(sentence)
        .satisfies(refusal -> assertThat(refusal.getExitCode()).isEqualTo(2));
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(
            Map.of("SPRING_DATASOURCE_URL", EXTERNAL), "and PLIMSOLL_SECRET_KEY is not: give"),
        Arguments.of(Map.of("PLIMSOLL_SECRET_KEY", "short"), "PLIMSOLL_SECRET_KEY is too short"),
        Arguments.of(
            Map.of("PLIMSOLL_SECRET_KEY_FILE", "/does/not/exist"),
            "PLIMSOLL_SECRET_KEY_FILE names /does/not/exist, which cannot be read"),
        Arguments.of(
            Map.of("PLIMSOLL_SECRET_KEY_FILE", "/dev/null"), "names /dev/null, which is empty"),
        Arguments.of(
            Map.of("PLIMSOLL_ADMIN_TOKEN", "a", "PLIMSOLL_ADMIN_TOKEN_FILE", "/dev/null"),
            "PLIMSOLL_ADMIN_TOKEN and PLIMSOLL_ADMIN_TOKEN_FILE are both set"),
        Arguments.of(
            Map.of("PLIMSOLL_ADMIN_TOKEN", "two words"), "PLIMSOLL_ADMIN_TOKEN holds characters"),
        Arguments.of(
            Map.of("PLIMSOLL_ROLES", "web,database"),
            "PLIMSOLL_ROLES is \"web,database\": give web, collector"),
        Arguments.of(
            Map.of("PLIMSOLL_COLLECT_CONCURRENCY", "0"),
            "PLIMSOLL_COLLECT_CONCURRENCY is \"0\": give a number"),
        Arguments.of(
            Map.of("PLIMSOLL_COLLECT_CONCURRENCY", "many"),
            "PLIMSOLL_COLLECT_CONCURRENCY is \"many\""));
  }

  private static Map<String, Object> shared(String home) {
    return Map.of(
        "SPRING_DATASOURCE_URL", EXTERNAL,
        "PLIMSOLL_SECRET_KEY", TestPortal.SECRET_KEY,
        "PLIMSOLL_HOME", home);
  }

  private GenericApplicationContext start(Map<String, Object> variables) {
    Map<String, Object> all = new HashMap<>(variables);
    all.put(
        "PLIMSOLL_HOME",
        directory.resolve(variables.getOrDefault("PLIMSOLL_HOME", "").toString()).toString());
    StandardEnvironment environment = new StandardEnvironment();
    // The variables of whoever runs the tests must not count.
    environment
        .getPropertySources()
        .remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
    environment
        .getPropertySources()
        .addFirst(new SystemEnvironmentPropertySource("variables", all));
    GenericApplicationContext context = new GenericApplicationContext();
    context.setEnvironment(environment);
    new HomeInitializer().initialize(context);
    context.refresh();
    return context;
  }
}
