package dev.plimsoll.testing;

import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Points an application context to a database of its own.
 *
 * @param testClass tells contexts apart, so that two classes never share one
 */
record DatabaseContextCustomizer(Class<?> testClass) implements ContextCustomizer {
  @Override
  public void customizeContext(
      ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
    TestDatabase database = TestDatabase.create();
    Map<String, Object> properties = new HashMap<>(TestPortal.properties());
    properties.put("spring.datasource.url", database.jdbcUrl());
    properties.put("spring.datasource.username", database.username());
    properties.put("spring.datasource.password", database.password());
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("test database", properties));
    DefaultListableBeanFactory beans = (DefaultListableBeanFactory) context.getBeanFactory();
    beans.registerSingleton("testDatabase", database);
    // Registered first and so destroyed last, after the pool.
    beans.registerDisposableBean("testDatabase", database::close);
  }
}
