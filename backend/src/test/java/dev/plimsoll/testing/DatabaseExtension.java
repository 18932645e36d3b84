package dev.plimsoll.testing;

import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.test.context.BootstrapWith;

/** Hands a test class without Spring its database; JUnit closes it after the class. */
final class DatabaseExtension implements ParameterResolver {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(DatabaseExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return (type == TestDatabase.class || type == DataSource.class)
        && !AnnotatedElementUtils.hasAnnotation(
            outermost(context.getRequiredTestClass()), BootstrapWith.class);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    TestDatabase database = databaseOf(context);
    return parameter.getParameter().getType() == TestDatabase.class
        ? database
        : database.dataSource();
  }

  static Class<?> outermost(Class<?> testClass) {
    Class<?> outer = testClass.getEnclosingClass();
    return outer == null ? testClass : outermost(outer);
  }

  private static TestDatabase databaseOf(ExtensionContext context) {
    Class<?> testClass = outermost(context.getRequiredTestClass());
    ExtensionContext scope = context;
    while (!isScopeOf(testClass, scope)) {
      scope = scope.getParent().orElseThrow();
    }
    return scope
        .getStore(NAMESPACE)
        .computeIfAbsent(testClass, key -> TestDatabase.create(), TestDatabase.class);
  }

  private static boolean isScopeOf(Class<?> testClass, ExtensionContext context) {
    @Nullable ExtensionContext parent = context.getParent().orElse(null);
    return context.getTestClass().filter(testClass::equals).isPresent()
        && (parent == null || parent.getTestClass().isEmpty());
  }
}
