package dev.plimsoll.invariants;

import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.context.Lifecycle;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/**
 * The parts of a portal that compute what is stored once more, and no portal: nothing is made
 * before it is asked for, nothing runs by the clock, and all of it reads one snapshot.
 */
final class PortalParts {
  private static final String[] MODULES = {
    "dev.plimsoll.attest",
    "dev.plimsoll.audit",
    "dev.plimsoll.backup",
    "dev.plimsoll.collect.events",
    "dev.plimsoll.compliance",
    "dev.plimsoll.fleet",
    "dev.plimsoll.inventory",
    "dev.plimsoll.owncheck",
    "dev.plimsoll.scanning"
  };

  private PortalParts() {}

  static AnnotationConfigApplicationContext on(DataSource snapshot, JdbcClient jdbc) {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context.registerBean(DataSource.class, () -> snapshot);
    context.registerBean(JdbcClient.class, () -> jdbc);
    context.registerBean(
        PlatformTransactionManager.class, () -> new DataSourceTransactionManager(snapshot));
    context.registerBean(Clock.class, Clock::systemUTC);
    context.registerBean(JsonMapper.class, () -> new JsonMapper());
    ClassPathBeanDefinitionScanner scanner = new ClassPathBeanDefinitionScanner(context);
    scanner.setBeanNameGenerator(FullyQualifiedAnnotationBeanNameGenerator.INSTANCE);
    // What starts by itself starts even where it is lazy.
    scanner.addExcludeFilter(new AssignableTypeFilter(Lifecycle.class));
    scanner.scan(MODULES);
    context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor());
    context.refresh();
    return context;
  }
}
