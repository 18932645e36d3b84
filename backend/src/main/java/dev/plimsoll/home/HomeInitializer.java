package dev.plimsoll.home;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Opens the home before anything else is made: what is wrong with it or with the settings is said
 * in one sentence instead of a failed application context. Afterwards {@link PlimsollHome}, {@link
 * PortalSettings}, {@link WorkerName}, {@link SealingKey} and {@link MaskingKey} are beans, and
 * {@code spring.datasource.*} says where the database is.
 */
final class HomeInitializer
    implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {
  private static final Logger LOG = LoggerFactory.getLogger(HomeInitializer.class);
  private static final String DATASOURCE_URL = "spring.datasource.url";
  private static final String DATASOURCE_PASSWORD = "spring.datasource.password";
  private static final String SECRET_KEY = "plimsoll.secret-key";
  private static final String MASKING_KEY = "plimsoll.masking-key";

  /** Last, so that it sees the settings that others add. */
  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    ConfigurableEnvironment environment = context.getEnvironment();
    StartupSettings settings = new StartupSettings(environment);
    boolean embedded = settings.text(DATASOURCE_URL).isEmpty();
    Optional<String> secretKey = settings.text(SECRET_KEY);
    if (!embedded && secretKey.isEmpty()) {
      throw new StartupRefusal(
          "SPRING_DATASOURCE_URL is set and PLIMSOLL_SECRET_KEY is not: give every portal on this database the same key, as `openssl rand -base64 32` prints one.");
    }

    PlimsollHome home =
        PlimsollHome.open(
            settings
                .text("plimsoll.home")
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".plimsoll")));
    PortalSettings portal = PortalSettings.from(settings, home);
    byte[] sealing =
        KeyText.parse(
            SECRET_KEY,
            secretKey.orElseGet(() -> home.readOrCreate("secret.key", KeyText::random)));
    byte[] masking =
        KeyText.parse(
            MASKING_KEY,
            settings
                .text(MASKING_KEY)
                .orElseGet(
                    () ->
                        home.readOrCreate(
                            "masking.key",
                            // Portals that share a database agree on it without being told.
                            () ->
                                embedded
                                    ? KeyText.random()
                                    : KeyText.derive(sealing, "plimsoll masking key"))));

    Map<String, Object> derived = new HashMap<>();
    DefaultListableBeanFactory beans = (DefaultListableBeanFactory) context.getBeanFactory();
    if (embedded) {
      EmbeddedDatabase database = EmbeddedDatabase.start(home);
      LOG.info("The embedded database in {} is running", home.directory());
      // Registered before any other bean and so closed after them all, the pool included.
      beans.registerDisposableBean("embeddedDatabase", database::close);
      SpringApplication.getShutdownHandlers().add(database::close);
      derived.put(DATASOURCE_URL, database.jdbcUrl());
      derived.put("spring.datasource.username", database.username());
      derived.put(DATASOURCE_PASSWORD, database.password());
    } else {
      settings
          .text(DATASOURCE_PASSWORD)
          .ifPresent(password -> derived.put(DATASOURCE_PASSWORD, password));
    }
    if (!portal.roles().contains(PortalRole.COLLECTOR)) {
      derived.put("db-scheduler.enabled", "false"); // nothing runs here by the clock
    }
    WorkerName worker = WorkerName.fresh();
    derived.put("db-scheduler.scheduler-name", worker.value());
    environment.getPropertySources().addFirst(new MapPropertySource("plimsoll home", derived));

    beans.registerSingleton("plimsollHome", home);
    beans.registerSingleton("portalSettings", portal);
    beans.registerSingleton("workerName", worker);
    beans.registerSingleton("sealingKey", SealingKey.of(sealing));
    beans.registerSingleton("maskingKey", MaskingKey.of(masking));
  }
}
